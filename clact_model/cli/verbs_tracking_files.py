"""etat, rapprocher: the files of the follow-up, those that go out and those that come back."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from clact_model import formats, ledger, payments
from clact_model.cli import as_json, context
from clact_model.cli.verbs_campaign import EXIT_BY_OUTCOME
from clact_model.errors import UsageError
from clact_model.intake import UploadedFile
from clact_model.payments import Candidate, Choice, Extract, Proposal
from clact_model.programme import Programme
from clact_model.statements.situation import Situation, situations


def etat(arguments: Namespace) -> tuple[int, str]:
    """The statement to fill: of one dossier as a workbook, of all that are granted as an archive or in a folder."""
    chosen, target = context.programme(arguments), Path(arguments.sortie)
    with context.opened(arguments) as base:
        wanted = [arguments.numero] if arguments.numero else None
        found = situations(base.cursor(), chosen, context.today(chosen), wanted)
    if not found and arguments.numero:
        raise UsageError(f"Le dossier « {arguments.numero} » n'est pas dans la base : vérifiez son numéro.")
    if not found:
        raise UsageError("Aucune subvention n'est notifiée : notifiez d'abord des décisions, ou nommez un dossier.")
    written = _write(chosen, found, target, alone=bool(arguments.numero))
    document = {
        "programme": chosen.id,
        "dossiers": [one.numero for one in found],
        "fichiers": [str(path) for path in written],
    }
    said = "\n".join(f"État écrit : {path}" for path in written)
    return 0, as_json.text(document) if arguments.json else said


def _write(chosen: Programme, found: Sequence[Situation], target: Path, *, alone: bool) -> list[Path]:
    """Into a folder that exists, one workbook each; else one workbook, or one archive."""
    from clact_model.documents.statement_xlsx import statement_xlsx
    from clact_model.documents.statements_zip import statement_names, statements_zip

    now = datetime.now(chosen.file.zone)
    if target.is_dir():
        paths = [target / name for name in statement_names(found)]
    else:
        extension = ".xlsx" if alone else ".zip"
        if target.suffix.lower() != extension:
            raise UsageError(f"--sortie : donnez un nom en {extension}, ou un dossier qui existe.")
        if not alone:
            statements_zip(chosen, found, now, target)
            return [target]
        paths = [target]
    for path, situation in zip(paths, found, strict=True):
        statement_xlsx(chosen, situation, now, path)
    return paths


def rapprocher(arguments: Namespace) -> tuple[int, str]:
    """Payments matched with the grants; ``--accepter`` writes those that are sure, ``--confirmer`` those a person names."""
    chosen = context.programme(arguments)
    today = context.today(chosen)
    with context.opened(arguments) as base:
        said = context.correspondence(arguments, base, chosen.id)
        extract = payments.preview(base, chosen, [UploadedFile.from_path(Path(arguments.fichier))], today, said)
        choices = _choices(arguments, extract)
        report = payments.record(
            base, chosen, extract, choices, today, accept=arguments.accepter, operation=arguments.operation
        )
    document = as_json.report(report) | {
        "propositions": [_proposal(one, choices.get(place)) for place, one in enumerate(extract.proposals)]
    }
    shown = as_json.text(document) if arguments.json else _in_words(extract, choices, len(choices))
    return EXIT_BY_OUTCOME[report.resultat], shown


def _choices(arguments: Namespace, extract: Extract) -> Mapping[int, Choice]:
    """Those that are sure, when they are accepted, and those that are named. Raises UsageError."""
    found = dict(extract.sure) if arguments.accepter else {}
    for text in arguments.confirmer:
        ligne, account = context.pair(text, "--confirmer LIGNE=NUMERO")
        place = _row(text, ligne, extract)
        found[place] = _choice(account, extract.proposals[place])
    if found and extract.questions and not arguments.accepter:
        asked = " ".join(anomaly.message for anomaly in extract.questions)
        raise UsageError(f"{asked} Ajoutez --accepter pour confirmer cette lecture : rien n'est inscrit.")
    return found


def _row(text: str, ligne: str, extract: Extract) -> int:
    """The place of the payment of a row: ``3``, or ``Mars!3`` where several sheets have one. Raises UsageError."""
    feuille, _, number = ligne.rpartition("!")
    waiting = [
        place
        for place, one in enumerate(extract.proposals)
        if one.statut != "deja_inscrit" and str(one.payment.ligne) == number and feuille in ("", one.payment.feuille)
    ]
    if not waiting:
        raise UsageError(f"--confirmer {text} : aucun paiement à rattacher à la ligne {ligne}.")
    if len(waiting) > 1:
        sheets = ", ".join(f"{extract.proposals[place].payment.feuille}!{number}" for place in waiting)
        raise UsageError(f"--confirmer {text} : plusieurs feuilles ont une ligne {number}, nommez la vôtre ({sheets}).")
    return waiting[0]


def _choice(account: str, proposal: Proposal) -> Choice:
    """``NUMERO``, or ``NUMERO/supplement``; with the tranche that the candidate of that account pays."""
    numero, _, poste = account.rpartition("/") if account.endswith("/supplement") else (account, "", "aide")
    named = [one for one in proposal.candidats if (one.numero, one.poste) == (numero, poste)]
    return Choice.of(named[0]) if named else Choice(numero, "supplement" if poste == "supplement" else "aide")


def _proposal(one: Proposal, choice: Choice | None) -> as_json.Object:
    payment = one.payment
    return {
        "fichier": payment.fichier,
        "feuille": payment.feuille,
        "ligne": payment.ligne,
        "reference": payment.reference,
        "montant": as_json.money(payment.montant),
        "date": payment.jour.isoformat(),
        "beneficiaire": payment.beneficiaire,
        "siret": payment.siret,
        "statut": one.statut,
        "raison": one.raison,
        "inscrit": choice and {"numero": choice.numero, "poste": choice.poste, "tranche": choice.tranche},
        "candidats": [_candidate(candidate) for candidate in one.candidats],
    }


def _candidate(one: Candidate) -> as_json.Object:
    return {
        "numero": one.numero,
        "poste": one.poste,
        "raison_sociale": one.raison_sociale,
        "tranche": one.tranche,
        "confiance": as_json.score(one.confiance),
        "raisons": list(one.raisons),
        "empechement": one.empechement,
    }


def _in_words(extract: Extract, choices: Mapping[int, Choice], written: int) -> str:
    lines = [
        f"{one.payment.place} : {one.payment.reference}, {formats.euros(one.payment.montant)} du "
        f"{formats.day(one.payment.jour)} — {_state(one, choices.get(place))}"
        for place, one in enumerate(extract.proposals)
    ]
    said = [f"{a.gravite} : {' — '.join(part for part in (a.place, a.message) if part)}" for a in extract.anomalies]
    return "\n".join([*lines, *said, formats.plural(written, "versement inscrit", "versements inscrits")])


def _state(one: Proposal, choice: Choice | None) -> str:
    if choice is not None:
        return f"inscrit : {ledger.place((choice.numero, choice.poste))}"
    return f"{payments.STATUTS[one.statut]} : {one.raison}"
