"""What changed since a moment that the reader chooses, kept in the address: each change with its cause and its dossier."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import streamlit as st

from clact_model import changes, formats, overview
from clact_model.changes import Since
from clact_model.programme import Programme
from pages.components import base, links, metrics, text, verdicts
from pages.components.metrics import Figure

CHOSEN_DAY, DAY = "Une date", "depuis_le"
SHOWN = 20
"""Changes of one kind at a time."""


def _last_import(programme: Programme) -> datetime | None:
    found = next((one for one in overview.imports(base.cursor(), programme) if not one.undone), None)
    # Just before it: what it brought is what is looked for.
    return found and found.quand - timedelta(microseconds=1)


def _days_ago(days: int) -> Callable[[Programme], datetime]:
    def start(programme: Programme) -> datetime:
        return _start_of(datetime.now(programme.file.zone).date() - timedelta(days), programme)

    return start


def _chosen_day(programme: Programme) -> datetime | None:
    today = datetime.now(programme.file.zone).date()
    if DAY not in st.session_state and DAY not in st.query_params:
        # Not as the widget's default, which Streamlit leaves out of the address: a bookmark must name its day.
        st.session_state[DAY] = today - timedelta(30)
        st.query_params[DAY] = st.session_state[DAY].isoformat()
    day = st.date_input(
        "Depuis le",
        max_value=today,
        format="DD/MM/YYYY",
        key=DAY,
        bind="query-params",
        width=220,
        help="Depuis le début de ce jour, à l'heure de l'appel.",
    )
    return _start_of(day, programme) if isinstance(day, date) else None


def _start_of(day: date, programme: Programme) -> datetime:
    return datetime.combine(day, time(), programme.file.zone)


MOMENTS: Mapping[str, Callable[[Programme], datetime | None]] = {
    "Hier": _days_ago(1),
    "Une semaine": _days_ago(7),
    "Le dernier import": _last_import,
    CHOSEN_DAY: _chosen_day,
}
"""What the reader chooses → the moment; None when it is not known yet."""


def show(programme: Programme) -> None:
    """The choice of the moment, then what changed since."""
    st.subheader(
        "Ce qui a changé depuis",
        help="Dossiers arrivés ou partis, pièces arrivées, verdicts qui ont tourné et pourquoi. Les dossiers d'alors sont "
        "jugés avec le texte de l'appel tel qu'il est aujourd'hui.",
    )
    chosen = st.segmented_control(
        "Depuis",
        list(MOMENTS),
        default=None,
        key="depuis",
        bind="query-params",
        label_visibility="collapsed",
    )
    if chosen is None:
        st.caption("Choisissez depuis quand.")
        return
    moment = MOMENTS[chosen](programme)
    if moment is None:
        st.caption("Choisissez un jour." if chosen == CHOSEN_DAY else "Aucun import n'est dans la base.")
        return
    _changes(programme, moment, _since(*_asked(programme, moment)))


def _asked(programme: Programme, moment: datetime) -> tuple[Path, int, str, str, datetime, date, date]:
    today = base.today()
    # Where the day judged is imposed, that of the moment lies as many days before it.
    then = today - (datetime.now(programme.file.zone).date() - moment.date())
    return base.path(), base.opened().writes(), programme.id, programme.fingerprint, moment, then, today


@st.cache_data(show_spinner="Comparaison avec les dossiers d'alors…", max_entries=16)
def _since(
    path: Path, writes: int, programme: str, fingerprint: str, moment: datetime, then: date, today: date
) -> Since:
    return changes.since(base.opened(), base.catalogue().programmes[programme], moment, then, today)


def _changes(programme: Programme, moment: datetime, found: Since) -> None:
    st.caption(f"Depuis le {formats.moment(moment)}.")
    if not found.known:
        st.info(
            "Des imports faits depuis par une version précédente de l'outil n'ont pas gardé ce qu'ils remplaçaient : "
            "ce qu'ils ont changé n'apparaît pas ici.",
            icon=":material/history_toggle_off:",
        )
    if not found:
        st.success("Rien n'a changé depuis.", icon=":material/task_alt:")
        return
    lists = {
        "Verdicts changés": ("Du dossier ou de l'une de ses demandes.", _turned(programme, found)),
        "Pièces arrivées": ("Manquantes alors, jointes ou reçues depuis.", _arrived(programme, found)),
        "Dossiers partis": ("Archivés, classés sans suite, ou retirés avec un import annulé.", _went(found)),
        "Dossiers arrivés": ("Absents de la base alors, présents maintenant.", _came(found)),
    }
    metrics.row([Figure(title, formats.number(len(lines)), sense) for title, (sense, lines) in lists.items()])
    for title, (_, lines) in lists.items():
        _folded(title, lines)


@dataclass(frozen=True, slots=True)
class _Line:
    """One change. ``told``: what it is; ``why``: one line a reason; both ready for markdown."""

    numero: str
    raison_sociale: str | None
    told: str
    why: Sequence[str] = ()
    there: bool = True
    """The base holds the dossier: its fiche can be opened."""


def _folded(title: str, lines: Sequence[_Line]) -> None:
    if not lines:
        return
    with st.expander(f"{title} ({formats.number(len(lines))})", expanded=title == "Verdicts changés"):
        pages = -(-len(lines) // SHOWN)
        number = st.pagination(pages, key=f"depuis_{title}") if pages > 1 else 1
        for line in lines[(number - 1) * SHOWN : number * SHOWN]:
            who, what, why = st.columns([4, 3, 5], vertical_alignment="center")
            with who.container(gap=None):
                links.to_fiche(line.numero, text.plain(line.numero), disabled=not line.there)
                st.caption(text.plain(line.raison_sociale))
            what.markdown(line.told)
            why.markdown("  \n".join(line.why))


def _place(programme: Programme, ligne: int | None) -> str:
    return "" if ligne is None else f"{programme.line_word.capitalize()} {ligne} : "


def _signed(said: str, auteur: str | None, quand: datetime | None) -> str:
    signature = ", ".join(
        part for part in (text.plain(auteur) if auteur else "", quand and formats.moment(quand)) if part
    )
    return f"{said} :gray[({signature})]" if said and signature else said or signature


def _whole(verdict: str) -> str:
    # Its shape stays beside its word.
    return verdicts.written(verdict).replace(" ", "\u00a0")


def _turned(programme: Programme, found: Since) -> list[_Line]:
    return [
        _Line(
            turn.numero,
            turn.raison_sociale,
            f"{_place(programme, turn.ligne)}{_whole(turn.avant)} → **{_whole(turn.apres)}**",
            [_signed(text.plain(cause.phrase), cause.auteur, cause.quand) for cause in turn.causes],
        )
        for turn in found.turned
    ]


def _arrived(programme: Programme, found: Since) -> list[_Line]:
    return [
        _Line(
            arrival.numero,
            arrival.raison_sociale,
            f"{_place(programme, arrival.ligne)}{text.plain(arrival.libelle)}",
            [_signed("", arrival.auteur, arrival.quand)],
        )
        for arrival in found.arrived
    ]


def _went(found: Since) -> list[_Line]:
    return [
        _Line(
            gone.numero,
            gone.raison_sociale,
            "Archivé ou classé sans suite" if gone.present else "Retiré : son import a été annulé",
            there=gone.present,
        )
        for gone in found.went
    ]


def _came(found: Since) -> list[_Line]:
    return [_Line(new.numero, new.raison_sociale, verdicts.written(new.verdict)) for new in found.came]
