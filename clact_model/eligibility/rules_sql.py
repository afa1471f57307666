"""Rules → SQL: all the rules of one level in one statement.

Each rule becomes a small number: 0 satisfied, 1 unknown, 2 + k when its k-th outcome holds, 255 when the rule is not
satisfied but which outcome holds is unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clact_model.programme import ACTION_VERDICTS, DOSSIER_VERDICTS, Level, Programme, Rule
from clact_model.programme.aid import Amount
from clact_model.programme.rules import Case

SATISFIED, UNKNOWN, FIRST_OUTCOME, UNCERTAIN = 0, 1, 2, 255


@dataclass(frozen=True, slots=True)
class LiveRule:
    """A rule as it stands on the day judged: outcomes whose last day is past are gone."""

    index: int
    rule: Rule
    outcomes: tuple[Case, ...]

    @property
    def column(self) -> str:
        return f"regle_{self.index}"

    def outcome(self, code: int) -> Case | None:
        """The outcome that a code stands for, or None (satisfied, unknown, uncertain)."""
        return self.outcomes[code - FIRST_OUTCOME] if FIRST_OUTCOME <= code < UNCERTAIN else None


def live_rules(programme: Programme, level: Level, today: date) -> list[LiveRule]:
    """The rules of one level with the outcomes that can still hold on that day."""
    return [
        LiveRule(index, rule, tuple(_live(programme, rule.outcomes, today)))
        for index, rule in enumerate(programme.rules(level))
    ]


def _live(programme: Programme, outcomes: Sequence[Case], today: date) -> Sequence[Case]:
    live = []
    for outcome in outcomes:
        last_day = outcome.jusqu_au
        if outcome.verdict == "a_completer" and last_day is None:
            last_day = programme.file.completer_jusqu_au
            if last_day is not None and today > last_day:
                # Ours to read, so never a rejection: a person looks at it.
                live.append(replace_verdict(outcome, "a_verifier"))
                continue
        if last_day is None or today <= last_day:
            live.append(outcome.model_copy(update={"jusqu_au": last_day}))
    return live


def replace_verdict(outcome: Case, verdict: str) -> Case:
    """The same outcome with another verdict and no last day."""
    return outcome.model_copy(update={"verdict": verdict, "jusqu_au": None})


def verdicts(level: Level) -> tuple[str, ...]:
    """The verdicts of a level, weakest first."""
    return DOSSIER_VERDICTS if level == "dossier" else ACTION_VERDICTS


def answers(programme: Programme, rules: Sequence[LiveRule]) -> list[str]:
    """Per rule the columns ``reponse_i`` (true, false, unknown) and ``quand_i_k`` of its outcomes."""
    columns = []
    for live in rules:
        rule = live.rule
        condition = programme.expression(rule.niveau, rule.condition).sql
        if rule.si is not None:
            condition = f"(NOT {programme.expression(rule.niveau, rule.si).sql}) OR {condition}"
        columns.append(f"({condition}) AS reponse_{live.index}")
        columns += [
            f"{programme.expression(rule.niveau, outcome.quand).sql} AS quand_{live.index}_{k}"
            for k, outcome in enumerate(live.outcomes)
            if outcome.quand is not None
        ]
    return columns


def codes(rules: Sequence[LiveRule]) -> list[str]:
    """Per rule the column ``regle_i``: its code."""
    return [f"CAST({_code(live)} AS UTINYINT) AS {live.column}" for live in rules]


def _code(live: LiveRule) -> str:
    answer = f"reponse_{live.index}"
    branches = f"WHEN {answer} IS NULL THEN {UNKNOWN} WHEN {answer} THEN {SATISFIED}"
    for k, outcome in enumerate(live.outcomes):
        when = f"quand_{live.index}_{k}"
        if outcome.quand is None:
            return f"CASE {branches} ELSE {FIRST_OUTCOME + k} END"
        branches += f" WHEN {when} IS NULL THEN {UNCERTAIN} WHEN {when} THEN {FIRST_OUTCOME + k}"
    return f"CASE {branches} ELSE {UNCERTAIN} END"


def strongest(level: Level, rules: Sequence[LiveRule], doubt: str = "false") -> str:
    """The strongest verdict that the codes of the rules give; ``doubt``: what else leaves a person to look."""
    weakest, *others = verdicts(level)
    giving = {verdict: [doubt] if verdict == "a_verifier" else [] for verdict in others}
    for live in rules:
        for code, verdict in _verdicts_given(level, live).items():
            giving[verdict].append(f"{live.column} = {code}")
    branches = [f"WHEN {' OR '.join(holds)} THEN '{verdict}'" for verdict, holds in reversed(giving.items()) if holds]
    return f"CASE {' '.join(branches)} ELSE '{weakest}' END"


def _verdicts_given(level: Level, live: LiveRule) -> dict[int, str]:
    """Code of a rule → the verdict it gives, where that is more than the weakest. An effect on the aid gives none."""
    given = {
        FIRST_OUTCOME + k: outcome.verdict
        for k, outcome in enumerate(live.outcomes)
        if outcome.verdict in verdicts(level)
    }
    if not live.outcomes or live.outcomes[-1].verdict in verdicts(level):
        given[UNKNOWN] = "a_verifier"
        if not live.outcomes or any(outcome.quand is not None for outcome in live.outcomes):
            given[UNCERTAIN] = "a_verifier"
    return given


def last_day(rules: Sequence[LiveRule]) -> str:
    """The earliest day on which what may still arrive is due."""
    days = [
        f"CASE WHEN {live.column} = {FIRST_OUTCOME + k} THEN DATE '{outcome.jusqu_au:%Y-%m-%d}' END"
        for live in rules
        for k, outcome in enumerate(live.outcomes)
        if outcome.verdict == "a_completer" and outcome.jusqu_au is not None
    ]
    return f"least(NULL::DATE, {', '.join(days)})" if days else "NULL::DATE"


def criterion_names(programme: Programme, level: Level) -> list[str]:
    """The columns ``critere_i`` of one level; i counts all the criteria of the programme."""
    return [f"critere_{i}" for i, criterion in enumerate(programme.file.critere) if criterion.niveau == level]


def criteria(programme: Programme, level: Level) -> list[str]:
    """The value of each criterion of one level, brought into 0..1; unknown when its data is."""
    columns = []
    for i, criterion in enumerate(programme.file.critere):
        if criterion.niveau == level:
            value = f"CAST({programme.expression(level, criterion.valeur).sql} AS DOUBLE)"
            clamped = f"CASE WHEN {value} < 0 THEN 0 WHEN {value} > 1 THEN 1 ELSE {value} END"
            columns.append(f"CAST({clamped} AS DECIMAL(12, 10)) AS critere_{i}")
    return columns


def assiette(programme: Programme) -> str:
    """The eligible cost of a line, whole cents; unknown when what decides or adds up is."""
    *conditional, otherwise = programme.file.aide.assiette
    branches = "".join(
        f" WHEN {_si(programme, amount)} IS NULL THEN NULL WHEN {_si(programme, amount)} THEN {_montant(programme, amount)}"
        for amount in conditional
    )
    chosen = f"CASE{branches} ELSE {_montant(programme, otherwise)} END" if branches else _montant(programme, otherwise)
    return _cents(chosen)


def aid(programme: Programme) -> str:
    """The smallest of the ceilings; one that holds and is unknown makes the aid unknown."""
    return _smallest(programme, programme.file.aide.plafond)


def aid_whatever_the_rate(programme: Programme) -> str:
    """The smallest of the ceilings that the common rate does not govern; unknown when the programme names no such rate."""
    rate = programme.file.rate_ceiling
    if rate is None:
        return "CAST(NULL AS DECIMAL(14, 2))"
    return _smallest(programme, [ceiling for ceiling in programme.file.aide.plafond if ceiling is not rate])


def supplement(programme: Programme) -> str:
    """Whether the programme's supplement may go to a line; false when it has none or when it is not known."""
    own = programme.file.supplement
    return f"coalesce({programme.expression('action', own.condition).sql}, false)" if own else "false"


def _smallest(programme: Programme, amounts: Sequence[Amount]) -> str:
    doubts, ceilings = [], []
    for ceiling in amounts:
        amount = _montant(programme, ceiling)
        if ceiling.si is None:
            doubts.append(f"{amount} IS NULL")
            ceilings.append(_cents(amount))
        else:
            holds = _si(programme, ceiling)
            doubts.append(f"({holds} IS NULL OR ({holds} AND {amount} IS NULL))")
            ceilings.append(f"CASE WHEN {holds} THEN {_cents(amount)} END")
    unknown = " OR ".join(["assiette IS NULL", *doubts])
    return f"CASE WHEN {unknown} THEN NULL ELSE least({', '.join(ceilings) or 'assiette'}) END"


def _si(programme: Programme, amount: Amount) -> str:
    assert amount.si is not None
    return programme.expression("action", amount.si).sql


def _montant(programme: Programme, amount: Amount) -> str:
    return programme.expression("action", amount.montant).sql


def _cents(amount: str) -> str:
    # « at most 50 % »: a fraction of a cent is never rounded up; nothing is negative.
    return f"CAST(CASE WHEN {amount} < 0 THEN 0 ELSE floor({amount} * 100) * 0.01 END AS DECIMAL(14, 2))"
