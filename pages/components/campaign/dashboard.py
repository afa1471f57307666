"""The parts of the dashboard: figures, envelope, calendar, what awaits someone, splits."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from clact_model import formats, overview
from clact_model.overview import Count, LineCount, Overview, Task
from clact_model.programme import Programme
from pages.components import base, charts, departement_map, links, messages, metrics, tables, verdicts
from pages.components import envelope_bar as bar_of_parts
from pages.components.arbitration import decision_state
from pages.components.metrics import Figure
from pages.components.tables import Column

NO_ENVELOPE = (
    "Le texte de l'appel ne donne pas d'enveloppe : fixez-la sur la page Enveloppe et enregistrez un scénario."
)


def figures(programme: Programme, found: Overview) -> None:
    """The headline figures of the call. The envelope: the committee's once there is one, else the one stated."""
    held = decision_state.held(programme)
    enveloppe = held.committee.enveloppe if held else base.envelope()
    pressure = overview.pressure(found.demande, enveloppe)
    share = overview.share(found.recevables, found.dossiers)
    rejected = sum(count.dossiers for count in found.verdicts if count.code == "irrecevable")
    if enveloppe == programme.file.enveloppe:
        origin = "selon l'appel" if enveloppe is not None else "non indiquée"
    else:
        origin = "fixée par le comité" if held else "inventée (démonstration)"
    metrics.row(
        [
            Figure(
                "Dossiers reçus",
                formats.number(found.dossiers),
                "Dossiers de l'appel présents dans la base.",
                f"dont {formats.plural(rejected, 'irrecevable')}",
            ),
            Figure(
                "Recevables",
                formats.number(found.recevables),
                "Dossiers qui satisfont toutes les règles de l'appel, ou déclarés recevables par dérogation.",
                f"{formats.share(share)} des reçus",
            ),
            Figure(
                "Demandé (€)",
                formats.whole_euros(found.demande),
                "Somme des montants demandés à l'agence, tous dossiers reçus ; un montant inconnu n'y est pas.",
                f"{formats.whole_euros(found.demande_recevable)} recevables",
            ),
            Figure(
                "Enveloppe (€)",
                formats.whole_euros(enveloppe),
                "Somme que l'appel peut accorder." if enveloppe is not None else NO_ENVELOPE,
                origin,
            ),
            Figure(
                "Pression",
                formats.number(pressure),
                "Demandé divisé par l'enveloppe : à 2, chaque euro est demandé deux fois."
                if enveloppe is not None
                else NO_ENVELOPE,
                "fois l'enveloppe" if pressure is not None else "sans enveloppe",
            ),
        ]
    )


def envelope_bar(programme: Programme) -> None:
    """The envelope and its parts, as the scenario saved last fills it."""
    st.subheader(
        "L'enveloppe",
        help="Ses parts font toujours sa somme : ce qui est décidé, ce qui n'est que proposé, la réserve et le reste.",
    )
    with messages.refusals():
        found = overview.envelope(base.cursor(), programme, base.envelope(), base.today())
        if found is None:
            st.info(NO_ENVELOPE, icon=":material/account_balance_wallet:")
            return
        bar_of_parts.show(found.parts, found.total)
        if found.adopted:
            origin = f"le scénario « {found.scenario} »" if found.scenario else "une simulation non enregistrée"
            st.text(f"D'après la sélection en cours, adoptée depuis {origin}.")
        elif found.scenario is None:
            st.caption("Aucun scénario n'est enregistré : rien n'est encore proposé.")
        else:
            st.text(f"D'après le dernier scénario enregistré : « {found.scenario} ».")


def calendar(programme: Programme) -> None:
    """The calendar of the call, with the day judged on it."""
    st.subheader(
        "Le calendrier de l'appel", help="Les dates du texte de l'appel ; le trait pointillé est le jour jugé."
    )
    steps = [(step.etape, step.debut, step.fin) for step in programme.file.calendrier]
    if not steps:
        st.caption("Le programme ne donne pas de calendrier.")
        return
    charts.calendar(steps, base.today(), key="calendrier", alt="Calendrier de l'appel")


