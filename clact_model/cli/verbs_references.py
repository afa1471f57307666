"""reference: the national registers, loaded; a call checked against them, and completed."""

from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from clact_model import formats, overview, references
from clact_model.cli import as_json, context
from clact_model.errors import UsageError
from clact_model.programme import Programme
from clact_model.reading import FileRefusedError
from clact_model.references import Difference, Extract, Loaded, OlderReferenceError, Proposal, ReferenceFile

ASKS = 4


def reference(arguments: Namespace) -> tuple[int, str]:
    """Files loaded; else what differs from them, what they complete, or what is loaded."""
    if arguments.verifier or arguments.completer:
        return _on_a_call(arguments)
    if arguments.programme:
        raise UsageError("--programme va avec --verifier ou --completer.")
    return _load(arguments) if arguments.fichiers else _held(arguments)


def _load(arguments: Namespace) -> tuple[int, str]:
    # The oldest first: two extractions given at once are no question.
    extracts = sorted(map(_read, arguments.fichiers), key=lambda one: one.extrait_le or date.min)
    done: list[tuple[Extract, str, str | None]] = []
    status = 0
    with context.opened_or_new(arguments) as base:
        for extract in extracts:
            try:
                done.append((extract, references.load(base, extract, accept=arguments.accepter), None))
            except OlderReferenceError as question:
                done.append((extract, "question", str(question)))
                status = ASKS
    if arguments.json:
        return status, as_json.text({"fichiers": [_extract(*one) for one in done]})
    return status, "\n".join(_extract_in_words(*one) for one in done)


def _read(name: str) -> Extract:
    file = ReferenceFile.from_path(Path(name))
    try:
        return references.read(file)
    except FileRefusedError as refusal:
        raise FileRefusedError(f"« {file.shown_name} » : {refusal}") from refusal


def _extract(extract: Extract, outcome: str, question: str | None) -> as_json.Object:
    return {
        "fichier": extract.fichier,
        "nature": extract.nature,
        "extrait_le": extract.extrait_le and extract.extrait_le.isoformat(),
        "resultat": outcome,
        "etablissements": extract.etablissements.num_rows,
        "entites": extract.entites.num_rows,
        "messages": [*([question] if question else []), *extract.notices],
    }


def _extract_in_words(extract: Extract, outcome: str, question: str | None) -> str:
    words = {"charge": "chargé", "deja_charge": "déjà chargé", "question": "à confirmer (--accepter)"}
    counts = (
        f"{formats.plural(extract.etablissements.num_rows, 'établissement')}, "
        f"{formats.plural(extract.entites.num_rows, 'entité juridique', 'entités juridiques')}"
    )
    head = f"{extract.fichier} : {references.NATURES[extract.nature]}, {counts} — {words[outcome]}"
    return "\n".join([head, *(f"  {said}" for said in (question, *extract.notices) if said)])


def _held(arguments: Namespace) -> tuple[int, str]:
    with context.opened(arguments) as base:
        found = references.loaded(base.cursor())
        holdings = references.holdings(base.cursor())
    if arguments.json:
        document = {"etablissements": holdings.etablissements, "entites": holdings.entites, "en_ght": holdings.en_ght}
        return 0, as_json.text({**document, "fichiers": [_loaded(one) for one in found]})
    return 0, "\n".join(
        f"{one.nom} : {one.titre}, extraction du {formats.day(one.extrait_le)}, chargée par {one.auteur}"
        for one in found
    ) or "Aucun référentiel chargé."


def _loaded(one: Loaded) -> as_json.Object:
    return {
        "fichier": one.nom,
        "nature": one.nature,
        "extrait_le": one.extrait_le and one.extrait_le.isoformat(),
        "etablissements": one.etablissements,
        "entites": one.entites,
        "auteur": one.auteur,
        "quand": one.quand.isoformat(),
    }


def _on_a_call(arguments: Namespace) -> tuple[int, str]:
    if arguments.fichiers or not arguments.programme or (arguments.verifier and arguments.completer):
        raise UsageError("Écrivez « reference --verifier --programme ID » ou « reference --completer --programme ID ».")
    chosen = context.programme(arguments)
    with context.opened(arguments) as base:
        if arguments.completer:
            written = references.complete(base, chosen, operation=arguments.operation)
            left = [one for one in references.proposals(base.cursor(), chosen) if one.decide]
            return 0, _completed(arguments, chosen, written, left)
        found = references.check(base.cursor(), chosen)
        proposed = references.proposals(base.cursor(), chosen)
    if arguments.json:
        differences = [_difference(one) for one in found]
        return 0, as_json.text({"differences": differences, "completions": [_proposal(one) for one in proposed]})
    lines = [_difference_in_words(chosen, one) for one in found]
    left = [one for one in proposed if one.decide]
    open_ = len(proposed) - len(left)
    lines.append(f"{formats.plural(len(found), 'différence')} ; {formats.plural(open_, 'champ')} à compléter")
    return 0, "\n".join([*lines, *([references.left_as_decided(left)] if left else [])])


def _completed(
    arguments: Namespace, programme: Programme, written: Sequence[Proposal], left: Sequence[Proposal]
) -> str:
    if arguments.json:
        return as_json.text({"completions": [_proposal(one) for one in written]})
    lines = [f"{one.numero} {_words(programme, one.champ, one.valeur)}" for one in written]
    lines.append(formats.plural(len(written), "champ complété", "champs complétés"))
    return "\n".join([*lines, *([references.left_as_decided(left)] if left else [])])


def _difference(one: Difference) -> as_json.Object:
    return {
        "numero": one.numero,
        "champ": one.champ,
        "genre": one.genre,
        "dossier": one.dossier,
        "referentiel": one.referentiel,
        "certitude": one.certitude,
        "message": one.phrase or references.KINDS[one.genre],
    }


def _difference_in_words(programme: Programme, one: Difference) -> str:
    known = _words(programme, one.champ, one.referentiel).partition(" : ")[2]
    said = f" {one.phrase}" if one.phrase else ""
    return f"{one.numero} {references.KINDS[one.genre]} — {_words(programme, one.champ, one.dossier)} ; référentiel : {known}.{said}"


def _proposal(one: Proposal) -> as_json.Object:
    return {
        "numero": one.numero,
        "champ": one.champ,
        "valeur": one.valeur,
        "certitude": one.certitude,
        "decide": one.decide,
    }


def _words(programme: Programme, champ: str, value: str | None) -> str:
    field = programme.dictionary.get("dossier", champ)
    return f"{field.libelle} : {overview.value_in_words(field, value)}"
