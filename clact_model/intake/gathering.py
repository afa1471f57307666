"""The rows of all the files → whole dossiers: each with its lines, once, or refused."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa

from clact_model.fields import Field, Table
from clact_model.intake.columns import ARROW_TYPES
from clact_model.intake.report import Anomaly, Gravite
from clact_model.intake.rows import Rows

IDENTITY = ("raison_sociale", "finess", "siret")
"""Two rows of one number that differ here are two establishments, not one dossier."""
AMOUNTS = ("montant", "pourcentage")


@dataclass(frozen=True)
class Lot:
    """The accepted rows of one sheet: columns numero, ordre (dossiers) or ligne (actions), and the fields given."""

    fields: tuple[Field, ...]
    rows: pa.Table = field(repr=False)


@dataclass(frozen=True)
class Candidature:
    """What the files give, ready for the tables."""

    dossiers: tuple[Lot, ...]
    actions: tuple[Lot, ...]
    seen: frozenset[str]
    """Every number that the files name, refused ones too: none of them is gone."""
    refused: int
    """Dossiers refused, and rows refused that belong to none."""
    anomalies: tuple[Anomaly, ...] = field(repr=False)
    silent_on_lines: tuple[str, ...] = ()
    """Dossiers of which the files say nothing of the lines: those of the base stay."""

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The dossiers given, in the order of the files; then those of which the files give lines alone."""
        placed = [
            (ordre, numero)
            for lot in self.dossiers
            for ordre, numero in zip(lot.rows["ordre"].to_pylist(), lot.rows["numero"].to_pylist(), strict=True)
        ]
        lines = {numero for lot in self.actions for numero in lot.rows["numero"].to_pylist()}
        return tuple(dict.fromkeys([numero for _, numero in sorted(placed)] + sorted(lines)))


def gather(sheets: Sequence[Rows], in_base: Iterable[str]) -> Candidature:
    """Tie actions to dossiers, count doubles once, refuse whole dossiers.

    A dossier goes in whole or not at all: judged with a line missing, it would be judged wrong.
    """
    return _Gathering(sheets, in_base).result()


@dataclass(frozen=True, slots=True)
class _Place:
    rows: Rows
    position: int

    def value(self, champ: str) -> object:
        return self.rows.values[champ][self.position]

    @property
    def flat(self) -> bool:
        """Whether its sheet says of dossiers and of lines at once."""
        return len(self.rows.recognised.tables) > 1

    def refuse(self, message: str) -> None:
        self.rows.refuse(self.position, message, self.rows.recognised.key, self.rows.numeros[self.position])

    def say(self, gravite: Gravite, message: str) -> None:
        key = self.rows.recognised.key
        self.rows.say(gravite, message, self.position, key, self.rows.numeros[self.position])

    def seen_from(self, other: "_Place") -> str:
        """``la ligne 3``, with its sheet or its file when the other row is not in the same."""
        sheet, theirs = self.rows.recognised.sheet, other.rows.recognised.sheet
        line = f"la ligne {self.rows.lines[self.position]}"
        if sheet.fichier != theirs.fichier:
            return f"{line} de « {sheet.fichier} »"
        return line if sheet.nom == theirs.nom else f"{line} de la feuille « {sheet.nom} »"

    def differing(self, other: "_Place", table: Table) -> list[Field]:
        """The fields of one table that both give, differently."""
        return [
            f
            for f in self.rows.given(table)
            if f.champ in other.rows.values and self.value(f.champ) != other.value(f.champ)
        ]


