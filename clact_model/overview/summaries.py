"""Each dossier judged, as lists show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb

from clact_model import scoring
from clact_model.eligibility import Judgement
from clact_model.eligibility.rules_sql import UNKNOWN, LiveRule
from clact_model.programme import Programme


@dataclass(frozen=True, slots=True)
class Summary:
    """One dossier as lists show it. Its contact is left out on purpose."""

    numero: str
    raison_sociale: str | None
    finess: str | None
    siret: str | None
    departement: str | None
    secteur: str | None
    statut: str | None
    ght: str | None
    date_depot: datetime | None
    verdict: str
    verdict_calcule: str
    jusqu_au: date | None
    sans_action_eligible: bool
    position: int | None
    score: Decimal | None
    actions: int
    actions_a_verifier: int
    axes: tuple[str, ...]
    thematiques: tuple[str, ...]
    intitules: tuple[str, ...]
    demande: Decimal | None
    """Sum of the amounts that are known."""
    aide_maximale: Decimal | None
    """Over the eligible lines; None when there is none."""
    derogation: bool
    """A person overruled the dossier's verdict, or that of one of its lines."""
    a_confirmer: bool
    """What an overruled rule reads has changed since."""
    a_noter: bool
    """A grade that the programme counts is missing."""
    non: tuple[str, ...]
    """Rules that are not satisfied, by the dossier or one of its lines."""
    inconnu: tuple[str, ...]
    """Rules that have no answer, for the dossier or one of its lines."""
    instructeur: str | None = None
    """Who is in charge; as the three below, given by :func:`overview.followed`."""
    pieces_attendues: int = 0
    """Pieces asked for that have not come."""
    pieces_en_retard: int = 0
    """Those of them whose due date is past."""
    echeance: date | None = None
    """The nearest due date of a piece that has not come."""


def summaries(judgement: Judgement) -> list[Summary]:
    """Every dossier judged, in the order of the file. Ranks them: writes the tables of :func:`scoring.rank`."""
    scoring.rank(judgement)
    programme, cursor = judgement.programme, judgement.cursor
    overruled = _overruled(cursor, programme)
    ungraded = _ungraded(cursor, programme)
    rules = {"dossier": judgement.rules("dossier"), "action": judgement.rules("action")}
    answers = "".join(f", j.{live.column}" for live in rules["dossier"])
    answers += "".join(f", l.non_{live.index}, l.inconnu_{live.index}" for live in rules["action"])
    by_line = "".join(
        f", bool_or(a.{live.column} > {UNKNOWN}) AS non_{live.index}, bool_or(a.{live.column} = {UNKNOWN}) AS inconnu_{live.index}"
        for live in rules["action"]
    )
    rows = cursor.execute(
        f"""
        WITH lignes AS (
            SELECT a.numero, count(*) AS actions, count_if(a.verdict = 'a_verifier') AS a_verifier,
                   sum(a.montant_demande)::DECIMAL(18, 2) AS demande,
                   (sum(a.aide_maximale) FILTER (a.verdict = 'eligible'))::DECIMAL(18, 2) AS aide,
                   list_sort(list(DISTINCT t.axe) FILTER (t.axe IS NOT NULL)) AS axes,
                   list_sort(list(DISTINCT t.thematique) FILTER (t.thematique IS NOT NULL)) AS thematiques,
                   list(t.intitule ORDER BY t.ligne) FILTER (t.intitule IS NOT NULL) AS intitules {by_line}
            FROM jugement_action a
            JOIN action t ON t.programme = $programme AND t.numero = a.numero AND t.ligne = a.ligne
            GROUP BY a.numero)
        SELECT d.numero, d.raison_sociale, d.finess, d.siret, d.departement, d.secteur, d.statut, d.ght, d.date_depot,
               j.verdict, j.verdict_calcule, j.jusqu_au, j.sans_action_eligible, c.position, c.score,
               coalesce(l.actions, 0), coalesce(l.a_verifier, 0), l.axes, l.thematiques, l.intitules, l.demande, l.aide
               {answers}
        FROM jugement_dossier j
        JOIN dossier d ON d.programme = $programme AND d.numero = j.numero
        LEFT JOIN classement_dossier c ON c.numero = j.numero
        LEFT JOIN lignes l ON l.numero = j.numero
        ORDER BY j.ordre""",
        {"programme": programme.id},
    ).fetchall()
    found = []
    for row in rows:
        numero, name, finess, siret, departement, secteur, statut, ght, depot, verdict, computed = row[:11]
        last_day, empty, position, score, actions, to_check, axes, themes, titles, demande, aide, *codes = row[11:]
        no, unknown = _unsatisfied(rules["dossier"], rules["action"], codes)
        found.append(
            Summary(
                numero=numero,
                raison_sociale=name,
                finess=finess,
                siret=siret,
                departement=departement,
                secteur=secteur,
                statut=statut,
                ght=ght,
                date_depot=depot and depot.astimezone(programme.file.zone),
                verdict=verdict,
                verdict_calcule=computed,
                jusqu_au=last_day,
                sans_action_eligible=empty,
                position=position,
                score=score,
                actions=actions,
                actions_a_verifier=to_check,
                axes=tuple(axes or ()),
                thematiques=tuple(themes or ()),
                intitules=tuple(titles or ()),
                demande=demande,
                aide_maximale=aide,
                derogation=numero in overruled,
                a_confirmer=overruled.get(numero, False),
                a_noter=numero in ungraded and verdict != "irrecevable",
                non=no,
                inconnu=unknown,
            )
        )
    return found


