"""All that is due of an account, by the text of its call: what, when, done or late, and the words behind it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clact_model.ledger import ZERO
from clact_model.programme import Programme
from clact_model.programme.control import Deadline
from clact_model.tracking.deadlines import Days, last_day, yearly
from clact_model.tracking.followed import ActionDays, Followed
from clact_model.tracking.instalments import Instalment
from clact_model.tracking.obligation import Kind, Obligation
from clact_model.tracking.reporting import FINAL


def obligations(programme: Programme, followed: Followed) -> list[Obligation]:
    """What is due of an account as of its day, in the order in which a grant is followed; nothing before its notification.

    The establishment owes its starts, reports and evaluation once, for the aid: a supplement only has its own money.
    """
    if followed.situation.notifie_le is None:
        return []
    account = _Account(programme, followed)
    makers: Sequence[Callable[[_Account], Iterable[Obligation]]] = (
        (_convention, _payments, _starts, _reports, _ends, _consumption, _evaluation, _recovery)
        if followed.situation.poste == "aide"
        else (_convention, _payments, _consumption, _recovery)
    )
    return [found for make in makers for found in make(account)]


@dataclass(frozen=True)
class _Account:
    programme: Programme
    followed: Followed

    def due(self, nature: Kind, libelle: str, founded: Any = None, **more: Any) -> Obligation:
        """An obligation of this account, on the words of a part of the file."""
        situation = self.followed.situation
        return Obligation(
            jour=self.followed.jour,
            numero=situation.numero,
            poste=situation.poste,
            raison_sociale=situation.raison_sociale,
            nature=nature,
            libelle=libelle,
            citation=founded.citation if founded else (),
            interpretation=founded.interpretation if founded else None,
            **more,
        )

    def days(self, action: ActionDays | None = None) -> Days:
        """The days from which this account's deadlines are counted; with an action, its own."""
        started = self.started_on(action) if action else None
        return Days(
            accord=self.followed.situation.notifie_le,
            convention=self.followed.signed_on,
            debut=started or (action.date_debut if action else None),
            fin=action.date_fin if action else self.followed.end,
        )

    def started_on(self, action: ActionDays) -> date | None:
        """The day on which the action was seen to have started: said by a person, or shown by its first expense."""
        said = [m.jour for m in self.followed.of("demarrage") if m.ligne in (None, action.ligne)]
        spent = [m.jour for m in self.followed.of("depense") if m.ligne == action.ligne]
        return min([*said, *spent], default=None)

    @property
    def over(self) -> date | None:
        """The day since which nothing more is asked: all is consumed, freed or recovered."""
        return self.followed.settled_on if self.followed.situation.closed else None


def _convention(account: _Account) -> Iterator[Obligation]:
    followed = account.followed
    if followed.situation.balance.accorde == followed.situation.balance.libere:
        return
    step = next((step for step in account.programme.file.calendrier if step.nature == "convention"), None)
    due = step and (step.fin or step.debut)
    yield account.due(
        "convention",
        "Convention ou avenant à signer",
        step,
        echeance=due,
        des=bool(step and step.fin is None),
        fait_le=followed.signed_on,
        montant=followed.situation.balance.accorde - followed.situation.balance.libere,
    )


def _payments(account: _Account) -> Iterator[Obligation]:
    for one in account.followed.situation.tranches:
        if one.montant <= 0:
            continue
        limit = _limit(account.followed, one)
        yield account.due(
            "versement",
            one.libelle,
            account.programme.file.paiement,
            tranche=one.tranche,
            ligne=one.ligne,
            annee=one.annee,
            montant=one.montant,
            echeance=limit or one.echeance,
            # The text names the year on which it is paid, or what it waits for; it gives no other last day.
            des=limit is None and one.condition in ("signature", "bilan") and not one.avant,
            avant=one.avant,
            attend=one.attend,
            fait_le=_paid_on(account.followed, one),
        )


def _limit(followed: Followed, one: Instalment) -> date | None:
    """The last day for paying what was proven: that of the first expense admitted and not paid."""
    if one.condition != "justificatif":
        return None
    paid, admitted = followed.situation.balance.paye, ZERO
    for movement in followed.of("admission"):
        admitted += movement.montant or ZERO
        if admitted > paid:
            return movement.echeance
    return None


