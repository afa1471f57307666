"""What a call holds an aided establishment to, and until when: the deadlines of its file, and what becomes of money not used."""

from typing import Literal

from pydantic import Field, model_validator

from clact_model.programme.parts import DayOfYear, Part, Quotes

DeadlineNature = Literal["demarrage", "duree", "consommation", "bilan", "evaluation"]
Event = Literal["accord", "convention", "debut", "fin"]
"""What months are counted from: the notification, the signature, the first and the last day of the action."""


class _Founded(Part):
    """What rests on the words of the call, or is said to be a reading of ours."""

    libelle: str
    citation: Quotes = ()
    interpretation: str | None = None

    @model_validator(mode="after")
    def _rests_on_something(self) -> "_Founded":
        if not self.citation and not self.interpretation:
            raise ValueError(f"« {self.libelle} » n'a ni citation ni interprétation")
        return self


class Deadline(_Founded):
    """One thing due, and its day, said in one of three ways.

    ``le``: a parameter of type date, ``"$nom"``. ``mois`` with ``apres``: months counted from an event. ``chaque_annee``: a
    day of each year; for ``evaluation``, the first such day from the end of the actions.
    """

    nature: DeadlineNature
    le: str | None = Field(default=None, pattern=r"^\$[a-z0-9_]+$")
    mois: int | None = Field(default=None, ge=1, le=120)
    apres: Event | None = None
    chaque_annee: DayOfYear | None = None

    @model_validator(mode="after")
    def _said_once(self) -> "Deadline":
        if (self.mois is None) != (self.apres is None):
            raise ValueError(f"échéance « {self.nature} » : « mois » et « apres » vont ensemble")
        if sum(way is not None for way in (self.le, self.mois, self.chaque_annee)) != 1:
            raise ValueError(
                f"échéance « {self.nature} » : donnez « le », ou « mois » et « apres », ou « chaque_annee », l'un des trois"
            )
        if self.nature == "bilan" and self.chaque_annee is None:
            raise ValueError("échéance « bilan » : un bilan est dû « chaque_annee »")
        if self.chaque_annee is not None and self.nature not in ("bilan", "evaluation"):
            raise ValueError(f"échéance « {self.nature} » : « chaque_annee » ne va qu'au bilan et à l'évaluation")
        return self

    @property
    def parameter(self) -> str | None:
        """The name of the parameter that holds the day; None when it is said otherwise."""
        return self.le.removeprefix("$") if self.le else None


class Cancellation(_Founded):
    """What a cancelled action costs: the whole of its aid, or what was not consumed."""

    rend: Literal["tout", "non_consomme"]


class Recovery(_Founded):
    """How money is recovered: set against the next notification of credits, or paid back."""

    par: Literal["compensation", "reversement"]


class Control(Part):
    """All that the file says of the follow-up that has a day or an amount."""

    echeance: tuple[Deadline, ...] = ()
    annulation: Cancellation | None = None
    recuperation: Recovery | None = None

    @model_validator(mode="after")
    def _one_of_each_nature(self) -> "Control":
        natures = [deadline.nature for deadline in self.echeance]
        for nature in sorted({n for n in natures if natures.count(n) > 1}):
            raise ValueError(f"l'échéance « {nature} » est donnée deux fois")
        return self

    def deadline(self, nature: DeadlineNature) -> Deadline | None:
        """The deadline of that nature; None when the call sets none."""
        return next((deadline for deadline in self.echeance if deadline.nature == nature), None)

    @property
    def parts(self) -> tuple[Deadline | Cancellation | Recovery, ...]:
        """All that is said, in the order of the file."""
        own = (self.annulation, self.recuperation)
        return (*self.echeance, *(part for part in own if part is not None))