def _unsatisfied(
    of_dossier: Sequence[LiveRule], of_lines: Sequence[LiveRule], codes: Sequence[Any]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rules not satisfied, and those without an answer, from one code a dossier rule and two marks a line rule."""
    own, marks = codes[: len(of_dossier)], codes[len(of_dossier) :]
    no = [live.rule.id for live, code in zip(of_dossier, own, strict=True) if code > UNKNOWN]
    no += [live.rule.id for live, mark in zip(of_lines, marks[::2], strict=True) if mark]
    unknown = [live.rule.id for live, code in zip(of_dossier, own, strict=True) if code == UNKNOWN]
    unknown += [live.rule.id for live, mark in zip(of_lines, marks[1::2], strict=True) if mark]
    return tuple(no), tuple(unknown)


def _overruled(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> dict[str, bool]:
    """Number of each dossier overruled somewhere → whether one of its overrides waits to be confirmed."""
    rows = cursor.execute(
        "SELECT numero, bool_or(a_confirmer) FROM derogation WHERE programme = ? GROUP BY numero", [programme.id]
    ).fetchall()
    return dict(rows)


def _ungraded(cursor: duckdb.DuckDBPyConnection, programme: Programme) -> set[str]:
    """The dossiers that lack a grade which the programme counts."""
    missing = [
        f"""(d."{champ}" IS NULL AND NOT EXISTS (
                SELECT 1 FROM appreciation p
                WHERE p.programme = d.programme AND p.numero = d.numero AND p.champ = '{champ}'))"""
        for champ in sorted(set(scoring.gradable(programme).values()))
    ]
    if not missing:
        return set()
    rows = cursor.execute(
        f"SELECT d.numero FROM dossier d WHERE d.programme = ? AND ({' OR '.join(missing)})", [programme.id]
    ).fetchall()
    return {numero for (numero,) in rows}


def asked(rows: Iterable[Summary]) -> Decimal:
    """What the dossiers ask for, as far as known, in EUR."""
    return sum((row.demande for row in rows if row.demande is not None), Decimal("0.00"))


def aid(rows: Iterable[Summary]) -> Decimal:
    """The most that their eligible lines may receive, as far as known, in EUR."""
    return sum((row.aide_maximale for row in rows if row.aide_maximale is not None), Decimal("0.00"))
