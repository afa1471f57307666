"""Files of a few dossiers, each said in one line, taken into a base by the ordinary import."""

from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import strategies as st

from clact_model import intake
from clact_model.programme import Programme
from clact_model.store import Base
from tests.intake import builders

DOSSIERS = ("Numéro de dossier", "Raison sociale", "N° FINESS", "Courriel du contact", "RIB", "État du dossier")
ACTIONS = ("Numéro de dossier", "Intitulé de l'action", "Montant demandé à l'ARS", "Action déjà financée")


@dataclass(frozen=True)
class Sent:
    """What a file says of one dossier: its fields, and the amount of each of its lines."""

    raison_sociale: str = "CH A"
    rib: str | None = "Oui"
    courriel: str | None = None
    montants: tuple[int, ...] = (1000,)
    etat: str | None = None
    deja_financee: str | None = None


def files(sent: Mapping[str, Sent], *, dossiers: bool = True, lines: bool = True) -> list[intake.UploadedFile]:
    """Two csv files, dossiers and lines, or only one of them. Numbers of dossiers: ``D1`` to ``D5``."""
    found = []
    if dossiers:
        rows = [
            [n, s.raison_sociale, builders.FINESS[int(n[1:]) - 1], s.courriel, s.rib, s.etat] for n, s in sent.items()
        ]
        found.append(builders.upload(builders.csv_text([DOSSIERS, *rows]).encode(), "dossiers.csv"))
    if lines:
        rows = [
            [n, f"Action {i}", m, s.deja_financee] for n, s in sent.items() for i, m in enumerate(s.montants, start=1)
        ]
        found.append(builders.upload(builders.csv_text([ACTIONS, *rows]).encode(), "lignes.csv"))
    return found


def take_in(base: Base, programme: Programme, given_files: list[intake.UploadedFile]) -> str:
    """Import, whatever is asked; gives the id of the import."""
    report = intake.preview(base, programme, given_files, partial=True)
    intake.write(base, programme, report, accept=True)
    row = base.cursor().execute("SELECT id FROM importation ORDER BY quand DESC LIMIT 1").fetchone()
    assert row is not None
    return str(row[0])


Import = tuple[dict[str, Sent], dict[str, bool]]
IMPORT = st.tuples(
    st.dictionaries(
        st.sampled_from(["D1", "D2", "D3", "D4"]),
        st.builds(
            Sent,
            st.sampled_from(["CH A", "CH B"]),
            st.sampled_from(["Oui", "Non", None]),
            st.sampled_from(["a@exemple.fr", "b@exemple.fr", None]),
            st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple),
        ),
        min_size=1,
    ),
    st.sampled_from([{}, {"lines": False}, {"dossiers": False}]),
)
"""Any import of a few dossiers: what is sent, and which of the two files."""
