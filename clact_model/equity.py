"""Who the money of a scenario reaches: each group's share of it beside its share of the staff of all applicants."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clact_model.allocation.money import amount
from clact_model.comparison import UNKNOWN, Side
from clact_model.comparison.figures import is_first, per_head
from clact_model.scenario import Facts

SIZES: Sequence[tuple[str, int, str]] = (
    ("moins_de_50", 0, "Moins de 50 agents"),
    ("50_a_249", 50, "50 à 249 agents"),
    ("250_a_999", 250, "250 à 999 agents"),
    ("1000_et_plus", 1_000, "1 000 agents et plus"),
)
"""Code, smallest headcount, what is read: the classes of size of an establishment."""
FIRST, AGAIN = "premiere", "deja"
ANTERIOR = {FIRST: "Première demande", AGAIN: "Déjà un CLACT"}
CHAMPS: Mapping[str, str] = {
    "departement": "Département",
    "statut": "Statut juridique",
    "taille": "Taille de l'établissement",
    "secteur": "Secteur",
    "anteriorite": "Première demande ou non",
}
"""What the applicants are grouped by → what it is called."""
ADMITTED = "recevable"


@dataclass(frozen=True, slots=True)
class Applicant:
    """One dossier. Amounts in EUR; None is unknown."""

    numero: str
    etablissement: str
    """What its staff is counted once for."""
    effectif: int | None
    verdict: str | None
    granted: Decimal
    agents: int | None
    """Staff reached by what is funded of it; None when that is not known of each of its funded lines."""
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Staff:
    """A headcount, each establishment once; and how many dossiers it rests on."""

    effectif: int
    connus: int
    inconnus: int


@dataclass(frozen=True, slots=True)
class Group:
    """One group of applicants. Shares are 0..1 of all groups, None where nothing is known."""

    code: str
    dossiers: int
    finances: int
    accorde: Decimal
    part_accorde: Decimal | None
    staff: Staff
    """Of all its applicants."""
    part_effectif: Decimal | None
    recevables: int | None
    """None when the verdicts of then are not known."""
    part_effectif_recevable: Decimal | None
    par_agent: Decimal | None
    """What its applicants of known headcount receive ÷ that headcount, in EUR to the cent."""
    agents: int
    """Staff reached by the funded dossiers of which it is known."""
    agents_inconnus: int
    """Funded dossiers of which it is not."""
    par_agent_concerne: Decimal | None
    """What the funded dossiers of known staff reached receive ÷ that staff."""


def groups(side: Side, champ: str) -> list[Group]:
    """The applicants of a scenario by one of CHAMPS, the unknown last."""
    grouped: dict[str, list[Applicant]] = {}
    for applicant in applicants(side):
        grouped.setdefault(applicant.groups[champ], []).append(applicant)
    staff = {code: _staff(own) for code, own in grouped.items()}
    admitted = {code: _staff(_admitted(own)) for code, own in grouped.items()}
    granted = sum((one.granted for own in grouped.values() for one in own), Decimal(0))
    all_staff = sum(one.effectif for one in staff.values())
    all_admitted = sum(one.effectif for one in admitted.values())
    return [
        _group(code, grouped[code], granted, staff[code], all_staff, admitted[code], all_admitted)
        for code in sorted(grouped, key=_in_order)
    ]


def applicants(side: Side) -> list[Applicant]:
    """Every dossier of a scenario, funded or not, as it was on that day."""
    lines: dict[str, list[int]] = {}
    for place, outcome in enumerate(side.result.lines):
        lines.setdefault(outcome.line.numero, []).append(place)
    return [_applicant(side, numero, lines.get(numero, [])) for numero in dict.fromkeys([*lines, *side.facts])]


def size_of(headcount: int | None) -> str:
    """The class of a headcount; UNKNOWN without one."""
    return UNKNOWN if headcount is None else next(code for code, least, _ in reversed(SIZES) if headcount >= least)


def _applicant(side: Side, numero: str, places: Sequence[int]) -> Applicant:
    outcomes = [side.result.lines[place] for place in places]
    facts: Facts | None = side.facts.get(numero)
    funded = [outcome for outcome in outcomes if outcome.funded]
    reached = [outcome.line.agents for outcome in funded]
    known = [agents for agents in reached if agents is not None]
    staff = facts.effectif_total if facts else None
    own = outcomes[0].line.groups if outcomes else {}
    first = is_first(side, numero)
    return Applicant(
        numero=numero,
        etablissement=(facts.etablissement if facts else None) or numero,
        effectif=staff,
        verdict=facts.verdict if facts else None,
        granted=amount(sum(outcome.grant.granted for outcome in funded)),
        agents=sum(known) if funded and len(known) == len(reached) else None,
        groups={champ: own.get(champ, UNKNOWN) for champ in ("departement", "statut", "secteur")}
        | {"taille": size_of(staff), "anteriorite": UNKNOWN if first is None else FIRST if first else AGAIN},
    )


def _admitted(own: Iterable[Applicant]) -> list[Applicant]:
    return [applicant for applicant in own if applicant.verdict == ADMITTED]


def _staff(own: Sequence[Applicant]) -> Staff:
    """Two dossiers of one establishment have the same staff: the larger of what they say."""
    counted: dict[str, int] = {}
    for applicant in own:
        if applicant.effectif is not None:
            counted[applicant.etablissement] = max(applicant.effectif, counted.get(applicant.etablissement, 0))
    known = sum(applicant.effectif is not None for applicant in own)
    return Staff(sum(counted.values()), known, len(own) - known)


def _group(
    code: str,
    own: Sequence[Applicant],
    granted: Decimal,
    staff: Staff,
    all_staff: int,
    admitted: Staff,
    all_admitted: int,
) -> Group:
    funded = [applicant for applicant in own if applicant.granted]
    reached = [applicant for applicant in funded if applicant.agents is not None]
    accorde, agents = _granted(own), sum(applicant.agents or 0 for applicant in reached)
    judged = all(applicant.verdict is not None for applicant in own)
    return Group(
        code=code,
        dossiers=len(own),
        finances=len(funded),
        accorde=accorde,
        part_accorde=accorde / granted if granted else None,
        staff=staff,
        part_effectif=_part(staff, all_staff),
        recevables=len(_admitted(own)) if judged else None,
        part_effectif_recevable=_part(admitted, all_admitted) if judged else None,
        par_agent=per_head(_granted(own, lambda one: one.effectif is not None), staff.effectif),
        agents=agents,
        agents_inconnus=len(funded) - len(reached),
        par_agent_concerne=per_head(_granted(reached), agents),
    )


def _part(staff: Staff, whole: int) -> Decimal | None:
    return Decimal(staff.effectif) / whole if whole and staff.connus else None


def _granted(own: Iterable[Applicant], counts: Callable[[Applicant], bool] = lambda one: True) -> Decimal:
    return sum((applicant.granted for applicant in own if counts(applicant)), Decimal("0.00"))


def _in_order(code: str) -> tuple[bool, int, str]:
    known = [size for size, _, _ in SIZES] + list(ANTERIOR)
    return code == UNKNOWN, known.index(code) if code in known else 0, code
