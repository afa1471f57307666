"""Pairs of dossiers that look like one, side by side with the reason, and what a person says of them."""

from collections.abc import Mapping, Sequence

import streamlit as st

from clact_model import dossiers, duplicates, formats, overview
from clact_model.dossiers import Row
from clact_model.duplicates import Pair
from clact_model.fields import Field
from clact_model.programme import Programme
from pages.components import base, links, messages, tables, text, writes
from pages.components.tables import Column

DECISIONS: Mapping[str, str] = {
    "distincts": "Deux dossiers différents",
    "doublon": "Un doublon",
}
COMPARED = (
    "raison_sociale",
    "finess",
    "finess_juridique",
    "siret",
    "departement",
    "date_depot",
    "etat",
    "effectif_total",
)
"""What of the two dossiers is shown side by side."""


def show(programme: Programme) -> None:
    """The pairs that wait for a person, then those that were settled."""
    found = duplicates.pairs(base.cursor(), programme)
    waiting = [pair for pair in found if pair.settled is None]
    settled = [pair for pair in found if pair.settled is not None]
    if not found:
        st.success("Aucun dossier de ce programme ne ressemble à un autre.", icon=":material/task_alt:")
        return
    st.caption(
        f"{formats.plural(len(waiting), 'paire à trancher', 'paires à trancher')} · "
        f"{formats.plural(len(settled), 'paire tranchée', 'paires tranchées')}. Rien n'est fusionné ni effacé : un doublon "
        "reste dans la base et n'est plus instruit."
    )
    if waiting:
        _waiting(programme, waiting)
    else:
        st.success("Toutes les paires sont tranchées.", icon=":material/task_alt:")
    if settled:
        _settled(programme, settled)


def _waiting(programme: Programme, waiting: Sequence[Pair]) -> None:
    names = {
        row["numero"]: row["raison_sociale"]
        for row in dossiers.read(base.cursor(), programme, [n for pair in waiting for n in (pair.premier, pair.second)])
    }
    rows = [
        {
            "premier": pair.premier,
            "nom_premier": names[pair.premier],
            "second": pair.second,
            "nom_second": names[pair.second],
            "raisons": " ; ".join(pair.raisons),
        }
        for pair in waiting
    ]
    st.subheader("À trancher", help="Cochez une paire pour comparer les deux dossiers et décider.")
    picked = tables.choose(
        rows,
        [
            Column("premier", "Dossier", pinned=True),
            Column("second", "Autre dossier"),
            Column("raisons", "Pourquoi", width=380),
            Column("nom_premier", "Établissement", width="medium"),
            Column("nom_second", "Établissement de l'autre", width="medium"),
        ],
        names=["premier", "second"],
        key="doublons",
        alt="Paires à trancher",
    )
    pair = next((p for p in waiting if picked and (p.premier, p.second) == (picked["premier"], picked["second"])), None)
    if pair is not None:
        _side_by_side(programme, pair)
        _decision(programme, pair)


def _side_by_side(programme: Programme, pair: Pair) -> None:
    first, second = dossiers.read(base.cursor(), programme, [pair.premier, pair.second])
    if first["numero"] != pair.premier:
        first, second = second, first
    st.markdown(f"**{text.plain(pair.premier)} et {text.plain(pair.second)}** : {text.plain(' ; '.join(pair.raisons))}")
    fields = [programme.dictionary.get("dossier", champ) for champ in COMPARED]
    lines = [(field.libelle, _shown(field, first), _shown(field, second)) for field in fields]
    lines.append(("Demandes", _demands(first), _demands(second)))
    st.table(
        {
            "": [f"{'' if one == other else '≠ '}{label}" for label, one, other in lines],
            text.plain(pair.premier): [text.plain(one) for _, one, _ in lines],
            text.plain(pair.second): [text.plain(other) for _, _, other in lines],
        },
        hide_index=True,
        alt=f"Dossiers {pair.premier} et {pair.second} côte à côte",
    )
    with st.container(horizontal=True):
        for numero in (pair.premier, pair.second):
            links.to_fiche(numero, f"Fiche {numero}", icon=":material/description:")


def _shown(field: Field, row: Row) -> str:
    return overview.value_in_words(field, row[field.champ])


def _demands(row: Row) -> str:
    return (
        " ; ".join(
            f"{line['intitule'] or formats.UNKNOWN} ({formats.euros(line['montant_demande'])})"
            for line in row["actions"]
        )
        or "aucune"
    )


def _decision(programme: Programme, pair: Pair) -> None:
    choices = {
        "distincts": "Ce sont deux dossiers différents",
        pair.premier: f"C'est un doublon : garder {pair.premier}, mettre {pair.second} de côté",
        pair.second: f"C'est un doublon : garder {pair.second}, mettre {pair.premier} de côté",
    }
    with st.form(writes.form(f"doublon_{pair.premier}_{pair.second}")):
        chosen = st.radio("Décision", list(choices), format_func=lambda key: text.plain(choices[key]))
        motif = st.text_input("Motif", help="Il sera relu quand on se demandera pourquoi.")
        if st.form_submit_button("Enregistrer la décision", icon=":material/gavel:", type="primary"):
            with messages.refusals():
                _write(programme, pair, chosen, motif)
                writes.done("doublon", f"Dossiers {pair.premier} et {pair.second} : décision enregistrée.")


def _write(programme: Programme, pair: Pair, chosen: str, motif: str) -> None:
    opened, operation = base.opened(), writes.operation("doublon")
    if chosen == "distincts":
        duplicates.settle_distinct(opened, programme, pair.premier, pair.second, motif, operation)
    else:
        aside = pair.second if chosen == pair.premier else pair.premier
        duplicates.settle_double(opened, programme, chosen, aside, motif, operation)


def _settled(programme: Programme, settled: Sequence[Pair]) -> None:
    st.subheader("Déjà tranchées", help="Cochez une paire pour reprendre sa décision.")
    picked = tables.choose(
        [
            {
                "premier": pair.premier,
                "second": pair.second,
                "decision": DECISIONS[pair.settled.decision],
                "ecarte": pair.settled.ecarte,
                "motif": pair.settled.motif,
                "auteur": pair.settled.auteur,
                "quand": pair.settled.quand,
            }
            for pair in settled
            if pair.settled
        ],
        [
            Column("premier", "Dossier", pinned=True),
            Column("second", "Autre dossier"),
            Column("decision", "Décision", width="medium"),
            Column("ecarte", "Mis de côté"),
            Column("motif", "Motif", width="large"),
            Column("auteur", "Par"),
            Column("quand", "Le", "moment", fuseau=programme.fuseau),
        ],
        names=["premier", "second"],
        key="doublons_tranches",
        alt="Paires tranchées",
    )
    if picked is None:
        return
    pair = f"{picked['premier']} et {picked['second']}"
    if st.button(f"Reprendre la décision sur {text.plain(pair)}", icon=":material/undo:", key="rouvrir_doublon"):
        with messages.refusals():
            duplicates.reopen(base.opened(), programme, str(picked["premier"]), str(picked["second"]))
            writes.done("doublon", f"Dossiers {pair} : la décision est reprise.")
