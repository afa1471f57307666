"""The words of forms: labels that stand beside an answer, titles of the table of actions, what ends that table."""

import re
from collections.abc import Mapping
from functools import cache

from clact_model.fields import Dictionary, Table, dictionary
from clact_model.intake.mapping import Titles
from clact_model.intake.sources.kinds import Reader

IDENTITY = frozenset({"raison_sociale", "finess", "finess_juridique", "siret"})
"""Fields that every form asks, one at least."""

NUMBER = "Numéro de dossier"
"""The title of the column that a form lacks, and that is put beside its own."""
NUMBERS = re.compile(r"\b(?:dossier|id|ds)\b")
"""In a title that gives the number of a dossier: the table is no form's, a row of it says to which dossier it belongs."""

FUNDERS = "autres_aides_publiques"
FUNDERS_TITLES = frozenset(
    f"autres {noun}{hint}"
    for noun in ("financeurs", "financements", "cofinanceurs", "co-financeurs")
    for hint in ("", " (montant et nom)", " (nom et montant)")
)
"""Titles of a column that names who pays beside what: only the public ones are public aid."""

_LABELS: Mapping[str, tuple[str, ...]] = {
    # Establishments write there their sector too: each list takes the answers that it understands.
    "statut juridique": ("statut", "secteur"),
}
_ACTIONS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("no", "n", "numero", "no action", "no de l'action", "numero de l'action"), ()),
    **dict.fromkeys(FUNDERS_TITLES, (FUNDERS,)),
}

PERSONAL = re.compile(
    r"(?:personne|contact|referente?|telephone|tel|portable|nom|prenom|fonction|qualite|signataire|directeur|directrice|"
    r"representante?|civilite)\b"
)
"""Beginnings of labels whose answers are about a person: unless we know their field, they are not taken."""

END = re.compile(
    r"(?:cachet|signature|fait a|fait le|visa|le directeur|la directrice|le representant|lu et approuve|je soussigne|certifie)\b"
)
"""Beginnings of what stands under a table."""
SUBTOTAL = re.compile(r"sous[- ]?tota(?:l|ux)\b")

_HINT = re.compile(
    r" ?\((?:o/n|o / n|oui/non|oui / non|oui ou non|x|cocher[^()]*|a cocher|montant et nom|nom et montant|nom, prenom[^()]*|"
    r"a preciser|preciser[^()]*|jj/mm/aaaa|\d+ (?:chiffres|caracteres)|obligatoire|facultatif|le cas echeant|si connue?|"
    r"(?:menu|liste) deroulante?)\)$"
)
"""How to fill a cell, as forms say it: « (ETP) » or « (HT) » is no hint, it changes what is asked."""


def without_hint(title: str) -> tuple[str, bool]:
    """The words of a folded title without what they say of how to answer."""
    return _HINT.sub("", title), False


def labels_of(reader: Reader) -> Titles:
    """The labels of the dossier, with what a person said of them."""
    return _titles(reader.dictionary, "dossier", _LABELS, reader.correspondence.of("dossier"))


def actions_of(reader: Reader) -> Titles:
    """The titles of the table of actions, with what a person said of them."""
    return _titles(reader.dictionary, "action", _ACTIONS, reader.correspondence.of("action"))


@cache
def known(table: Table) -> Titles:
    """The titles that every call shares: enough to tell a form from another file."""
    return _titles(dictionary(), table, _LABELS if table == "dossier" else _ACTIONS, {})


def _titles(
    fields: Dictionary, table: Table, fixed: Mapping[str, tuple[str, ...]], said: Mapping[str, tuple[str, ...]]
) -> Titles:
    return Titles(fields, (table,), fixed=fixed, corrections=said, bare=without_hint)
