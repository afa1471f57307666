"""One indicator entered by hand, corrected, or taken away with a reason."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import streamlit as st

from clact_model import dossiers, impact
from clact_model.impact import Followed, Indicator
from clact_model.impact.sheets import value_parser
from clact_model.intake.values import RefusalError, is_blank, numeral
from clact_model.programme import Programme
from pages.components import amounts, base, messages, writes

SENS = {"hausse": "Hausse", "baisse": "Baisse"}
NEW = "Un nouvel indicateur"


def form(programme: Programme, found: Sequence[Followed]) -> None:
    """The indicator chosen, or a new one. What is left empty keeps what is known."""
    with st.expander("Saisir un indicateur", icon=":material/edit:"):
        known = {f"{one.indicator.numero} · {one.indicator.nom}": one.indicator for one in found}
        name = st.selectbox("Indicateur", [NEW, *known], key="indicateur_choisi", width=520)
        chosen = known.get(name)
        _entered(programme, chosen)
        if chosen is not None:
            _removed(programme, chosen)


def _entered(programme: Programme, chosen: Indicator | None) -> None:
    key = f"indicateur_{chosen.numero}_{chosen.nom}" if chosen else "indicateur_nouveau"
    with st.form(writes.form(key), border=False, enter_to_submit=False):
        with st.container(horizontal=True, gap="medium"):
            if chosen is None:
                numero = st.selectbox("Dossier", dossiers.numbers(base.cursor(), programme), width=amounts.NARROW)
                nom = st.text_input("Nom, comme dans la convention", width=360, max_chars=200)
            else:
                numero, nom = chosen.numero, chosen.nom
            sens = st.selectbox(
                "Amélioration",
                list(SENS),
                index=None if chosen is None or chosen.way is None else list(SENS).index(chosen.way),
                format_func=SENS.__getitem__,
                placeholder="Sens",
                width=amounts.NARROW,
            )
        with st.container(horizontal=True, gap="medium"):
            unite = _text("Unité", chosen and chosen.unite, "%, jours, agents…")
            annee = _text("Année de référence", chosen and chosen.annee_reference, "2023")
            reference = _text("Valeur de référence", chosen and chosen.valeur_reference, "12,5")
            cible = _text("Cible", chosen and chosen.cible, "10")
        with st.container(horizontal=True, gap="medium"):
            valeur_12 = _text("Valeur à 12 mois", chosen and chosen.valeur_12, "")
            mesure_12 = _day("Mesuré le (12 mois)", chosen and chosen.mesure_12)
            valeur_24 = _text("Valeur à 24 mois", chosen and chosen.valeur_24, "")
            mesure_24 = _day("Mesuré le (24 mois)", chosen and chosen.mesure_24)
        sent = st.form_submit_button("Enregistrer", type="primary", key=f"{key}_enregistrer")
    if sent:
        with messages.refusals():
            one = Indicator(
                numero,
                " ".join(nom.split()),
                unite.strip() or None,
                _year(annee),
                _value("Valeur de référence", reference),
                _value("Cible", cible),
                sens,
                _value("Valeur à 12 mois", valeur_12),
                mesure_12,
                _value("Valeur à 24 mois", valeur_24),
                mesure_24,
            )
            impact.record(base.opened(), programme, base.today(), [one], operation=writes.operation(key))
            writes.done(key, "Indicateur enregistré.")


def _removed(programme: Programme, chosen: Indicator) -> None:
    key = f"retirer_{chosen.numero}_{chosen.nom}"
    with (
        st.popover("Retirer cet indicateur…", icon=":material/delete:"),
        st.form(writes.form(key), border=False, enter_to_submit=False),
    ):
        motif = st.text_input("Motif", max_chars=500, help="Gardé au journal, avec votre nom et la date.")
        sent = st.form_submit_button("Retirer", type="primary", key=f"{key}_confirmer")
    if sent:
        with messages.refusals():
            impact.remove(base.opened(), programme, chosen.numero, chosen.nom, motif, operation=writes.operation(key))
            writes.done(key, "Indicateur retiré.")


def _text(label: str, known: object, placeholder: str) -> str:
    written = "" if known is None else str(known.normalize() if isinstance(known, Decimal) else known)
    return st.text_input(label, value=written.replace(".", ","), placeholder=placeholder, width=amounts.NARROW)


def _day(label: str, known: date | None) -> date | None:
    return st.date_input(label, value=known, format="DD/MM/YYYY", width=amounts.NARROW)


def _value(label: str, text: str) -> Decimal | None:
    """Typed in the unit: 9,5 is 9.5 %, whether the sign is there or not. Raises RefusalError, which names the field."""
    if is_blank(text):
        return None
    plain = text.strip().removesuffix("%")
    with _named(label):
        value: Decimal = value_parser(None)(plain).value
    return value


def _year(text: str) -> int | None:
    if is_blank(text):
        return None
    with _named("Année de référence"):
        return numeral.parse_whole(text).value


@contextmanager
def _named(label: str) -> Iterator[None]:
    """What is refused names its field."""
    try:
        yield
    except RefusalError as refused:
        raise RefusalError(f"« {label} » : {refused}") from refused