class _Gathering:
    def __init__(self, sheets: Sequence[Rows], in_base: Iterable[str]) -> None:
        self.sheets = sheets
        self.in_base = {numero.casefold(): numero for numero in in_base}
        self.names: dict[str, str] = dict(self.in_base)
        """Number without case → as it is written in the base, else where it is met first."""
        # Dictionaries as sets that keep their order: anomalies come in the order of the files.
        self.condemned: dict[str, None] = {}
        self.orphans: dict[str, None] = {}
        self.lone_rows = 0
        self.dossiers: dict[str, _Place] = {}
        self.actions: dict[str, list[_Place]] = defaultdict(list)
        self.lines_met: dict[tuple[str, tuple[object, ...]], _Place] = {}
        self.contents = _line_contents(sheets)

    def result(self) -> Candidature:
        for rows in self.sheets:
            for position, numero in enumerate(rows.numeros):
                self._condemn_refused(rows, position, numero)
        for rows in self.sheets:
            for position in range(len(rows.lines)):
                if position not in rows.refused:
                    self._place(_Place(rows, position))
        self._refuse_orphans()
        self._tell_condemned()
        self._tell_without_lines()
        return self._candidature()

    def _condemn_refused(self, rows: Rows, position: int, numero: str | None) -> None:
        if numero is not None:
            self.names.setdefault(numero.casefold(), numero)
        if position in rows.refused:
            if numero is None:
                self.lone_rows += 1
            else:
                self.condemned[numero.casefold()] = None

    def _place(self, place: _Place) -> None:
        tables = place.rows.recognised.tables
        key = str(place.rows.numeros[place.position]).casefold()
        if "dossier" in tables and not self._place_dossier(key, place, flat="action" in tables):
            return
        silent = place.position in place.rows.without_line or key in place.rows.silent_on_lines
        if "action" in tables and not silent:
            self._place_action(key, place)

    def _place_dossier(self, key: str, place: _Place, flat: bool) -> bool:
        """False when the row must not give a line either."""
        first = self.dossiers.setdefault(key, place)
        if first is place:
            return True
        differing = place.differing(first, "dossier")
        if not differing:
            if not flat:
                place.say(
                    "avertissement",
                    f"Doublon : le dossier {self.names[key]} est déjà à {first.seen_from(place)}, il est compté une fois.",
                )
            return True
        names = ", ".join(f"« {f.libelle} »" for f in differing)
        place.refuse(
            f"Doublon : {first.seen_from(place)} donne au dossier {self.names[key]} d'autres valeurs ({names}) : "
            "corrigez le numéro ou ces valeurs."
        )
        if flat and any(f.champ in IDENTITY for f in differing):
            # Another establishment under the same number: the first one's dossier is whole without this row.
            self.lone_rows += 1
        else:
            self.condemned[key] = None
        return False

    def _place_action(self, key: str, place: _Place) -> None:
        first = self.lines_met.setdefault((key, self.contents[id(place.rows)][place.position]), place)
        if first is place:
            self._ask_of_twin(key, place)
            self.actions[key].append(place)
        else:
            place.say(
                "avertissement",
                f"Doublon : cette ligne du dossier {self.names[key]} répète {first.seen_from(place)}, elle est comptée une fois.",
            )

    def _ask_of_twin(self, key: str, place: _Place) -> None:
        """A line whose words are those of another of its dossier, with other amounts: the same one corrected, or a second one?"""
        if not place.flat or "intitule" not in place.rows.values or place.value("intitule") is None:
            return
        twin = next((one for one in self.actions[key] if _same_words(place, one)), None)
        if twin is not None:
            names = ", ".join(f"« {f.libelle} »" for f in place.differing(twin, "action"))
            place.say(
                "question",
                f"Doublon ? Le dossier {self.names[key]} a deux fois la demande « {place.value('intitule')} », ici et à "
                f"{twin.seen_from(place)}, avec d'autres valeurs ({names}). Si c'est une correction, supprimez la ligne périmée ; si ce "
                "sont deux demandes, continuez, ou donnez-leur deux intitulés.",
            )

    def _refuse_orphans(self) -> None:
        for key, places in self.actions.items():
            if key not in self.dossiers and key not in self.in_base and key not in self.condemned:
                self.orphans[key] = None
                for place in places:
                    place.refuse(
                        f"Le dossier {self.names[key]} est inconnu : il n'est ni dans le fichier ni dans la base. "
                        "Corrigez le numéro ou ajoutez le dossier."
                    )

    def _tell_condemned(self) -> None:
        for key in self.condemned:
            left = [
                p
                for p in (self.dossiers.get(key), *self.actions.get(key, ()))
                if p and p.position not in p.rows.refused
            ]
            if left:
                kept = " La base garde sa version précédente." if key in self.in_base else ""
                left[0].refuse(
                    f"Le dossier {self.names[key]} est refusé en entier : l'une de ses lignes est refusée, et il serait jugé "
                    f"sans elle. Corrigez-la, puis importez de nouveau le fichier.{kept}"
                )

    def _tell_without_lines(self) -> None:
        names = [rows.recognised.sheet.nom for rows in self.sheets if "action" in rows.recognised.tables]
        where = f"vérifiez la feuille « {names[0]} »" if names and names[0] else "vérifiez le fichier"
        if names:
            for key, place in self.dossiers.items():
                if key not in self.actions and key not in self.condemned and key not in place.rows.silent_on_lines:
                    place.say(
                        "avertissement", f"Le dossier {self.names[key]} n'a aucune ligne dans le fichier : {where}."
                    )

    def _candidature(self) -> Candidature:
        out = {**self.condemned, **self.orphans}
        dossiers = [(key, 0, place) for key, place in self.dossiers.items() if key not in out]
        actions = [
            (key, ligne, place)
            for key, places in self.actions.items()
            if key not in out
            for ligne, place in enumerate(places, start=1)
        ]
        ordered = [(key, ordre, place) for ordre, (key, _, place) in enumerate(dossiers, start=1)]
        return Candidature(
            self._lots(ordered, "dossier", "ordre"),
            self._lots(actions, "action", "ligne"),
            frozenset(self.names[key] for key in {*self.dossiers, *self.actions, *self.condemned}),
            len(out) + self.lone_rows,
            tuple(anomaly for rows in self.sheets for anomaly in rows.anomalies),
            tuple(self.names[key] for rows in self.sheets for key in rows.silent_on_lines if key in self.names),
        )

    def _lots(self, placed: Iterable[tuple[str, int, _Place]], table: Table, count: str) -> tuple[Lot, ...]:
        by_sheet: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
        for key, number, place in placed:
            by_sheet[id(place.rows)].append((self.names[key], number, place.position))
        return tuple(
            _lot(rows, table, count, by_sheet[id(rows)])
            for rows in self.sheets
            if table in rows.recognised.tables and rows.recognised.key
        )


