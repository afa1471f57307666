"""echeances, relances, anterieur: what is due and when, what to recall, where the earlier contracts stand."""

from argparse import Namespace
from datetime import datetime
from pathlib import Path

from clact_model import demo, formats
from clact_model.cli import as_json, context
from clact_model.cli.as_json import Object, money
from clact_model.documents.addressees import addressees
from clact_model.documents.due_ics import due_ics
from clact_model.documents.letter_of_reminder import reminders, to_recall
from clact_model.errors import UsageError
from clact_model.programme import load_all
from clact_model.tracking.calendar import due
from clact_model.tracking.confirming import Proposed, confirm, proposed
from clact_model.tracking.earlier import Earlier, earlier
from clact_model.tracking.obligation import KINDS, STATES, Obligation
from clact_model.tracking.unconfirming import take_back

Answer = tuple[int, str]


def echeances(arguments: Namespace) -> Answer:
    """Everything due as of a day, by day; ``--sortie`` also writes what is not done as a calendar."""
    chosen = context.programme(arguments)
    day = context.looked_at(arguments, chosen)
    with context.opened(arguments) as base:
        found = due(base.cursor(), chosen, day, [arguments.numero] if arguments.numero else None)
    if arguments.sortie:
        _write(Path(arguments.sortie), due_ics(chosen, found, datetime.now(chosen.file.zone)))
    if arguments.json:
        return 0, as_json.text({"date": day.isoformat(), "echeances": [_obligation(one) for one in found]})
    left = [one for one in found if one.etat != "fait"]
    head = f"Au {formats.day(day)} : {formats.plural(len(left), 'échéance')} sur {formats.number(len(found))} restent à tenir."
    return 0, "\n".join([head, *(_line(one) for one in left)])


def relances(arguments: Namespace) -> Answer:
    """The reminders to send, one an establishment, the longest late first."""
    chosen = context.programme(arguments)
    day = context.looked_at(arguments, chosen)
    if arguments.jours < 0:
        raise UsageError(f"--jours : « {arguments.jours} » doit être zéro ou plus.")
    with context.opened(arguments) as base:
        cursor = base.cursor()
        found = [one for one in due(cursor, chosen, day) if to_recall(one, arguments.jours)]
        known = addressees(cursor, chosen, list(dict.fromkeys(one.numero for one in found)))
    letters = reminders(chosen, found, known, arguments.jours)
    if arguments.json:
        told = [
            {"numero": one.numero, "raison_sociale": one.raison_sociale, "objet": one.objet, "texte": one.texte}
            for one in letters
        ]
        return 0, as_json.text({"date": day.isoformat(), "relances": told})
    return 0, ("\n\n" + "-" * 72 + "\n\n").join(one.texte for one in letters) or "Aucun établissement à relancer."


def anterieur(arguments: Namespace) -> Answer:
    """Where the ledger says that the earlier contracts of an establishment stand; ``--confirmer`` writes it into the dossier,
    ``--reprendre`` puts back what the dossier said before."""
    chosen = context.programme(arguments)
    day = context.today(chosen)
    if arguments.confirmer and arguments.reprendre:
        raise UsageError("--confirmer et --reprendre ne vont pas ensemble : donnez l'un ou l'autre.")
    with context.opened(arguments) as base:
        cursor, shipped = base.cursor(), load_all()
        known = (demo.with_history(shipped) if demo.is_demo(base.path) else shipped).programmes
        if arguments.reprendre:
            take_back(base, chosen, arguments.numero, operation=arguments.operation)
        found = earlier(cursor, chosen, arguments.numero, day, known)
        changes = proposed(cursor, chosen, arguments.numero, found) if found else []
        if arguments.confirmer:
            changes = confirm(base, chosen, arguments.numero, day, known, changes, operation=arguments.operation)
    if arguments.json:
        return 0, as_json.text(_earlier(arguments.numero, found, changes, bool(arguments.confirmer)))
    if found is None:
        return 0, f"Dossier {arguments.numero} : aucune subvention antérieure dans le registre."
    lines = [f"- {reason}" for contract in found.contracts for reason in contract.raisons]
    lines += [
        f"{'Écrit' if arguments.confirmer else 'Proposé'} : {one.champ} = {_value(one.valeur)}" for one in changes
    ]
    return 0, "\n".join([f"Dossier {arguments.numero} : {found.etat}", *lines])


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(
            f"« {path} » ne peut pas être écrit ({error.strerror}) : choisissez un autre endroit."
        ) from error


def _line(one: Obligation) -> str:
    payment = f"{KINDS['versement']} : " if one.nature == "versement" else ""
    what = f"{payment}{one.libelle}" + (f" (ligne {one.ligne})" if one.ligne else "")
    return f"{formats.day(one.echeance):10}  {STATES[one.etat]:13}  {one.numero:16}  {what}"


def _obligation(one: Obligation) -> Object:
    return {
        "numero": one.numero,
        "poste": one.poste,
        "nature": one.nature,
        "libelle": one.libelle,
        "de": one.de,
        "ligne": one.ligne,
        "annee": one.annee,
        "tranche": one.tranche,
        "montant": money(one.montant),
        "echeance": one.echeance.isoformat() if one.echeance else None,
        "premier_jour": one.des,
        "echeances_anciennes": [day.isoformat() for day in one.avant],
        "etat": one.etat,
        "retard": one.retard,
        "attend": one.attend,
        "fait_le": one.fait_le.isoformat() if one.fait_le else None,
    }


def _earlier(numero: str, found: Earlier | None, changes: list[Proposed], confirmed: bool) -> Object:
    contracts = [
        {
            "programme": one.programme,
            "numero": one.numero,
            "etat": one.etat,
            "justifie": one.justifie,
            "respecte": one.respecte,
            "raisons": list(one.raisons),
        }
        for one in (found.contracts if found else ())
    ]
    return {
        "numero": numero,
        "etat": found.etat if found else None,
        "justifie": found.justifie if found else None,
        "respecte": found.respecte if found else None,
        "contrats": contracts,
        "changements": [{"champ": one.champ, "avant": one.avant, "apres": one.valeur} for one in changes],
        "confirme": confirmed,
    }


def _value(value: str | bool) -> str:
    return formats.yes_no(value) if isinstance(value, bool) else value
