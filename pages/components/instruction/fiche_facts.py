"""What the base holds on a dossier: who asks, what its score is made of, what was changed since."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from clact_model import formats, overview, store
from clact_model.fields import Field
from clact_model.programme import Programme
from pages.components import base, charts, tables, text
from pages.components.instruction import earlier_contracts
from pages.components.instruction.establishment import others
from pages.components.judged import Sheet
from pages.components.tables import Column

_IDENTITY = (
    "raison_sociale",
    "finess",
    "siret",
    "departement",
    "secteur",
    "statut",
    "association",
    "ght",
    "partenaires",
)
_SIZE = (
    "effectif_total",
    "etp_medical",
    "etp_non_medical",
    "lits",
    "places",
    "masse_salariale",
    "subventions_publiques",
)
_HEALTH = (
    "taux_absenteisme",
    "taux_turnover",
    "nb_at_mp",
    "clact_anterieur",
    "clact_anterieur_respecte",
    "clact_anterieur_justifie",
)


def stored(fields: Sequence[Field], row: Mapping[str, Any]) -> None:
    """Fields as they are stored, unknown as « — »."""
    st.markdown(
        "\n".join(
            f"- {text.plain(field.libelle)} : **{text.plain(overview.value_in_words(field, row[field.champ]))}**"
            for field in fields
            if field.type != "courriel" and field.champ in row
        )
    )


def establishment(programme: Programme, sheet: Sheet) -> None:
    """Who asks, in three columns, its earlier contracts and its other dossiers."""
    groups = {"Identité": _IDENTITY, "Taille et moyens": _SIZE, "Conditions de travail et passé": _HEALTH}
    for place, (title, names) in zip(st.columns(len(groups)), groups.items(), strict=True):
        with place:
            st.markdown(f"**{title}**")
            stored([programme.dictionary.get("dossier", name) for name in names], sheet.row)
    earlier_contracts.show(programme, sheet.judged.numero)
    others(programme, sheet.judged.numero)


def score(programme: Programme, sheet: Sheet) -> None:
    """What each criterion gives, and what missing data would change."""
    if sheet.ranked is None:
        st.caption("Un dossier irrecevable, en sursis ou dont rien n'est éligible n'a ni score ni place.")
        return
    labels = {criterion.id: criterion.libelle for criterion in programme.file.critere}
    given = sheet.ranked.contributions
    charts.contributions(
        {labels[name]: None if part.missing else part.points for name, part in given.items()},
        key="contributions",
        alt="Points donnés par chaque critère",
    )
    for name, part in given.items():
        if part.missing:
            st.caption(
                f"{text.plain(labels[name])} : information manquante, comptée 0. "
                f"Si elle était toute favorable, le score serait de {formats.number(round(part.possible, 2))}."
            )


def history(programme: Programme, numero: str) -> None:
    """Every line of the journal about the dossier, the newest first."""
    dictionary = programme.dictionary
    rows = [
        {
            "quand": entry.quand,
            "auteur": entry.auteur,
            "nature": overview.OPERATIONS.get(entry.nature, entry.nature),
            "ligne": entry.ligne,
            "champ": overview.field_label(dictionary, entry.champ, entry.ligne),
            "avant": overview.kept_in_words(entry.champ, entry.ligne, entry.avant),
            "apres": overview.kept_in_words(entry.champ, entry.ligne, entry.apres),
            "detail": entry.detail,
        }
        for entry in store.entries(base.cursor(), programme.id, numero)
    ]
    columns = [
        Column("quand", "Quand", "moment", fuseau=programme.fuseau),
        Column("auteur", "Qui"),
        Column("nature", "Opération"),
        Column("ligne", f"{programme.line_word.capitalize()} n°", "entier"),
        Column("champ", "Champ"),
        Column("avant", "Avant"),
        Column("apres", "Après"),
        Column("detail", "Motif ou détail", width="large"),
    ]
    if rows:
        tables.show(rows, columns, key="historique", alt="Historique du dossier")
    else:
        st.caption("Rien n'a été changé depuis l'import du dossier.")
