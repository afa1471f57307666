"""The dossiers of a call beside the registers: what they say otherwise, and what can be completed."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from clact_model import formats, overview, references
from clact_model.programme import Programme
from clact_model.references import CERTAINTIES, KINDS, Difference, Proposal
from pages.components import base, links, messages, metrics, tables, text, writes
from pages.components.metrics import Figure
from pages.components.tables import Column

_FORM = "completer"
_FOUND_BY = "Par quoi l'établissement du dossier a été trouvé dans le référentiel."

Found = tuple[list[Difference], list[Proposal]]


# A resource, not data: nothing in it changes, and it is compared again whenever anything is written.
@st.cache_resource(show_spinner="Comparaison avec les référentiels…", max_entries=8)
def _compared(path: str, writes_done: int, identifier: str, fingerprint: str) -> Found:
    programme = base.catalogue().get(identifier)
    return references.check(base.cursor(), programme), references.proposals(base.cursor(), programme)


def compared(programme: Programme) -> Found:
    """The differences of a call, and what can be completed."""
    return _compared(str(base.path()), base.opened().writes(), programme.id, programme.fingerprint)


def summary(found: Found) -> None:
    """How many dossiers say otherwise than the register, and what can be completed."""
    differences, proposed = found[0], _open(found[1])
    metrics.row(
        [
            Figure(
                "Différences", formats.number(len(differences)), "Ce qu'un dossier dit autrement que le référentiel."
            ),
            Figure(
                "Dossiers concernés",
                formats.number(len({one.numero for one in differences})),
                "Dossiers qui ont au moins une différence.",
            ),
            Figure(
                "Champs à compléter",
                formats.number(len(proposed)),
                "Laissés vides par les dossiers, connus du référentiel.",
            ),
            Figure(
                "Dossiers à compléter",
                formats.number(len({one.numero for one in proposed})),
                "Dossiers dont au moins un champ peut être complété.",
            ),
        ]
    )


def differences(programme: Programme, found: Sequence[Difference]) -> None:
    """The differences, dossier by dossier; the one that is picked leads to its fiche."""
    if not found:
        st.success("Aucun dossier ne dit autre chose que le référentiel.", icon=":material/task_alt:")
        return
    shown = _filtered(programme, found)
    rows = [_difference(programme, one) for one in shown]
    columns = [
        Column("numero", "Dossier", pinned=True),
        Column("raison_sociale", "Établissement", width="medium"),
        Column("genre", "Différence", width="medium"),
        Column("dossier", "Dans le dossier"),
        Column("referentiel", "Dans le référentiel"),
        Column("certitude", "Trouvé par", help=_FOUND_BY),
        Column("phrase", "À savoir", width="large"),
    ]
    st.caption(f"{formats.plural(len(rows), 'différence')} ; cochez une ligne pour ouvrir la fiche.")
    picked = tables.choose(
        rows, columns, names=["numero", "genre"], key="differences", alt="Différences avec le référentiel", most=430
    )
    if picked:
        if picked["phrase"]:
            st.markdown(text.plain(picked["phrase"]))
        links.to_fiche(
            picked["numero"], f"Ouvrir la fiche {text.plain(picked['numero'])}", icon=":material/description:"
        )


def _filtered(programme: Programme, found: Sequence[Difference]) -> list[Difference]:
    kinds = {kind: label for kind, label in KINDS.items() if any(one.genre == kind for one in found)}
    labels = {one.champ: _label(programme, one.champ) for one in found}
    left, middle, right = st.columns(3)
    chosen = left.multiselect(
        "Différence", list(kinds), format_func=kinds.__getitem__, placeholder="Toutes", key="differences_genre"
    )
    fields = middle.multiselect(
        "Champ", list(labels), format_func=labels.__getitem__, placeholder="Tous", key="differences_champ"
    )
    sought = right.text_input("Chercher un dossier", placeholder="Numéro ou nom", key="differences_cherche").casefold()
    return [
        one
        for one in found
        if (not chosen or one.genre in chosen)
        and (not fields or one.champ in fields)
        and sought in f"{one.numero} {one.raison_sociale or ''}".casefold()
    ]


def _difference(programme: Programme, one: Difference) -> dict[str, Any]:
    return {
        "numero": one.numero,
        "raison_sociale": one.raison_sociale,
        "genre": f"{_label(programme, one.champ)} : autre valeur" if one.genre == "valeur" else KINDS[one.genre],
        "dossier": _words(programme, one.champ, one.dossier),
        "referentiel": _words(programme, one.champ, one.referentiel),
        "phrase": one.phrase,
        "certitude": CERTAINTIES[one.certitude],
    }


def completion(programme: Programme, proposed: Sequence[Proposal]) -> None:
    """What would be written, field by field; then all of it, or what is picked, on a person's word."""
    if left := [one for one in proposed if one.decide]:
        st.warning(text.plain(references.left_as_decided(left)), icon=":material/lock:")
    proposed = _open(proposed)
    if not proposed and left:
        return
    if not proposed:
        st.success("Rien à compléter : le référentiel n'apporte rien de plus.", icon=":material/task_alt:")
        return
    counts: dict[str, int] = {}
    for one in proposed:
        counts[one.champ] = counts.get(one.champ, 0) + 1
    champ = _choice(programme, counts)
    shown = [one for one in proposed if champ in (None, one.champ)]
    rows = [_proposal(programme, one) for one in shown]
    columns = [
        Column("numero", "Dossier", pinned=True),
        Column("raison_sociale", "Établissement", width="medium"),
        Column("champ", "Champ"),
        Column("avant", "Aujourd'hui"),
        Column("valeur", "Deviendrait"),
        Column("certitude", "Trouvé par", help=_FOUND_BY),
    ]
    st.caption(
        "Rien n'est encore écrit. Cochez des lignes pour n'écrire qu'elles. Une valeur complétée reste si le fichier suivant "
        "laisse encore la case vide ; dès qu'il la remplit, c'est le fichier qui compte."
    )
    picked = tables.choose_several(
        rows, columns, names=["numero", "code"], key=writes.form(_FORM), alt="Champs à compléter", most=430
    )
    _write(programme, shown, [(row["numero"], row["code"]) for row in picked])


