"""suivre, conventionner, verser and the other acts of the follow-up: each answers with where the dossier then stands."""

from argparse import Namespace
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from clact_model import formats, tracking
from clact_model.cli import as_json, context, tracking_json
from clact_model.errors import UsageError
from clact_model.ledger import POSTES
from clact_model.programme import Programme
from clact_model.store import Base
from clact_model.tracking import Act
from clact_model.tracking.situation import Situation, situations, total

Answer = tuple[int, str]


def suivre(arguments: Namespace) -> Answer:
    """Where each grant stands on a day; with a number, its lines too."""
    chosen = context.programme(arguments)
    day = context.looked_at(arguments, chosen)
    with context.opened(arguments) as base:
        return 0, _answer(arguments, base, chosen, day, arguments.numero)


def conventionner(arguments: Namespace) -> Answer:
    """A convention signed."""
    return _done(
        arguments,
        lambda day: tracking.Sign(
            arguments.numero, day, arguments.reference, arguments.forme, arguments.indicateurs or ""
        ),
    )


def demarrer(arguments: Namespace) -> Answer:
    """An action seen to have started."""
    return _done(arguments, lambda day: tracking.Start(arguments.numero, day, arguments.action))


def verser(arguments: Namespace) -> Answer:
    """Money paid."""
    return _done(
        arguments,
        lambda day: tracking.Pay(
            arguments.numero,
            context.amount(arguments.montant, "MONTANT"),
            day,
            arguments.reference or "",
            arguments.tranche,
            arguments.poste,
            arguments.motif or "",
        ),
    )


def recevoir(arguments: Namespace) -> Answer:
    """A report received."""
    year = None if arguments.bilan == tracking.FINAL else _year(arguments.bilan)
    return _done(arguments, lambda day: tracking.ReceiveReport(arguments.numero, year, day))


def justifier(arguments: Namespace) -> Answer:
    """An expense presented; negative: a credit note."""
    amount = context.amount(arguments.montant, "--montant")
    presented = tracking.Present if amount > 0 else tracking.CreditNote
    return _done(
        arguments,
        lambda day: presented(
            arguments.numero,
            amount,
            day,
            arguments.facture,
            arguments.action,
            arguments.tranche,
            arguments.poste,
        ),
    )


def admettre(arguments: Namespace) -> Answer:
    """An expense admitted."""
    return _done(
        arguments,
        lambda day: tracking.Admit(
            arguments.numero, arguments.mouvement, day, _amount(arguments), arguments.motif or ""
        ),
    )


def rejeter(arguments: Namespace) -> Answer:
    """An expense rejected."""
    return _done(
        arguments,
        lambda day: tracking.Reject(arguments.numero, arguments.mouvement, day, _amount(arguments), arguments.motif),
    )


def reporter(arguments: Namespace) -> Answer:
    """A later last day granted."""
    until = context.day(arguments.au, "--au")
    return _done(
        arguments,
        lambda day: tracking.CarryOver(
            arguments.numero, day, until, arguments.motif, arguments.action, arguments.tranche
        ),
    )


def annuler_action(arguments: Namespace) -> Answer:
    """An action cancelled, or all of them."""
    return _done(
        arguments,
        lambda day: tracking.Cancel(arguments.numero, day, arguments.motif, arguments.action, arguments.poste),
    )


def liberer(arguments: Namespace) -> Answer:
    """Money that will not be paid."""
    return _done(
        arguments,
        lambda day: tracking.Free(arguments.numero, day, arguments.motif, _amount(arguments), arguments.poste),
    )


def reclamer(arguments: Namespace) -> Answer:
    """Money paid that is to come back."""
    return _done(
        arguments,
        lambda day: tracking.Claim(arguments.numero, day, arguments.motif, _amount(arguments), arguments.poste),
    )


def recouvrer(arguments: Namespace) -> Answer:
    """Money that came back."""
    return _done(
        arguments,
        lambda day: tracking.Recover(
            arguments.numero, day, arguments.mode, arguments.reference, _amount(arguments), arguments.poste
        ),
    )


def contrepasser(arguments: Namespace) -> Answer:
    """A line of the ledger taken back by another."""
    return _done(
        arguments,
        lambda day: tracking.Reverse(arguments.numero, arguments.mouvement, day, arguments.motif),
    )


def _done(arguments: Namespace, act: Callable[[date], Act]) -> Answer:
    """Write one act of the day of ``--le``, else today; the dossier as it then stands, lines to come too."""
    chosen = context.programme(arguments)
    today = context.today(chosen)
    day = context.day_or(arguments.le, "--le", today)
    with context.opened(arguments) as base:
        tracking.record(base, chosen, today, [act(day)], operation=arguments.operation)
        return 0, _answer(arguments, base, chosen, max(day, today), arguments.numero)


def _answer(arguments: Namespace, base: Base, chosen: Programme, day: date, numero: str | None) -> str:
    some = situations(base.cursor(), chosen, day, None if numero is None else [numero])
    if numero is not None and not some:
        raise UsageError(
            f"Dossier {numero} : rien à suivre au {formats.day(day)}. Vérifiez le numéro, ou notifiez d'abord la décision."
        )
    if arguments.json:
        return as_json.text(tracking_json.followed(day, some, detailed=numero is not None))
    return _in_words(day, some, detailed=numero is not None)


def _in_words(day: date, some: list[Situation], *, detailed: bool) -> str:
    if not some:
        return f"Au {formats.day(day)} : aucune subvention notifiée, rien à suivre."
    whole = total(some)
    head = (
        f"Au {formats.day(day)} : accordé {formats.euros(whole.accorde)} = consommé {formats.euros(whole.consomme)} + à récupérer "
        f"{formats.euros(whole.a_recuperer)} + récupéré {formats.euros(whole.recupere)} + libéré {formats.euros(whole.libere)} + "
        f"reste {formats.euros(whole.reste)} ; versé {formats.euros(whole.paye)}."
    )
    lines = [
        f"{one.numero:16} {POSTES[one.poste]:11} accordé {formats.euros(one.balance.accorde):>15}  versé "
        f"{formats.euros(one.balance.paye):>15}  consommé {formats.euros(one.balance.consomme):>15}  reste "
        f"{formats.euros(one.balance.reste):>15}"
        for one in some
    ]
    told = [
        f"  {m.id:>6}  {formats.day(m.jour)}  {m.words:28} {formats.euros(m.montant) if m.montant is not None else '':>15}  "
        f"{m.reference or ''}  {m.motif or ''}".rstrip()
        for one in some
        for m in one.mouvements
        if detailed
    ]
    return "\n".join([head, *lines, *told])


def _amount(arguments: Namespace) -> Decimal | None:
    return None if arguments.montant is None else context.amount(arguments.montant, "--montant")


def _year(text: str) -> int:
    if not text.isdecimal() or len(text) != 4:
        raise UsageError(f"--bilan : « {text} » n'est ni une année, ni « {tracking.FINAL} ».")
    return int(text)