def tasks(found: Sequence[Task]) -> None:
    """What awaits someone, each a link to the dossiers concerned."""
    st.subheader("Ce qui attend quelqu'un", help="Chaque ligne ouvre la liste des dossiers concernés.")
    if not found:
        st.success("Rien n'attend : chaque dossier a son verdict.", icon=":material/task_alt:")
    places = st.columns(2)
    for place, task in enumerate(found):
        with places[place % 2], st.container(border=True, gap=None):
            links.to_dossiers(
                f"**{task.libelle} : {formats.number(task.dossiers)}**",
                {"attente": task.code},
                icon=":material/arrow_forward:",
                definition=task.sens,
            )
            last_day = f" · dernier jour : **{formats.long_day(task.jusqu_au)}**" if task.jusqu_au else ""
            st.caption(f"{formats.whole_euros(task.demande)} demandés{last_day}")


def splits(programme: Programme, found: Overview) -> None:
    """The call by group, one view at a time."""
    st.subheader("Répartition", help="Montants demandés et nombre de dossiers, groupe par groupe.")
    views: Mapping[str, Callable[[], None]] = {
        "Verdict": lambda: _counts("Verdict", found.verdicts, "verdict", verdicts.labels(overview.VERDICTS)),
        "Secteur": lambda: _counts("Secteur", found.secteurs, "secteur"),
        "Statut juridique": lambda: _counts("Statut juridique", found.statuts, "statut"),
        "Département": lambda: _departements(programme, found.departements),
        "Axe": lambda: _lines(found.axes, programme.line_words),
    }
    chosen = st.segmented_control(
        "Répartir par",
        list(views),
        default="Verdict",
        required=True,
        key="repartition",
        bind="query-params",
        label_visibility="collapsed",
    )
    views[chosen or "Verdict"]()


def _departements(programme: Programme, counts: Sequence[Count]) -> None:
    departement_map.show(
        {count.code: count.demande for count in counts},
        {count.code: count.dossiers for count in counts},
        programme.file.departements,
        key="carte",
    )
    _counts("Département", counts, "departement")


def _counts(name: str, counts: Sequence[Count], champ: str, labels: Mapping[str, str] | None = None) -> None:
    words = {count.code: (labels or {}).get(count.code, count.libelle) for count in counts}
    chart, table = st.columns([4, 8])
    with chart:
        charts.bars(
            {words[count.code]: count.demande for count in counts},
            category=name,
            measure="Montant demandé (€)",
            kind="montant",
            key=f"graphique_{champ}",
            alt=f"Montant demandé par {name.lower()}",
        )
    columns = [
        Column("groupe", name, pinned=True),
        Column("dossiers", "Dossiers", "entier"),
        Column("recevables", "Recevables", "entier"),
        Column("demande", "Demandé (€)", "montant"),
        Column("part", "Part (%)", "part", help="Part du montant demandé."),
        Column("aide", "Aide maximale (€)", "montant", help="Somme sur les demandes éligibles."),
    ]
    rows = [
        {
            "groupe": words[count.code],
            "dossiers": count.dossiers,
            "recevables": count.recevables,
            "demande": count.demande,
            "part": count.part,
            "aide": count.aide_maximale,
        }
        for count in counts
    ]
    with table:
        tables.show(rows, columns, key=f"table_{champ}", alt=f"Dossiers par {name.lower()}")
        with st.container(horizontal=True, gap="small"):
            for count in counts[:8]:
                links.to_dossiers(words[count.code], {champ: count.code}, icon=":material/filter_alt:")


def _lines(counts: Sequence[LineCount], word: str) -> None:
    chart, table = st.columns([4, 8])
    with chart:
        charts.bars(
            {_short(count.libelle): count.demande for count in counts},
            category="Axe",
            measure="Montant demandé (€)",
            kind="montant",
            key="graphique_axe",
            alt="Montant demandé par axe",
        )
    columns = [
        Column("groupe", "Axe", width=270),
        Column("lignes", word.capitalize(), "entier"),
        Column("eligibles", "Éligibles", "entier"),
        Column("demande", "Demandé (€)", "montant"),
        Column("part", "Part du demandé (%)", "part"),
    ]
    rows = [
        {
            "groupe": count.libelle,
            "lignes": count.lignes,
            "eligibles": count.eligibles,
            "demande": count.demande,
            "part": count.part,
        }
        for count in counts
    ]
    with table:
        tables.show(rows, columns, key="table_axe", alt=f"{word.capitalize()} par axe")


def _short(label: str) -> str:
    # « Axe 1 – Sécurité et santé… » : the number is enough beside a bar, the table beside it has the rest.
    return label.split(" – ")[0] if " – " in label else label
