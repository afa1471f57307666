"""Changes that are kept: the draft of next year's programme, to be read, checked and saved as any other."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from clact_model.eligibility.words import in_words
from clact_model.programme import ParameterValue, Programme, duplicate
from clact_model.programme.duplicating import shifted, toml_document
from clact_model.programme.without import leave_out, without_rules
from clact_model.whatif.changes import State

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

ON_TRIAL = "Valeur à l'essai : elle ne figure pas dans le texte de l'appel, qui donne {former}."
OWN_READING = "Valeur à l'essai : elle ne figure pas dans le texte de l'appel ; l'appel précédent retenait {former}."
ENVELOPE_ON_TRIAL = "enveloppe à l'essai : elle ne figure pas dans le texte de l'appel"


def draft(
    state: State, enveloppe: Decimal | None, identifier: str, titre: str, annee: int, move_dates: bool = False
) -> str:
    """The text of a copy of the programme that says what was tried: values, weights, envelope, rules left out.

    ``enveloppe``: the one tried, EUR; None to keep the call's. A value that is tried keeps its quote and says, in
    ``interpretation``, that the text gives another. ``move_dates``: every date later by the years between both calls, those
    tried too. Raises DraftError for a name that a file cannot bear, UsageError for what the programme does not admit.
    """
    programme = state.programme
    without_rules(programme, state.sans_regles)
    document = toml_document(duplicate(programme, identifier, titre, annee))
    _set_parameters(document, programme, state.parameters)
    _set_weights(document, programme, state.weights)
    if enveloppe is not None:
        _set_envelope(document, enveloppe)
    leave_out(document, state.sans_regles)
    text = document.as_string()
    return shifted(text, annee - programme.file.annee) if move_dates else text


def _set_parameters(document: TOMLDocument, programme: Programme, changed: Mapping[str, ParameterValue]) -> None:
    before = programme.parameters()
    for name, value in programme.parameters(changed).items():
        if value != before[name]:
            parameter = programme.file.parametres[name]
            pattern = ON_TRIAL if parameter.citation else OWN_READING
            table: Any = document["parametres"][name]
            table["valeur"] = _toml(value)
            sentences = [pattern.format(former=in_words(before[name], parameter.type)), parameter.interpretation]
            table["interpretation"] = " ".join(filter(None, sentences))


def _set_weights(document: TOMLDocument, programme: Programme, changed: Mapping[str, Decimal]) -> None:
    before, after = programme.weights(), programme.weights(changed)
    for criterion in document.get("critere", ()):
        name = criterion["id"]
        if after[name] != before[name]:
            criterion["poids"] = _toml(after[name])


def _set_envelope(document: TOMLDocument, enveloppe: Decimal) -> None:
    # The quote says another amount, and the file has no reading beside this key.
    document.pop("enveloppe_citation", None)
    document["enveloppe"] = _toml(enveloppe).comment(ENVELOPE_ON_TRIAL)


def _toml(value: ParameterValue) -> Any:
    """A value as it is written: a binary fraction in between would change an amount."""
    from tomlkit import value as written

    return written(f"{value:f}" if isinstance(value, Decimal) else str(value))
