"""What checking a draft found: its faults with their lines, or what it changes and whose verdict turns."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from clact_model import formats, overview, paths
from clact_model import programme as model
from clact_model.overview import Turned
from clact_model.programme import Difference, Fault, Programme
from pages.components import base, tables, text
from pages.components.tables import Column

_LAST = "brouillon_verifie"
_BEFORE, _AFTER = 1, 4
"""Lines shown around a fault: more after it, for the title of a part tells less than what follows."""
_NATURES: Mapping[str, str] = {"ajout": "+ ajouté", "retrait": "− retiré", "changement": "≠ changé"}


@dataclass(frozen=True)
class Check:
    """What was found in a text. ``compared``: the programme that the changes are counted from."""

    text: str
    programme: Programme | None
    faults: tuple[Fault, ...]
    compared: Programme
    differences: Sequence[Difference]
    turned: Sequence[Turned] | None
    """None for a new programme, which has no dossier yet."""

    @property
    def can_be_saved(self) -> bool:
        """True for a good text that says something new."""
        return self.programme is not None and (self.turned is None or self.text != self.compared.text)


def run(written: str, identifier: str, origin: Programme, replaced: Programme | None) -> Check:
    """Check a text, and compare it with the programme that it comes from; kept until another is checked."""
    with st.spinner("Vérification du texte et instruction des dossiers…"):
        checked = model.check_text(written, identifier, replaced, paths.SOURCES)
        new = checked.programme
        found = Check(
            written,
            new,
            checked.faults,
            origin,
            model.differences(origin, new) if new else (),
            overview.turned(base.cursor(), replaced, new, base.today()) if new and replaced else None,
        )
    st.session_state[_LAST] = found
    return found


def last(written: str) -> Check | None:
    """The last check, while the text is the one that it read."""
    found: Check | None = st.session_state.get(_LAST)
    return found if found is not None and found.text == written else None


def forget() -> None:
    """What was checked is of another draft."""
    st.session_state.pop(_LAST, None)


def show(check: Check) -> None:
    """The faults, or what the text changes."""
    if check.programme is None:
        _faults(check)
    elif not check.can_be_saved:
        st.info("Le texte est celui du programme enregistré : rien ne change.", icon=":material/info:")
    else:
        _changes(check)


def _faults(check: Check) -> None:
    st.error(
        f"**{formats.plural(len(check.faults), 'faute')} à corriger** : le texte ne peut pas être enregistré.",
        icon=":material/error:",
    )
    lines = check.text.split("\n")
    for fault in check.faults:
        place = ", ".join(filter(None, (f"Ligne {fault.line}" if fault.line else "", fault.place)))
        st.markdown(f"**{text.plain(place or 'Fichier')}** : {text.plain(fault.what)}.")
        if fault.line:
            first = max(0, fault.line - 1 - _BEFORE)
            numbered = enumerate(lines[first : fault.line + _AFTER], start=first + 1)
            shown = [f"{'→' if number == fault.line else ' '} {number:>4}  {line}" for number, line in numbered]
            st.code("\n".join(shown), language=None, wrap_lines=True)


def _changes(check: Check) -> None:
    st.success("**Le texte est bon.** Rien n'est encore enregistré.", icon=":material/fact_check:")
    st.markdown(
        f"Par rapport à **{text.plain(check.compared.titre)}**, version {text.plain(check.compared.file.version)} : "
        f"{formats.plural(len(check.differences), 'changement')}."
    )
    rows = [
        {
            "nature": _NATURES[one.nature],
            "partie": one.partie[0].upper() + one.partie[1:],
            "libelle": one.libelle,
            "cle": one.cle,
            "avant": one.avant,
            "apres": one.apres,
        }
        for one in check.differences
    ]
    columns = [
        Column("nature", "Changement", width=95),
        Column("partie", "Partie du programme", width=175),
        Column("libelle", "Libellé", width=185),
        Column("cle", "Clé", width=85, help="Le mot du fichier qui change ; « — » pour une partie ajoutée ou retirée."),
        Column("avant", "Avant", width=150),
        Column("apres", "Après", width=150),
    ]
    if rows:
        tables.show(rows, columns, key="brouillon_changements", alt="Ce que le texte change")
    _turned(check.turned)


def _turned(found: Sequence[Turned] | None) -> None:
    if found is None:
        st.caption("Ce programme est nouveau : aucun dossier n'est encore déposé sous lui.")
        return
    if not found:
        st.markdown("**Aucun dossier ne change de verdict**, au jour jugé.")
        return
    labels = overview.VERDICTS
    moves = Counter((one.avant, one.apres) for one in found)
    words = [f"{formats.number(n)} de {labels[old]} à {labels[new]}" for (old, new), n in moves.most_common()]
    many = formats.plural(len(found), "dossier change de verdict", "dossiers changent de verdict")
    st.markdown(f"**{many}**, au jour jugé : {' · '.join(words)}.")
    tables.show(
        [
            {"numero": one.numero, "nom": one.raison_sociale, "avant": labels[one.avant], "apres": labels[one.apres]}
            for one in found
        ],
        [
            Column("numero", "Dossier", pinned=True),
            Column("nom", "Établissement", width="large"),
            Column("avant", "Verdict actuel"),
            Column("apres", "Avec ce texte"),
        ],
        key="brouillon_verdicts",
        alt="Dossiers qui changent de verdict",
    )