def _paid_on(followed: Followed, one: Instalment) -> date | None:
    days = [m.jour for m in followed.of("versement") if m.tranche == one.tranche]
    return max(days, default=None) if one.reste <= 0 else None


def _starts(account: _Account) -> Iterator[Obligation]:
    deadline = account.programme.file.controle.deadline("demarrage")
    for action in account.followed.running if deadline else ():
        started = account.started_on(action)
        if deadline and (started or not account.over):
            due = last_day(account.programme, deadline, account.days(action))
            yield _of_action(account, deadline, action, echeance=due, fait_le=started)


def _ends(account: _Account) -> Iterator[Obligation]:
    deadline = account.programme.file.controle.deadline("duree")
    over = account.followed.report_received(FINAL) or account.over
    for action in account.followed.running if deadline else ():
        if deadline:
            base = last_day(account.programme, deadline, account.days(action))
            yield _of_action(
                account, deadline, action, **_moved(base, account.followed.carried_over(action.ligne)), fait_le=over
            )


def _of_action(account: _Account, deadline: Deadline, action: ActionDays, **more: Any) -> Obligation:
    kind: Kind = "demarrage" if deadline.nature == "demarrage" else "duree"
    return account.due(kind, deadline.libelle, deadline, ligne=action.ligne, intitule=action.intitule, **more)


def _moved(base: date | None, granted: Sequence[date]) -> dict[str, Any]:
    """The last day after carry-overs, and those that they moved. A carry-over that leads no later moves nothing."""
    days = [] if base is None else [base]
    for day in granted:
        if not days or day > days[-1]:
            days.append(day)
    return {"echeance": days[-1] if days else None, "avant": tuple(days[:-1])}


def _reports(account: _Account) -> Iterator[Obligation]:
    deadline = account.programme.file.controle.deadline("bilan")
    signed = account.followed.signed_on
    if deadline is None or signed is None or deadline.chaque_annee is None:
        return
    until = _last_consumption(account)["echeance"] or account.followed.end or account.followed.jour
    awaited = [one.annee for one in account.followed.situation.tranches if one.condition == "bilan" and one.annee]
    days = dict(yearly(deadline, signed, until)) | {year: deadline.chaque_annee.of(year + 1) for year in awaited}
    for year, due in sorted(days.items()):
        received = account.followed.report_received(str(year))
        if received or (account.followed.running and not account.over):
            yield account.due(
                "bilan", f"{deadline.libelle}, {year}", deadline, annee=year, echeance=due, fait_le=received
            )


def _consumption(account: _Account) -> Iterator[Obligation]:
    deadline = account.programme.file.controle.deadline("consommation")
    if deadline is not None:
        balance = account.followed.situation.balance
        yield account.due(
            "consommation",
            deadline.libelle,
            deadline,
            **_last_consumption(account),
            fait_le=account.followed.settled_on,
            montant=balance.reste,
        )


def _last_consumption(account: _Account) -> dict[str, Any]:
    deadline = account.programme.file.controle.deadline("consommation")
    base = last_day(account.programme, deadline, account.days()) if deadline else None
    return _moved(base, account.followed.carried_over())


def _evaluation(account: _Account) -> Iterator[Obligation]:
    deadline = account.programme.file.controle.deadline("evaluation")
    received = account.followed.report_received(FINAL)
    if deadline and (received or account.followed.running):
        due = last_day(account.programme, deadline, account.days())
        yield account.due("evaluation", deadline.libelle, deadline, echeance=due, fait_le=received)


def _recovery(account: _Account) -> Iterator[Obligation]:
    balance = account.followed.situation.balance
    claimed, recovered = account.followed.of("a_recuperer"), account.followed.of("recouvrement")
    if balance.a_recuperer + balance.recupere:
        recovery = account.programme.file.controle.recuperation
        yield account.due(
            "recuperation",
            recovery.libelle if recovery else "Somme à récupérer",
            recovery,
            montant=balance.a_recuperer or balance.recupere,
            echeance=min(m.jour for m in claimed),
            des=True,
            fait_le=None if balance.a_recuperer else max(m.jour for m in recovered),
        )
