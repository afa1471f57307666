"""The imports that were written: what each said, its files, and taking it back."""

import uuid
from dataclasses import dataclass, field

import streamlit as st

from clact_model import formats, intake, overview, statements
from clact_model.overview import Import
from clact_model.programme import Programme
from clact_model.statements import Reversal
from pages.components import base, messages, tables, text
from pages.components.campaign import import_followup, import_screen
from pages.components.tables import Column

_ASKED, _SAID = "annulation_demandee", "annulation_dite"
NAMED = 60
"""Numbers of dossiers written out before « et n autres »."""


@dataclass(frozen=True)
class _Asked:
    """The import to take back, and the id under which that will be written: pressed twice, it is done once."""

    importation: str
    operation: str = field(default_factory=lambda: str(uuid.uuid4()))


def show(programme: Programme) -> None:
    """Every import, and the one that is chosen whole."""
    st.subheader(
        "Imports précédents",
        help="Ce qui a été écrit, quand et par qui : candidatures, états récapitulatifs, versements. Cochez une ligne pour ses remarques, ses fichiers et son annulation.",
    )
    if sentence := st.session_state.pop(_SAID, None):
        st.success(sentence, icon=":material/undo:")
    found = overview.imports(base.cursor(), programme)
    if not found:
        st.caption("Aucun import n'a encore été écrit pour ce programme.")
        return
    picked = tables.choose(
        [_row(one) for one in found], _columns(programme), names=["id"], key="imports", alt="Imports précédents"
    )
    if picked is not None:
        _chosen(programme, next(one for one in found if one.id == picked["id"]))


def _row(one: Import) -> dict[str, object]:
    outcome = overview.OUTCOMES.get(one.resultat, one.resultat)
    return {
        "id": one.id,
        "quand": one.quand,
        "auteur": one.auteur,
        "fichiers": ", ".join(one.fichiers),
        "resultat": f"↩ Annulé ({outcome.lower()})" if one.undone else outcome,
        "nouveaux": one.nouveaux,
        "modifies": one.modifies,
        "inchanges": one.inchanges,
        "disparus": one.disparus,
        "rejetes": one.rejetes,
        "anomalies": one.anomalies,
    }


def _columns(programme: Programme) -> list[Column]:
    return [
        Column("quand", "Quand", "moment", fuseau=programme.fuseau),
        Column("auteur", "Qui"),
        Column("fichiers", "Fichiers", width="medium"),
        Column("resultat", "Résultat", width="medium"),
        Column("nouveaux", "Nouveaux", "entier"),
        Column("modifies", "Modifiés", "entier"),
        Column("inchanges", "Inchangés", "entier"),
        Column("disparus", "Absents", "entier"),
        Column("rejetes", "Refusés", "entier"),
        Column("anomalies", "Remarques", "entier"),
    ]


def _chosen(programme: Programme, one: Import) -> None:
    with st.container(border=True):
        st.markdown(
            f"**Import du {formats.moment(one.quand)}**, par {text.plain(one.auteur)} · {text.plain(one.source)}"
        )
        if one.annulee_quand is not None:
            st.info(
                f"Annulé le {formats.moment(one.annulee_quand)}, par {text.plain(one.annulee_par)} : ce qu'il avait écrit "
                "n'est plus dans la base.",
                icon=":material/undo:",
            )
        asked: _Asked | None = st.session_state.get(_ASKED)
        asked = asked if asked is not None and asked.importation == one.id else None
        with st.container(horizontal=True):
            _files(one)
            if (
                not one.undone
                and asked is None
                and st.button("Annuler cet import…", icon=":material/undo:", key=f"annuler_{one.id}")
            ):
                st.session_state[_ASKED] = _Asked(one.id)
                st.rerun()
        if asked is not None:
            _confirm(programme, asked)
    said = overview.import_anomalies(base.cursor(), one.id)
    if said:
        import_screen.anomalies(said, "historique")
        import_followup.of_import(programme, one, said)
    else:
        st.caption("Cet import n'a rien signalé.")


def _files(one: Import) -> None:
    """The files as they were sent."""
    kept = overview.files_kept(base.cursor(), one)
    for name, sha256 in kept:
        st.download_button(
            text.plain(name),
            lambda sha256=sha256: overview.imported_file(base.opened().cursor(), sha256) or b"",
            file_name=name,
            icon=":material/download:",
            on_click="ignore",
            key=f"fichier_{one.id}_{sha256}",
            help="Le fichier tel qu'il a été importé.",
        )
    if len(kept) < len(one.fichiers):
        st.caption("Les fichiers de cet import n'ont pas été gardés : il date d'une version précédente de l'outil.")


def _confirm(programme: Programme, asked: _Asked) -> None:
    """What undoing would change, then the answer."""
    with messages.refusals():
        found = statements.preview_undo(base.cursor(), programme, asked.importation)
        st.warning(f"**Annuler cet import ?** {_consequence(found)} Rien n'est encore écrit.", icon=":material/help:")
        if found.removed:
            with st.expander(f"Dossiers retirés ({formats.number(len(found.removed))})", icon=":material/delete:"):
                rest = len(found.removed) - NAMED
                more = f" et {formats.plural(rest, 'autre')}" if rest > 0 else ""
                st.markdown(text.plain(", ".join(found.removed[:NAMED])) + more)
        for sentence in found.notices if not isinstance(found, Reversal) else ():
            st.info(text.plain(sentence), icon=":material/bookmark:")
        if found.changes:
            import_screen.changes(programme, found.changes, "annulation_changements")
        with st.container(horizontal=True):
            if st.button("Annuler l'import", type="primary", icon=":material/undo:", key="annulation_confirmer"):
                _undo(programme, asked)
            _keep()
        return
    _keep()


def _consequence(found: intake.Undoing) -> str:
    if isinstance(found, Reversal):
        return (
            f"{formats.plural(len(found.reversed), 'ligne du registre serait contre-passée', 'lignes du registre seraient contre-passées')} : "
            "elles restent lisibles et ne comptent plus."
        )
    parts = []
    if found.removed:
        gone = formats.plural(len(found.removed), "dossier serait retiré", "dossiers seraient retirés")
        parts.append(f"{gone}, que cet import avait fait entrer")
    if found.restored:
        back = formats.plural(len(found.restored), "dossier retrouverait", "dossiers retrouveraient")
        parts.append(f"{back} l'état d'avant")
    return f"{' ; '.join(parts)}." if parts else "Il n'avait rien changé : aucun dossier ne bougerait."


def _done(done: intake.Undoing) -> str:
    if isinstance(done, Reversal):
        return done.notices[0]
    return (
        f"{formats.plural(len(done.removed), 'dossier retiré', 'dossiers retirés')}, "
        f"{formats.plural(len(done.restored), 'dossier rétabli', 'dossiers rétablis')}."
    )


def _keep() -> None:
    if st.button("Garder l'import", icon=":material/close:", key="annulation_garder"):
        st.session_state.pop(_ASKED, None)
        st.rerun()


def _undo(programme: Programme, asked: _Asked) -> None:
    with messages.refusals():
        with st.spinner("Annulation…"):
            done = statements.undo(base.opened(), programme, asked.importation, operation=asked.operation)
        st.session_state.pop(_ASKED, None)
        st.session_state[_SAID] = f"Import du {formats.moment(done.quand)} annulé : {_done(done)}"
        import_screen.forget_written()
        st.rerun()
