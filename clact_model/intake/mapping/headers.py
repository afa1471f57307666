"""A sheet → its row of titles, and the fields that its columns hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from clact_model.fields import KEYS, Field, Table
from clact_model.intake.manner import STRICT, Manner
from clact_model.intake.mapping.claims import Claimed, settled
from clact_model.intake.mapping.likeness import ASKED, Suggestion, suggestions
from clact_model.intake.mapping.renaming import lost, renamings
from clact_model.intake.mapping.titles import Claim, How, Titles, title_key
from clact_model.intake.report import Anomaly
from clact_model.intake.values import Cell, is_blank, quoted, shown
from clact_model.intake.values.text import one_line
from clact_model.reading import Sheet
from clact_model.reading.limits import HEADER_WITHIN, FileRefusedError
from clact_model.wording import folded

ENOUGH_TITLES = 2
"""Titles that a row must hold to be the row of titles: one word alone may be anywhere."""

Role = Literal["donnees", "complement", "cofinancement"]
"""What a sheet gives: dossiers and actions; what other sheets leave out; who else pays."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column that holds a field."""

    field: Field
    index: int
    """From 1, as the sheet counts."""
    titre: str
    thousands: bool = False
    """The title says k€."""


@dataclass(frozen=True, slots=True)
class Title:
    """One title of the sheet, and what became of its column: for the person who checks."""

    index: int
    titre: str
    cle: str
    """Under which a correction of it is kept."""
    fields: tuple[Field, ...] = ()
    how: How | None = None
    confidence: float = 1.0
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True)
class Recognised:
    """A sheet with its row of titles understood."""

    sheet: Sheet
    header_row: int
    tables: tuple[Table, ...]
    """The tables that a row feeds: both when the sheet is flat."""
    columns: tuple[Column, ...]
    anomalies: tuple[Anomaly, ...]
    fallbacks: tuple[Column, ...] = ()
    """Columns that give a field where its own column is empty."""
    titles: tuple[Title, ...] = ()
    manner: Manner = STRICT
    role: Role = "donnees"
    only_rows: frozenset[int] | None = None
    """The rows that hold data, where a total, a signature or rows of another kind stand among them."""

    @property
    def key(self) -> Column | None:
        """The column of the dossier's number."""
        return next((column for column in self.columns if column.field.champ in KEYS), None)

    def of(self, table: Table) -> tuple[Column, ...]:
        """The columns of one table but its key."""
        return tuple(c for c in self.columns if c.field.table == table and c.field.champ not in KEYS)


def recognise(
    sheet: Sheet,
    titles: Titles,
    tables: tuple[Table, ...],
    manner: Manner = STRICT,
    role: Role = "donnees",
    row: int | None = None,
) -> Recognised:
    """The columns of one sheet. ``row``: that of its titles, where the source knows it.

    Raises FileRefusedError when there is no row of titles, when data stand under no title, when two columns claim one
    field and differ (unless the source is known to write several).
    """
    return _Recognition(sheet, titles, manner, row or header_row(sheet, titles)).result(tables, role)


def header_row(sheet: Sheet, titles: Titles) -> int:
    """The row, from 1, that holds most known titles. Raises FileRefusedError when none holds enough."""
    counts = [titles.count(row) for row in sheet.rows[:HEADER_WITHIN]]
    best = max(counts, default=0)
    if best < ENOUGH_TITLES:
        where = f"La feuille « {sheet.nom} »" if sheet.nom else "Le fichier"
        raise FileRefusedError(
            f"{where} n'a pas de ligne de titres reconnue parmi ses {HEADER_WITHIN} premières lignes : les colonnes "
            "doivent porter les titres du modèle (« Numéro de dossier », « Raison sociale »…), un dossier par ligne.",
            sheet.nom,
        )
    return counts.index(best) + 1


def fields_named(sheet: Sheet, titles: Titles) -> set[Table]:
    """The tables that the best row of titles speaks of, beside the key: which role a csv file plays."""
    rows = sheet.rows[:HEADER_WITHIN]
    best = max(rows, key=titles.count, default=())
    found = [titles.find(title) for title in best]
    return {f.table for claim in found if claim for f in claim.fields if f.champ not in KEYS}


