"""How a call pays, as its file says it: at once, in parts that each wait for something, year by year, or on proof."""

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from clact_model.programme.parts import DayOfYear, Part, Quotes

Mode = Literal["unique", "tranches", "par_annee", "sur_justificatif"]
OF_ONE_MODE: Mapping[str, Mode] = {"tranches": "tranches", "recus_jusqu_au": "sur_justificatif"}
"""Key → the one mode that has it."""


class Instalment(Part):
    """A share of the aid and what it waits for: the signature, or the report of a year counted from that of the signature."""

    DECIMALS: ClassVar[int] = 6

    libelle: str
    part: Decimal = Field(gt=0, le=1, decimal_places=DECIMALS)
    a: Literal["signature", "bilan"]
    annee: int | None = Field(default=None, ge=1, le=10)

    @model_validator(mode="after")
    def _year_of_its_report(self) -> "Instalment":
        if (self.a == "bilan") != (self.annee is not None):
            raise ValueError(f'tranche « {self.libelle} » : « annee » va avec « a = "bilan" », et avec lui seul')
        return self


class Payment(Part):
    """How the aid is paid.

    ``recus_jusqu_au``: last day of a year on which proofs received are paid on that same year; None when the call gives no such
    day, and a proof is paid when it comes.
    """

    libelle: str
    mode: Mode
    tranches: tuple[Instalment, ...] = ()
    recus_jusqu_au: DayOfYear | None = None
    citation: Quotes = ()
    interpretation: str | None = None

    @model_validator(mode="after")
    def _keys_of_its_mode(self) -> "Payment":
        for key, mode in OF_ONE_MODE.items():
            if getattr(self, key) and self.mode != mode:
                raise ValueError(f"« {key} » ne va qu'avec le mode « {mode} », et non « {self.mode} »")
        if self.mode == "tranches" and not self.tranches:
            raise ValueError("le mode « tranches » demande « tranches »")
        return self

    @model_validator(mode="after")
    def _shares_add_up(self) -> "Payment":
        if self.tranches and sum(t.part for t in self.tranches) != 1:
            raise ValueError("les parts des tranches ne font pas 1")
        return self