def _open(proposed: Sequence[Proposal]) -> list[Proposal]:
    """What can be written: nothing is, of a dossier that a committee has decided on."""
    return [one for one in proposed if not one.decide]


def _choice(programme: Programme, counts: Mapping[str, int]) -> str | None:
    """The field to look at; all of them until one is chosen."""
    labels = {champ: f"{_label(programme, champ)} ({count})" for champ, count in counts.items()}
    return st.pills(
        "Un champ à la fois",
        list(labels),
        format_func=labels.__getitem__,
        key="completion_champ",
        help="Aucun choisi : tous.",
    )


def _write(programme: Programme, shown: Sequence[Proposal], picked: Sequence[references.Key]) -> None:
    wanted = picked or [one.key for one in shown]
    what = "la sélection" if picked else "tout ce qui est affiché"
    label = f"Compléter {what} ({formats.plural(len(wanted), 'champ')})"
    if st.button(label, type="primary", icon=":material/edit_note:", key="completer"):
        with messages.refusals():
            with st.spinner("Écriture…"):
                written = references.complete(
                    base.opened(), programme, frozenset(wanted), operation=writes.operation(_FORM)
                )
            writes.done(
                _FORM, f"{formats.plural(len(written), 'champ complété', 'champs complétés')} ; le journal le garde."
            )


def _proposal(programme: Programme, one: Proposal) -> dict[str, Any]:
    return {
        "numero": one.numero,
        "raison_sociale": one.raison_sociale,
        "code": one.champ,
        "champ": _label(programme, one.champ),
        "avant": None,
        "valeur": _words(programme, one.champ, one.valeur),
        "certitude": CERTAINTIES[one.certitude],
    }


def _label(programme: Programme, champ: str) -> str:
    return programme.dictionary.get("dossier", champ).libelle


def _words(programme: Programme, champ: str, value: str | None) -> str | None:
    return None if value is None else overview.value_in_words(programme.dictionary.get("dossier", champ), value)
