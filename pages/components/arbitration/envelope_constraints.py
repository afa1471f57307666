"""What every strategy must keep to, set on screen: floors and ceilings, what goes together, smallest grant, supplement."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import streamlit as st

from clact_model.allocation import CHAMPS, EACH, Constraint, ConstraintError, Line, Settings, Supplement, Unit, groups
from clact_model.allocation.constraints import Sens
from clact_model.programme import Programme
from pages.components import amounts, messages, text

WAYS: Mapping[Sens, str] = {"min": "au moins", "max": "au plus"}
UNITS = {"part": "% de l'enveloppe", "montant": "€"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What an allocation is held to, besides the envelope."""

    contraintes: tuple[Constraint, ...] = ()
    ordre_des_rangs: bool = False
    dossier_entier: bool = False
    plancher: Decimal = Decimal(0)
    partiel: bool = False
    supplement: Supplement | None = None


def panel(programme: Programme, unite: Unit, lines: tuple[Line, ...]) -> Limits:
    """The constraints in one box, closed until it is wanted; its title says what it holds."""
    kept = constraints(programme)
    title = "Contraintes" + (f" : {' ; '.join(c.words() for c in kept)}" if kept else "")
    with st.expander(text.plain(title), icon=":material/rule:", key=f"boite_contraintes_{programme.id}"):
        _added(programme, groups.choices(programme, lines))
        for place, constraint in enumerate(kept):
            _shown(programme, place, constraint)
        with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
            plancher = amounts.field(
                "Plus petit montant (€)",
                f"plancher_{programme.id}",
                Decimal(0),
                "En deçà, une aide n'a pas de sens : la demande n'en reçoit aucune.",
            )
            whole = _together(programme, unite)
        supplement = _supplement(programme) if programme.file.supplement else None
    return Limits(kept, *whole, plancher=plancher or Decimal(0), partiel=_in_part(programme), supplement=supplement)


def constraints(programme: Programme) -> tuple[Constraint, ...]:
    """The floors and ceilings kept for the session."""
    found: tuple[Constraint, ...] = st.session_state.get(_key(programme), ())
    return found


def put(programme: Programme, kept: tuple[Constraint, ...]) -> None:
    """Keep these floors and ceilings for the session."""
    st.session_state[_key(programme)] = kept


def reopen(programme: Programme, settings: Settings) -> None:
    """Set the box as a scenario had it. From a callback."""
    own, nothing = programme.id, Decimal(0)
    put(programme, settings.contraintes)
    amounts.put(f"plancher_{own}", settings.plancher)
    st.session_state[f"partiel_{own}"] = settings.partiel
    st.session_state[f"rangs_{own}"] = settings.ordre_des_rangs
    st.session_state[f"entier_{own}"] = settings.dossier_entier
    supplement = settings.supplement
    amounts.put(f"supplement_enveloppe_{own}", supplement.enveloppe if supplement else nothing)
    amounts.put(f"supplement_montant_{own}", supplement.montant if supplement else nothing)


def _key(programme: Programme) -> str:
    return f"contraintes_{programme.id}"


def _added(programme: Programme, known: Mapping[str, Mapping[str, str]]) -> None:
    """One more floor or ceiling. The group is chosen outside a form: what can be chosen in it depends on it."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        champs = [champ for champ in CHAMPS if known[champ]]
        champ = st.selectbox(
            "Borner ce que reçoit",
            champs,
            format_func=CHAMPS.__getitem__,
            key=f"contrainte_champ_{programme.id}",
            width=210,
            help="Un plancher ou un plafond sur la somme accordée à un groupe, quelle que soit la stratégie.",
        )
        codes = known[champ]
        code = st.selectbox(
            "Lequel",
            [EACH, *codes],
            format_func=lambda code: "Chacun" if code == EACH else codes.get(code, code),
            key=f"contrainte_valeur_{programme.id}_{champ}",
            width=230,
        )
        way = st.selectbox(
            "Sens", list(WAYS), format_func=WAYS.__getitem__, key=f"contrainte_sens_{programme.id}", width=120
        )
        typed = st.text_input(
            "Borne", key=f"contrainte_borne_{programme.id}", width=amounts.NARROW, placeholder="45 ou 500 000"
        )
        unit = st.selectbox(
            "En", list(UNITS), format_func=UNITS.__getitem__, key=f"contrainte_unite_{programme.id}", width=170
        )
        asked = st.button("Ajouter", icon=":material/add:", key=f"contrainte_ajout_{programme.id}")
    if asked:
        with messages.refusals():
            bound = _number(typed)
            given = {"part": bound / 100} if unit == "part" else {"montant": bound}
            new = groups.named(Constraint(champ, code, way, **given), known)
            put(programme, (*(c for c in constraints(programme) if not _same(c, new)), new))
            st.rerun()


def _same(one: Constraint, other: Constraint) -> bool:
    return (one.champ, one.valeur, one.sens) == (other.champ, other.valeur, other.sens)


def _number(typed: str) -> Decimal:
    try:
        return Decimal("".join(typed.replace("%", "").replace("€", "").split()).replace(",", "."))
    except InvalidOperation as error:
        raise ConstraintError(f"« {typed} » n'est pas un nombre : écrivez 45 ou 500 000.") from error


def _shown(programme: Programme, place: int, constraint: Constraint) -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        words = constraint.words()
        st.markdown(f":material/rule: {text.plain(words[0].upper() + words[1:])}", width="content")
        if st.button(
            "Retirer", key=f"contrainte_retrait_{programme.id}_{place}", help="Ôte cette contrainte.", type="tertiary"
        ):
            put(programme, tuple(c for c in constraints(programme) if c != constraint))
            st.rerun()


def _together(programme: Programme, unite: Unit) -> tuple[bool, bool]:
    """By action: in the order of the ranks, and whole dossiers."""
    if unite != "action":
        return False, False
    return (
        st.toggle(
            "Dans l'ordre des rangs",
            key=f"rangs_{programme.id}",
            persist_state="session",
            help="Une demande de rang 2 seulement avec celles que l'établissement place avant elle, si elles sont finançables.",
        ),
        st.toggle(
            "Dossier entier ou rien",
            key=f"entier_{programme.id}",
            persist_state="session",
            help="Toutes les demandes finançables d'un dossier, ou aucune.",
        ),
    )


def _in_part(programme: Programme) -> bool:
    return bool(st.session_state.get(f"partiel_{programme.id}", False))


def in_part(programme: Programme) -> None:
    """Whether an aid may be granted in part: beside the strategy, for it changes what the strategy does."""
    st.toggle(
        "Aide en partie",
        key=f"partiel_{programme.id}",
        persist_state="session",
        help="Une demande qui ne tient pas peut recevoir ce qui reste pour elle, au moins le plus petit montant.",
    )


def _supplement(programme: Programme) -> Supplement | None:
    own = programme.file.supplement
    assert own is not None
    st.caption(f"{text.plain(own.libelle)} : une seconde enveloppe, en plus de l'aide.")
    with st.container(horizontal=True, gap="medium"):
        envelope = amounts.field(
            "Seconde enveloppe (€)", f"supplement_enveloppe_{programme.id}", Decimal(0), "À part de la première."
        )
        each = amounts.field(
            "Par demande (€)",
            f"supplement_montant_{programme.id}",
            Decimal(0),
            "Ce que reçoit en plus chaque demande financée qui remplit la condition, dans l'ordre du classement.",
        )
    return Supplement(envelope, each) if envelope and each else None
