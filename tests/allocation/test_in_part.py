"""Grants in part where dossiers count on several axes: every cent of a share is rounded, and every bound still holds."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from clact_model.allocation import ConflictError, Constraint, Line
from tests.allocation.builders import allocate, codes, euros, line


@st.composite
def lines_on_axes(draw: st.DrawFn) -> list[Line]:
    """Fundable lines of two statutes, part of whose aid is on one axis, the rest on the other or on none."""
    found = []
    for place in range(1, draw(st.integers(2, 7)) + 1):
        aid = draw(st.integers(100, 9_999))
        first = draw(st.integers(0, aid))
        shares = {("axe", "axe_1"): first, ("axe", "axe_2"): draw(st.integers(0, aid - first))}
        found.append(
            line(
                f"D{place}",
                str(Decimal(aid) / 100),
                place,
                score=Decimal(draw(st.integers(1, 100))),
                payroll=Decimal(draw(st.integers(1, 900))),
                groups={"statut": draw(st.sampled_from(["public", "prive"]))},
                shares={group: cents for group, cents in shares.items() if cents},
            )
        )
    return found


@settings(max_examples=150)
@given(lines_on_axes(), euros(300), euros(60), euros(60), euros(120), codes)
def test_bounds_on_axes_and_statutes_hold_to_the_cent(lines, enveloppe, most, more, least, strategie):
    asked = (
        Constraint("axe", "axe_1", "max", montant=most),
        Constraint("axe", "axe_2", "max", montant=more),
        Constraint("statut", "public", "min", montant=least),
    )
    try:
        result = allocate(lines, str(enveloppe), strategie, partiel=True, seuil=Decimal(0), contraintes=asked)
    except ConflictError:
        return
    assert result.granted <= enveloppe
    aids = {own.key: own for own in lines}
    public = sum(outcome.granted for outcome in result.funded if outcome.line.groups["statut"] == "public")
    assert public >= least
    for axis, ceiling in (("axe_1", most), ("axe_2", more)):
        counted = sum(
            o.granted * aids[o.line.key].shares.get(("axe", axis), 0) / aids[o.line.key].limit for o in result.funded
        )
        assert counted <= ceiling
