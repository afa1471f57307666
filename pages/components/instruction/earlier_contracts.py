"""The earlier contracts of an establishment, as the ledger tells them, and a button that writes them into the dossier."""

from collections.abc import Mapping

import streamlit as st

from clact_model import formats, intake, overview
from clact_model.programme import Programme
from clact_model.tracking import confirming, unconfirming
from clact_model.tracking.earlier import Contract, ContractState, earlier
from clact_model.tracking.unconfirming import Confirmed
from pages.components import base, messages, text, writes

_STATES: Mapping[ContractState, tuple[str, str, str]] = {
    "acheve": ("Achevé", ":material/task_alt:", "green"),
    "en_cours": ("En cours", ":material/hourglass_top:", "blue"),
    "non_realise": ("Non réalisé", ":material/event_busy:", "orange"),
}


def show(programme: Programme, numero: str) -> None:
    """« CLACT antérieur » : each contract with its reasons, then what confirming would write."""
    st.subheader(
        "CLACT antérieur",
        help="Ce que le registre du suivi dit des subventions accordées à l'établissement avant ce dépôt, dans les autres "
        "appels de la base.",
    )
    cursor = base.cursor()
    found = earlier(cursor, programme, numero, base.today(), base.catalogue().programmes)
    if found is None:
        st.caption("Aucune subvention antérieure de cet établissement dans le registre.")
        return
    for contract in found.contracts:
        _contract(contract)
    changes = confirming.proposed(cursor, programme, numero, found)
    if changes and numero in intake.decided_numbers(cursor, programme.id):
        told = " ; ".join(_words(programme, one) for one in changes)
        st.caption(f"Le registre dit autre chose ({told}), et ce dossier est décidé : il n'est plus changé.")
    elif changes:
        _confirm(programme, numero, changes)
    else:
        st.caption("Le dossier dit la même chose.")
    _take_back(programme, numero)


def _contract(contract: Contract) -> None:
    label, icon, color = _STATES[contract.etat]
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, gap="small"):
            st.badge(label, icon=icon, color=color)
            if contract.justifie is not None:
                st.badge("Justifié" if contract.justifie else "Non justifié", color="gray")
            st.badge("Convention respectée" if contract.respecte else "Convention non respectée", color="gray")
        st.markdown("\n".join(f"- {text.plain(reason)}" for reason in contract.raisons))


def _confirm(programme: Programme, numero: str, changes: list[confirming.Proposed]) -> None:
    """What would be written, field by field, and the word of a person."""
    name = f"anterieur_{numero}"
    lines = {one: _words(programme, one) for one in changes}
    with st.form(writes.form(name)):
        st.markdown("**Proposé d'après le registre**, à confirmer : rien n'est encore écrit dans le dossier.")
        wanted = [
            one for one, line in lines.items() if st.checkbox(line, value=True, key=f"{writes.form(name)}_{one.champ}")
        ]
        sent = st.form_submit_button("Confirmer", icon=":material/fact_check:", type="primary")
    st.caption(
        "Les règles de l'appel jugent ensuite avec ces valeurs. Un fichier importé plus tard l'emporte s'il dit autre chose ; une "
        "case vide ne les efface pas."
    )
    if sent and not wanted:
        st.info("Rien n'est coché : rien n'est écrit, le dossier garde ce qu'il dit.")
    elif sent:
        with messages.refusals():
            written = confirming.confirm(
                base.opened(),
                programme,
                numero,
                base.today(),
                base.catalogue().programmes,
                wanted,
                operation=writes.operation(name),
            )
            count = formats.plural(len(written), "champ confirmé", "champs confirmés")
            writes.done(name, f"CLACT antérieur : {count} ; le journal le garde.")


def _take_back(programme: Programme, numero: str) -> None:
    """What was confirmed, by whom, and the way back."""
    cursor = base.cursor()
    held = unconfirming.confirmed(cursor, programme, numero)
    if not held or numero in intake.decided_numbers(cursor, programme.id):
        return
    told = " ; ".join(_words(programme, one) for one in held)
    day = formats.day(held[0].quand.astimezone(programme.file.zone).date())
    st.caption(f"Confirmé par {text.plain(held[0].auteur)} le {day} : {told}.")
    name = f"anterieur_reprise_{numero}"
    if st.button("Revenir à ce que disait le dossier", icon=":material/undo:", key=writes.form(name)):
        with messages.refusals():
            back = unconfirming.take_back(base.opened(), programme, numero, operation=writes.operation(name))
            count = formats.plural(len(back), "champ repris", "champs repris")
            writes.done(name, f"CLACT antérieur : {count} ; le journal le garde.")


def _words(programme: Programme, one: confirming.Proposed | Confirmed) -> str:
    field = programme.dictionary.get("dossier", one.champ)
    before, after = (overview.value_in_words(field, value) for value in (one.avant, one.valeur))
    return f"{text.plain(field.libelle)} : {text.plain(before)} → **{text.plain(after)}**"
