"""The registers that are loaded, and the files dropped to load others: recognised, shown, then written."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from clact_model import formats, references
from clact_model.errors import ClactError
from clact_model.references import NATURES, Extract, OlderReferenceError, ReferenceFile
from pages.components import base, messages, metrics, tables, text, uploader, writes
from pages.components.metrics import Figure
from pages.components.tables import Column

TYPES = ["csv", "json", "gz", "xlsx", "ods"]
_READ, _FORM = "references_lues", "references"
_LARGEST = references.PACKED_BYTES // 1024**2


@dataclass(frozen=True)
class _Read:
    """What the files dropped are, in their order: an extract, or the refusal of a file."""

    asked: tuple[str, ...]
    found: list[Extract | ClactError] = field(repr=False)
    names: tuple[str, ...]


def held() -> bool:
    """What the base knows of the registers; False when it knows nothing yet."""
    files = references.loaded(base.cursor())
    if not files:
        st.info(
            "Aucun référentiel n'est chargé. Déposez ci-dessous l'extraction FINESS des établissements (data.gouv.fr : flux "
            "« finess-structures » de l'ANS, ou l'ancien csv « etalab-cs1100502 »), et si besoin la liste des GHT : les "
            "dossiers sont alors vérifiés, et ce qu'ils laissent vide peut être complété.",
            icon=":material/menu_book:",
        )
        return False
    found = references.holdings(base.cursor())
    metrics.row(
        [
            Figure("Établissements", formats.number(found.etablissements), "Numéros FINESS d'établissement connus."),
            Figure(
                "Dont fermés", formats.number(found.fermes), "Le flux de l'ANS le dit ; l'ancien csv ne le dit pas."
            ),
            Figure("Entités juridiques", formats.number(found.entites), "Numéros FINESS juridiques connus."),
            Figure("Dont en GHT", formats.number(found.en_ght), "Entités dont le groupement hospitalier est connu."),
        ]
    )
    rows = [
        {
            "nom": one.nom,
            "titre": one.titre,
            "extrait_le": one.extrait_le,
            "etablissements": one.etablissements,
            "entites": one.entites,
            "quand": one.quand,
            "auteur": one.auteur,
        }
        for one in files
    ]
    columns = [
        Column("nom", "Fichier", width="medium"),
        Column("titre", "Reconnu comme", width="medium"),
        Column("extrait_le", "Extraction du", "date"),
        Column("etablissements", "Établissements", "entier"),
        Column("entites", "Entités juridiques", "entier"),
        Column("quand", "Chargé le", "moment", fuseau=base.programme().fuseau),
        Column("auteur", "Par"),
    ]
    tables.show(rows, columns, key="references_chargees", alt="Référentiels chargés")
    return True


def drop(opened: bool) -> None:
    """Drop files, see what they are, load them. ``opened``: nothing is loaded yet, this comes first."""
    with st.expander("Charger un référentiel", icon=":material/upload_file:", expanded=opened):
        uploader.in_french(
            "Choisir des fichiers", f"ou déposez-les ici · {_LARGEST} Mo au plus · .json.gz, .csv, .xlsx"
        )
        dropped = st.file_uploader(
            "Extraction FINESS, liste des GHT",
            type=TYPES,
            accept_multiple_files=True,
            key=writes.form(_FORM),
            max_upload_size=_LARGEST,
            help="Reconnu d'après son contenu. Une extraction plus récente remplace les établissements qu'elle contient ; "
            "les autres restent. Un tableau à vous convient aussi : une colonne « FINESS » et celles que vous avez.",
        )
        if not dropped:
            return
        read = _read(dropped)
        _recognised(read)
        _load([one for one in read.found if isinstance(one, Extract)])


def _read(dropped: Sequence[UploadedFile]) -> _Read:
    """Read once, kept until other files are dropped."""
    asked = tuple(file.file_id for file in dropped)
    kept: _Read | None = st.session_state.get(_READ)
    if kept is None or kept.asked != asked:
        kept = _Read(asked, [_one(file) for file in dropped], tuple(file.name for file in dropped))
        st.session_state[_READ] = kept
    return kept


def _one(dropped: UploadedFile) -> Extract | ClactError:
    shown = st.empty()
    told = -1.0

    def tell(step: str, share: float) -> None:
        nonlocal told
        # Each call draws: a hundredth at a time is enough to see that it moves.
        if share - told >= 0.01 or share < told:
            told = share
            shown.progress(share, text=f"{step}…")

    try:
        return references.read(ReferenceFile.from_bytes(dropped.name, dropped.getvalue()), tell)
    except ClactError as refusal:
        return refusal
    finally:
        shown.empty()


def _recognised(read: _Read) -> None:
    rows = []
    for name, found in zip(read.names, read.found, strict=True):
        if isinstance(found, ClactError):
            st.error(f"**{text.plain(name)}** : {text.plain(found)}", icon=":material/error:")
        else:
            rows.append(_row(found))
    if rows:
        st.table(rows, hide_index=True, alt="Fichiers reconnus")


def _row(found: Extract) -> dict[str, str]:
    return {
        "Fichier": text.plain(found.fichier),
        "Reconnu comme": NATURES[found.nature],
        "Extraction du": formats.day(found.extrait_le),
        "Établissements": formats.number(found.etablissements.num_rows),
        "Entités juridiques": formats.number(found.entites.num_rows),
        "À savoir": text.plain(" ".join(found.notices)),
    }


def _load(found: Sequence[Extract]) -> None:
    if not found:
        return
    older = [sentence for one in found if (sentence := _older(one))]
    for sentence in older:
        st.warning(text.plain(sentence), icon=":material/help:")
    agreed = not older or st.checkbox("J'ai lu, charger quand même", key="references_anciennes")
    label = "Charger dans la base" if len(found) == 1 else f"Charger les {len(found)} fichiers dans la base"
    if not st.button(label, type="primary", icon=":material/save:", disabled=not agreed, key="references_charger"):
        return
    with messages.refusals():
        with st.spinner("Écriture…"):
            # The oldest first, so that the newest has the last word.
            for place, one in enumerate(sorted(found, key=lambda one: str(one.extrait_le or ""))):
                operation = f"{writes.operation(_FORM)}_{place}"
                references.load(base.opened(), one, accept=bool(older), operation=operation)
        st.session_state.pop(_READ, None)
        writes.done(_FORM, f"{formats.plural(len(found), 'référentiel chargé', 'référentiels chargés')}.")


def _older(extract: Extract) -> str | None:
    try:
        references.refuse_older(base.cursor(), extract)
    except OlderReferenceError as question:
        return str(question)
    return None
