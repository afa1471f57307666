"""What a list of dossiers lets through."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from clact_model.overview.labels import NOBODY, NOT_GIVEN, VERDICTS, values
from clact_model.overview.summaries import Summary
from clact_model.overview.waiting import WAITING
from clact_model.programme import Programme
from clact_model.wording import folded


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of dossiers lets through; an empty filter lets everything through."""

    texte: str = ""
    verdict: tuple[str, ...] = ()
    secteur: tuple[str, ...] = ()
    statut: tuple[str, ...] = ()
    departement: tuple[str, ...] = ()
    axe: tuple[str, ...] = ()
    thematique: tuple[str, ...] = ()
    attente: tuple[str, ...] = ()
    """Codes of WAITING."""
    instructeur: tuple[str, ...] = ()
    """Names; the empty one for dossiers that nobody is in charge of."""
    regle: tuple[str, ...] = ()
    """Rules that are not satisfied or have no answer."""

    def keeps(self, row: Summary) -> bool:
        """Whether a dossier goes through every filter."""
        chosen = all(
            not (wanted := getattr(self, champ)) or not set(wanted).isdisjoint(codes(row))
            for champ, codes in CODES.items()
        )
        return chosen and all(word in _searched(row) for word in folded(self.texte).split())


CODES: Mapping[str, Callable[[Summary], Collection[str]]] = {
    "verdict": lambda row: (row.verdict,),
    "attente": lambda row: [waiting.code for waiting in WAITING if waiting.holds(row)],
    "instructeur": lambda row: (row.instructeur or "",),
    "secteur": lambda row: (row.secteur or "",),
    "statut": lambda row: (row.statut or "",),
    "departement": lambda row: (row.departement or "",),
    "axe": lambda row: row.axes,
    "thematique": lambda row: row.thematiques,
    "regle": lambda row: (*row.non, *row.inconnu),
}
"""Field of Filters → the codes that a dossier has there; the empty one for what is not given."""


def present(rows: Sequence[Summary], champ: str) -> set[str]:
    """The codes of one filter that some dossier has."""
    return {code for row in rows for code in CODES[champ](row)}


def _searched(row: Summary) -> str:
    words = (row.numero, row.raison_sociale, row.finess, row.siret, row.ght, *row.intitules)
    return folded(" ".join(word for word in words if word))


def filtered(rows: Sequence[Summary], filters: Filters) -> list[Summary]:
    """The dossiers that go through, in their order. The search ignores case and accents; every word must be there."""
    return [row for row in rows if filters.keeps(row)]


FILTER_LABELS: Mapping[str, str] = {
    "texte": "Recherche",
    "verdict": "Verdict",
    "attente": "À traiter",
    "instructeur": "Instructeur",
    "secteur": "Secteur",
    "statut": "Statut juridique",
    "departement": "Département",
    "axe": "Axe",
    "thematique": "Thématique",
    "regle": "Règle en cause",
}
"""Field of Filters → its name on screen and in exports."""


def choices(programme: Programme, champ: str) -> dict[str, str]:
    """Code → label of what a filter proposes; codes that it does not name are their own label."""
    if champ == "verdict":
        return dict(VERDICTS)
    if champ == "attente":
        return {waiting.code: waiting.label(programme.file.ligne) for waiting in WAITING}
    if champ == "regle":
        return {rule.id: rule.libelle for rule in programme.file.regle}
    if champ == "instructeur":
        return {"": NOBODY}
    return values(programme, champ)


def label(labels: Mapping[str, str], code: str) -> str:
    """What a code of a filter is called, among its choices."""
    return labels.get(code, code) or NOT_GIVEN


def in_words(programme: Programme, filters: Filters) -> dict[str, str]:
    """Label of each filter in use → what it lets through."""
    words = {FILTER_LABELS["texte"]: filters.texte.strip()} if filters.texte.strip() else {}
    for champ, libelle in FILTER_LABELS.items():
        if champ != "texte" and (wanted := getattr(filters, champ)):
            labels = choices(programme, champ)
            words[libelle] = " ou ".join(label(labels, code) for code in wanted)
    return words
