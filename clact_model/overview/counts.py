"""Dossiers and lines counted by group, with what they ask for in EUR."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clact_model.eligibility import Judgement
from clact_model.overview.labels import NOT_GIVEN, VERDICTS, values
from clact_model.overview.summaries import Summary, aid, asked


@dataclass(frozen=True, slots=True)
class Count:
    """How many dossiers a group holds, how many of them are recevables, and what they ask for, in EUR."""

    code: str
    libelle: str
    dossiers: int
    recevables: int
    demande: Decimal
    aide_maximale: Decimal
    """Sum of what is known, over eligible lines."""
    part: Decimal | None
    """Share of the euros asked for, 0..1; None when nothing is asked for."""


def share(part: int, whole: int) -> Decimal | None:
    """A count among others, 0..1; None among none."""
    return Decimal(part) / whole if whole else None


def by_verdict(rows: Sequence[Summary]) -> list[Count]:
    """Every verdict that holds of some dossier, weakest first."""
    groups = {code: [row for row in rows if row.verdict == code] for code in VERDICTS}
    return _counts({code: held for code, held in groups.items() if held}, VERDICTS)


def split(rows: Sequence[Summary], champ: str, labels: Mapping[str, str]) -> list[Count]:
    """The dossiers by the code of one field (``secteur``, ``statut``, ``departement``), most euros first."""
    groups: dict[str, list[Summary]] = {}
    for row in rows:
        groups.setdefault(getattr(row, champ) or "", []).append(row)
    return sorted(_counts(groups, labels), key=lambda count: (count.code == "", -count.demande, count.libelle))


def _counts(groups: Mapping[str, Sequence[Summary]], labels: Mapping[str, str]) -> list[Count]:
    total = sum((asked(held) for held in groups.values()), Decimal(0))
    return [
        Count(
            code,
            labels.get(code, code) or NOT_GIVEN,
            len(held),
            sum(row.verdict == "recevable" for row in held),
            asked(held),
            aid(held),
            asked(held) / total if total else None,
        )
        for code, held in groups.items()
    ]


@dataclass(frozen=True, slots=True)
class LineCount:
    """Lines of one axis: how many, how many eligible, what they ask for in EUR and its share 0..1."""

    code: str
    libelle: str
    lignes: int
    eligibles: int
    demande: Decimal
    part: Decimal | None


def by_axis(judgement: Judgement) -> list[LineCount]:
    """The lines judged by axis, in the order of the programme, what has none last."""
    rows = judgement.cursor.execute(
        """SELECT coalesce(t.axe, ''), count(*), count_if(a.verdict = 'eligible'),
                  coalesce(sum(a.montant_demande), 0)::DECIMAL(18, 2)
           FROM jugement_action a
           JOIN action t ON t.programme = ? AND t.numero = a.numero AND t.ligne = a.ligne GROUP BY 1""",
        [judgement.programme.id],
    ).fetchall()
    labels = values(judgement.programme, "axe")
    order = list(labels)
    rows.sort(key=lambda row: (row[0] == "", order.index(row[0]) if row[0] in labels else len(order), row[0]))
    total = sum((row[3] for row in rows), Decimal(0))
    return [
        LineCount(
            code, labels.get(code, code) or NOT_GIVEN, lines, eligible, demande, demande / total if total else None
        )
        for code, lines, eligible, demande in rows
    ]


def pressure(demande: Decimal, enveloppe: Decimal | None) -> Decimal | None:
    """Asked ÷ envelope, two decimals; None without an envelope."""
    return (demande / enveloppe).quantize(Decimal("0.01")) if enveloppe else None