def _same_words(one: _Place, other: _Place) -> bool:
    """Whether two lines of flat sheets differ by their amounts alone: where lines have a sheet of their own, each is one."""
    return one.flat and other.flat and all(f.type in AMOUNTS for f in one.differing(other, "action"))


def _line_contents(sheets: Sequence[Rows]) -> dict[int, list[tuple[object, ...]]]:
    """Sheet → what each of its rows says of an action, in one order for all sheets: equal for doubles."""
    champs = dict.fromkeys(f.champ for rows in sheets for f in rows.given("action"))
    return {
        id(rows): list(zip(*(rows.values.get(champ, [None] * len(rows.lines)) for champ in champs), strict=True))
        or [()] * len(rows.lines)
        for rows in sheets
    }


def _lot(rows: Rows, table: Table, count: str, chosen: Sequence[tuple[str, int, int]]) -> Lot:
    given = rows.given(table)
    numeros, numbers, positions = zip(*chosen, strict=True) if chosen else ((), (), ())
    columns: Mapping[str, pa.Array] = {
        "numero": pa.array(numeros, pa.string()),
        count: pa.array(numbers, pa.int64()),
    } | {f.champ: pa.array(list(map(rows.values[f.champ].__getitem__, positions)), ARROW_TYPES[f.type]) for f in given}
    return Lot(given, pa.table(columns))