@dataclass
class _Recognition:
    """The titles of one sheet, taken one after the other."""

    sheet: Sheet
    known: Titles
    manner: Manner
    row: int
    anomalies: list[Anomaly] = field(default_factory=list)

    def result(self, tables: tuple[Table, ...], role: Role) -> Recognised:
        claimed, unknown = self._claimed()
        claimed = settled(self.sheet, self.row, claimed)
        seen = [Title(c.index, c.titre, c.key, c.claim.fields, c.claim.how) for c in claimed]
        taken, others = self._by_likeness(unknown, {f.champ for c in claimed for f in c.claim.fields})
        self._check_beyond_titles()
        columns, fallbacks = self._one_each([*claimed, *taken])
        self._in_thousands(columns)
        seen += others
        return Recognised(
            self.sheet,
            self.row,
            tables,
            columns,
            tuple(self.anomalies),
            fallbacks,
            tuple(sorted(seen, key=lambda title: title.index)),
            self.manner,
            role,
        )

    def _claimed(self) -> tuple[list[Claimed], list[Title]]:
        """The columns that claim something, and the titles of those with data that nothing is known of."""
        claimed: list[Claimed] = []
        unknown: list[Title] = []
        met: dict[str, int] = {}
        for index, cell in enumerate(self.sheet.rows[self.row - 1], start=1):
            text = folded(one_line(cell))
            met[text] = met.get(text, 0) + 1
            claim, key = self.known.find(cell, met[text]), title_key(text, met[text])
            if claim is not None:
                claimed.append(Claimed(index, one_line(cell), key, claim))
            elif self._has_data(index):
                if not is_blank(cell):
                    unknown.append(Title(index, one_line(cell), key))
                elif not self.manner.unreadable_is_unknown:
                    raise self._untitled(index)
        return claimed, unknown

    def _by_likeness(self, unknown: Sequence[Title], given: set[str]) -> tuple[list[Claimed], list[Title]]:
        """The unknown titles that are so like a field not given that a person is asked; and all of them, for the screen."""
        renamed = renamings(self.known, self._keys(), unknown, given)
        taken: list[Claimed] = []
        seen: list[Title] = []
        for title in unknown:
            likely = suggestions(title.titre, (f for f in self.known.known if f.champ not in given))
            found = renamed.get(title.cle) or (likely[0] if likely and not _is_repeated(title) else None)
            if found and (found.confidence >= ASKED or title.cle in renamed):
                given.add(found.field.champ)
                claim = Claim((found.field,), "ressemblance")
                taken.append(Claimed(title.index, title.titre, title.cle, claim))
                seen.append(replace(title, fields=claim.fields, how=claim.how, confidence=found.confidence))
                self._ask(title, found)
            else:
                seen.append(replace(title, suggestions=likely))
                self._ignored(title, likely)
        self._ask_for_lost(given)
        return taken, seen

    def _keys(self) -> set[str]:
        """The keys of the titles of the sheet."""
        met: dict[str, int] = {}
        keys = set()
        for cell in self.sheet.rows[self.row - 1]:
            text = folded(one_line(cell))
            met[text] = met.get(text, 0) + 1
            keys.add(title_key(text, met[text]))
        return keys

    def _ask(self, title: Title, found: Suggestion) -> None:
        self._say(
            "question",
            title.index,
            title.titre,
            f"La colonne « {title.titre} » ressemble à « {found.field.libelle} » ({round(found.confidence * 100)} %) : "
            "confirmez qu'elle doit être lue ainsi, ou corrigez la correspondance.",
        )

    def _ask_for_lost(self, given: set[str]) -> None:
        """A column of the correspondence that the file has no more, and that no other title replaces."""
        for titre, f in lost(self.known, self._keys()):
            if f.champ not in given:
                sentence = (
                    f"La colonne « {titre} » de la correspondance n'est plus dans le fichier : « {f.libelle} » restera "
                    "inconnu si vous continuez. Indiquez la colonne qui la remplace, ou vérifiez l'export."
                )
                self.anomalies.append(
                    Anomaly(self.sheet.fichier, "question", sentence, self.sheet.nom, self.row, valeur=titre)
                )

    def _ignored(self, title: Title, likely: Sequence[Suggestion]) -> None:
        hint = f" Voulait-elle dire « {likely[0].field.libelle} » ?" if likely else ""
        remedy = (
            "Indiquez son champ dans la correspondance, ou renommez-la comme dans le modèle, si elle doit être lue."
        )
        gravite: Literal["information", "avertissement"] = (
            "information" if self.manner.unreadable_is_unknown else "avertissement"
        )
        self._say(
            gravite,
            title.index,
            title.titre,
            f"La colonne {quoted(title.titre)} n'est pas connue : elle est ignorée.{hint} {remedy}",
        )

    def _one_each(self, claimed: Iterable[Claimed]) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
        """The column of each field, and those that stand in for it."""
        by_champ: dict[str, list[Claimed]] = {}
        for one in claimed:
            for f in one.claim.fields:
                by_champ.setdefault(f.champ, []).append(one)
        columns: list[Column] = []
        fallbacks: list[Column] = []
        for champ, rivals in by_champ.items():
            ordered = sorted(rivals, key=lambda one: (one.claim.how != "correspondance", one.claim.fallback))
            candidates = [_column(one, champ) for one in ordered]
            if self.manner.fallback_columns:
                first = next((c for c in candidates if self._has_data(c.index)), candidates[0])
                columns.append(first)
                fallbacks += [c for c in candidates if c is not first and self._has_data(c.index)]
                self._tell_rivals([one for one in ordered if not one.claim.fallback], first)
            else:
                columns.append(self._only(candidates))
        return tuple(sorted(columns, key=lambda c: c.index)), tuple(fallbacks)

    def _tell_rivals(self, rivals: Sequence[Claimed], first: Column) -> None:
        for one in rivals:
            if one.index != first.index and not self._agree(first.index, one.index):
                self._say(
                    "avertissement",
                    one.index,
                    one.titre,
                    f"Deux colonnes, « {first.titre} » et « {one.titre} », donnent « {first.field.libelle} » : "
                    "la seconde n'est lue que là où la première est vide.",
                )

    def _only(self, candidates: Sequence[Column]) -> Column:
        """The column to read among those that claim one field: the others must be empty or hold the same."""
        first = next((column for column in candidates if self._has_data(column.index)), candidates[0])
        for other in candidates:
            if other is first:
                continue
            twice = (
                f"Deux colonnes, « {first.titre} » et « {other.titre} », donnent deux fois « {first.field.libelle} »"
            )
            if not self._agree(first.index, other.index):
                raise FileRefusedError(
                    f"{twice}, avec des valeurs différentes : gardez la bonne.", self.sheet.nom, self.row, first.index
                )
            which = "la première" if first.index < other.index else "la seconde, seule remplie,"
            self._say("avertissement", other.index, other.titre, f"{twice} : {which} est lue.")
        return first

    def _agree(self, first: int, other: int) -> bool:
        """True when the other column says nothing else than the first."""
        mine, theirs = self.sheet.below(first, self.row), self.sheet.below(other, self.row)
        return all(is_blank(b) or a == b for a, b in zip(mine, theirs, strict=True))

    def _has_data(self, index: int) -> bool:
        return any(not is_blank(cell) for cell in self.sheet.below(index, self.row))

    def _check_beyond_titles(self) -> None:
        """A workbook's cells beyond the last title. In a csv file it is the row that is wrong: its reading says so."""
        width = len(self.sheet.rows[self.row - 1])
        if self.sheet.nom is None or self.manner.unreadable_is_unknown:
            return
        for index in range(width + 1, self.sheet.width + 1):
            if self._has_data(index):
                raise self._untitled(index)

    def _untitled(self, index: int) -> FileRefusedError:
        place = self.sheet.place_of(index, f"la {index}e")
        return FileRefusedError(
            f"Une colonne sans titre ({place}) contient des valeurs : donnez-lui son titre, ou videz-la.",
            self.sheet.nom,
            self.row,
            index,
        )

    def _in_thousands(self, columns: Iterable[Column]) -> None:
        for column in columns:
            if column.thousands:
                self._say(
                    "question",
                    column.index,
                    column.titre,
                    f"Le titre « {column.titre} » annonce des k€ : confirmez que les montants de la colonne sont à multiplier par 1 000.",
                )

    def _say(
        self, gravite: Literal["question", "avertissement", "information"], index: int, titre: str, message: str
    ) -> None:
        feuille, ligne, place = self.sheet.where(self.row, index, titre)
        self.anomalies.append(Anomaly(self.sheet.fichier, gravite, message, feuille, ligne, place, shown(titre)))


def _column(one: Claimed, champ: str) -> Column:
    claimed = next(f for f in one.claim.fields if f.champ == champ)
    return Column(claimed, one.index, one.titre, one.claim.thousands)


def _is_repeated(title: Title) -> bool:
    """The second of two equal titles is no likely field: the first would have been it."""
    return "#" in title.cle


__all__ = ["Cell", "Column", "Recognised", "Role", "Title", "fields_named", "header_row", "recognise"]
