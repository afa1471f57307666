"""How much a call gives: the assiette, the ceilings, the common rate, the supplement."""

from pydantic import Field

from clact_model.programme.parts import Part, Quotes


class Amount(Part):
    """An amount, where ``si`` holds."""

    montant: str
    si: str | None = None
    libelle: str = ""
    regle: str | None = None


RATE = "assiette * ${}"
"""How a ceiling that is a share of the assiette is written."""


class CommonRate(Part):
    """The parameter that is the rate of the aid: what a simulation may solve so that one rate uses the envelope."""

    parametre: str
    au_dela: bool = False
    """Whether the call lets the agency go above the rate that it states."""
    citation: Quotes = ()
    interpretation: str | None = None


class Supplement(Part):
    """What may be granted on top of the aid, from an envelope of its own, to the lines where ``condition`` holds."""

    libelle: str
    condition: str
    citation: Quotes = ()
    interpretation: str | None = None


class Aid(Part):
    """How the aid of a line is computed: its assiette, and the ceilings of which the smallest holds."""

    libelle: str
    assiette: tuple[Amount, ...] = Field(min_length=1)
    plafond: tuple[Amount, ...] = Field(min_length=1)
    taux_commun: CommonRate | None = None
    citation: Quotes = ()
    interpretation: str | None = None
