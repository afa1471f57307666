"""Import des versements: an extract dropped, each payment with the grants that it may belong to, confirmed by a person."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from clact_model import formats, intake, payments, reading
from clact_model.payments import STATUTS, Choice, Extract, Proposal
from clact_model.programme import Programme
from pages.components import base, messages, metrics, tables, uploader, writes
from pages.components.campaign import import_screen, mapping_panel, mapping_state
from pages.components.campaign.mapping_state import Said
from pages.components.follow_up import payment_choices
from pages.components.metrics import Figure
from pages.components.tables import Column

_FORM, _READ = "rapprocher", "versements_lus"
COLUMNS = [
    Column(
        "statut", "État", labels=STATUTS, pinned=True, help="« Sûr » : un seul dossier convient, et le montant est dû."
    ),
    Column("ligne", "Ligne", width="small", help="Dans le fichier, avec sa feuille s'il en a."),
    Column("reference", "Référence"),
    Column("montant", "Montant (€)", "montant"),
    Column("jour", "Payé le", "date"),
    Column("dossier", "Dossier proposé", width=210),
    Column("confiance", "Confiance (%)", "part", help="Numéro, SIRET ou nom, montant dû, date : ce qui concorde."),
    Column("raison", "Pourquoi", width=460),
    Column("beneficiaire", "Bénéficiaire", width=200),
]


@dataclass(frozen=True)
class _Read:
    """What was read, for which files and which state of the base."""

    asked: tuple[object, ...]
    extract: Extract


def show(programme: Programme) -> None:
    """Drop an extract, see whose each payment may be, confirm."""
    st.subheader(
        "Rapprocher une extraction de paiements",
        help="Un tableau avec une ligne par paiement : référence, montant, date, et si possible bénéficiaire, SIRET, libellé. "
        "Rien n'est inscrit avant votre accord.",
    )
    files = _dropped()
    if not files:
        return
    said = mapping_state.of(files)
    extract = _read(programme, files, said)
    # Without a payment there is nothing to count or to attach: what is said of the file is the answer.
    if extract.proposals:
        _figures(extract)
        _confirm(programme, extract)
    mapping_panel.of_extract(programme, extract, said)
    if extract.proposals:
        tables.show(
            [_row(one) for one in extract.proposals],
            COLUMNS,
            key="versements_proposes",
            alt="Paiements de l'extraction",
        )
    import_screen.anomalies(extract.anomalies, "versements")


def _dropped() -> list[intake.UploadedFile]:
    reading.prepare()
    uploader.in_french("Choisir un fichier", "ou déposez-le ici · 20 Mo au plus · .csv, .xlsx, .ods")
    dropped = st.file_uploader(
        "Extraction de paiements",
        type=["csv", "xlsx", "ods"],
        accept_multiple_files=True,
        key=writes.form(_FORM),
        help="Les colonnes sont reconnues d'après leurs titres.",
    )
    return [intake.UploadedFile(file.name, file.getvalue()) for file in dropped or []]


def _read(programme: Programme, files: list[intake.UploadedFile], said: Said) -> Extract:
    """Read and matched once, until other files are dropped, their titles are corrected or the base changes."""
    opened = base.opened()
    prints = (file.sha256 for file in files)
    asked = (programme.id, programme.fingerprint, opened.writes(), base.today(), said.key, *prints)
    kept: _Read | None = st.session_state.get(_READ)
    if kept is None or kept.asked != asked:
        with st.spinner("Lecture et rapprochement…"):
            kept = _Read(asked, payments.preview(opened, programme, files, base.today(), said.correspondence))
        st.session_state[_READ] = kept
        payment_choices.forget()
    return kept.extract


def _figures(extract: Extract) -> None:
    definitions: Mapping[payments.Statut, tuple[str, str]] = {
        "sur": ("Sûrs", "Un seul dossier convient, et le montant est celui d'une tranche ou de tout ce qui reste."),
        "a_confirmer": ("À confirmer", "Un dossier est proposé : à vous de dire si c'est le bon."),
        "sans_candidat": ("Sans candidat", "Rien ne rattache ce paiement à une subvention de l'appel."),
        "deja_inscrit": ("Déjà inscrits", "Même référence, même montant, même jour au registre : rien de neuf."),
    }
    metrics.row(
        [
            Figure(label, formats.number(len(places := extract.of(statut))), said, formats.euros(extract.total(places)))
            for statut, (label, said) in definitions.items()
        ]
    )


def _row(one: Proposal) -> dict[str, object]:
    payment, best = one.payment, one.best
    name = f" · {best.raison_sociale}" if best and best.raison_sociale else ""
    return {
        "statut": one.statut,
        "ligne": payment.place.removeprefix("ligne "),
        "reference": payment.reference,
        "montant": payment.montant,
        "jour": payment.jour,
        "beneficiaire": payment.beneficiaire,
        "dossier": f"{best.label}{name}" if best else None,
        "confiance": best.confiance if best else None,
        "raison": one.raison,
    }


def _confirm(programme: Programme, extract: Extract) -> None:
    choices: dict[int, Choice] = {}
    if not import_screen.questions(
        extract.questions, f"versements_{'_'.join(f.sha256[:12] for f in extract.fichiers)}"
    ):
        # What is asked of the file changes its amounts: nothing is attached before.
        return
    sure = extract.sure
    if sure:
        many = "le paiement sûr" if len(sure) == 1 else f"les {formats.number(len(sure))} paiements sûrs"
        label = f"Inscrire {many} ({formats.euros(extract.total(sure))})"
        if st.checkbox(label, value=True, key="versements_surs"):
            choices |= sure
    choices |= payment_choices.ask(programme, extract)
    if not choices:
        st.caption("Rien à inscrire tant qu'aucun paiement n'est rattaché.")
        return
    count = formats.plural(len(choices), "versement", "versements")
    pressed = st.button(
        f"Inscrire {count} ({formats.euros(extract.total(choices))})",
        type="primary",
        icon=":material/save:",
        key="versements_inscrire",
    )
    if pressed:
        with messages.refusals():
            operation = writes.operation(_FORM)
            payments.record(base.opened(), programme, extract, choices, base.today(), accept=True, operation=operation)
            st.session_state.pop(_READ, None)
            payment_choices.forget()
            many = formats.plural(len(choices), "versement inscrit", "versements inscrits")
            writes.done(_FORM, f"{many} : {formats.euros(extract.total(choices))}.")
