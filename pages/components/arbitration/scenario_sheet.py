"""One saved scenario: its figures, its notes, what it stands on."""

from collections.abc import Sequence

import streamlit as st

from clact_model import comparison, formats, scenario
from clact_model.comparison import Figures, Side
from clact_model.eligibility.words import in_words
from clact_model.programme import Programme
from clact_model.scenario import Note, Scenario
from pages.components import base, metrics, text
from pages.components.arbitration import envelope_answer, scenario_acts, scenario_list, selection_lists
from pages.components.metrics import Figure


def show(programme: Programme, nom: str) -> None:
    """The scenario whole. Raises ScenarioNameError, ScenarioDamagedError."""
    saved = scenario_list.loaded(programme, nom)
    _head(programme, saved)
    figures(comparison.figures(Side.of(saved)), programme)
    envelope_answer.bar(saved.result)
    scenario_acts.bar(programme, saved)
    _notes(programme, scenario.notes_of(base.cursor(), programme, saved.nom), saved)
    selection_lists.context(programme, selection_lists.Chosen(saved.result, saved.basis, saved))


def figures(found: Figures, programme: Programme) -> None:
    """The headline figures of a scenario."""
    metrics.grid(
        [
            Figure("Accordé", formats.euros(found.accorde), "Somme de ce que reçoivent les demandes financées."),
            Figure("Reste", formats.euros(found.reste), "Enveloppe moins la réserve et moins ce qui est accordé."),
            Figure("Dossiers financés", formats.number(found.dossiers_finances), "Ceux qui reçoivent quelque chose."),
            Figure(
                "Établissements",
                formats.number(found.etablissements),
                "Distincts, par leur numéro FINESS ou SIRET" + _unknown(found.etablissements_inconnus, "dossier"),
            ),
            Figure(
                "Agents concernés",
                formats.number(found.agents),
                "Par ce qui est financé, autant que connu" + _unknown(found.agents_inconnus, "demande"),
            ),
            Figure(
                "Coût par agent",
                formats.euros(found.cout_par_agent),
                "Accordé aux demandes dont le nombre d'agents est connu, divisé par ces agents.",
            ),
            Figure(
                "Premières demandes",
                formats.number(found.primo.dossiers)
                if found.primo.dossiers or found.deja.dossiers
                else formats.UNKNOWN,
                f"Dossiers financés sans CLACT antérieur, pour {formats.euros(found.primo.accorde)}"
                + _unknown(found.anterieur_inconnu.dossiers, "dossier"),
            ),
            Figure(
                "Score total", formats.number(round(found.score_total, 1)), "Somme des scores de ce qui est financé."
            ),
        ],
        columns=4,
    )


def _unknown(count: int, what: str) -> str:
    return f" ; inconnu pour {formats.plural(count, what)}." if count else "."


def _head(programme: Programme, saved: Scenario) -> None:
    when = formats.moment(saved.quand.astimezone(programme.file.zone))
    st.caption(
        f"Enregistré le {when} par {text.plain(saved.auteur)} · jugé au {formats.day(saved.basis.aujourdhui)} · "
        f"{scenario_list.strategy(saved.settings.strategie)}, {scenario_list.unit(programme, saved.settings.unite).lower()} · "
        "ses chiffres sont ceux de ce jour-là, quoi que disent les dossiers depuis."
    )
    if saved.verrou:
        locked = formats.moment(saved.verrou.quand.astimezone(programme.file.zone))
        st.info(
            f"**Verrouillé** par {text.plain(saved.verrou.auteur)} le {locked} : {text.plain(saved.verrou.motif)}. "
            "Il ne peut être ni remplacé, ni renommé, ni supprimé.",
            icon=":material/lock:",
        )
    if saved.basis.parametres:
        st.caption(f":material/tune: Paramètres changés : {text.plain(_parameters(programme, saved))}")


def _parameters(programme: Programme, saved: Scenario) -> str:
    """Each with its name and value as the call writes them; as it was kept, one that the call no longer has."""
    known = programme.file.parametres
    return " ; ".join(
        f"{known[name].libelle} : {in_words(value, known[name].type)}" if name in known else f"{name} = {value}"
        for name, value in saved.basis.parameters(programme).items()
    )


def _notes(programme: Programme, found: Sequence[Note], saved: Scenario) -> None:
    st.subheader("Notes", help="Datées et signées ; aucune ne se modifie ni ne se perd.", anchor=False)
    for note in found:
        with st.container(border=True, gap=None):
            st.markdown(text.plain(note.texte))
            when = formats.moment(note.quand.astimezone(programme.file.zone))
            st.caption(f"{text.plain(note.auteur)}, le {when}")
    scenario_acts.note(programme, saved)
