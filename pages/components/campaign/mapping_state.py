"""What a person is saying of the files on the import screen: kept while these files are there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from clact_model.intake import Correspondence, UploadedFile

_KEY = "import_correspondance"


@dataclass(frozen=True)
class Said:
    """Corrections of titles and values, and of what the files were taken for."""

    files: tuple[str, ...] = ()
    """SHA-256 of the files that it is about."""
    correspondence: Correspondence | None = None
    """None: nothing was said, a saved correspondence may apply."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of a file → code of its kind."""

    @property
    def key(self) -> tuple[object, ...]:
        """What a preview depends on."""
        said = self.correspondence
        return (said.nom, said.as_json()) if said else (), tuple(sorted(self.kinds.items()))


def of(files: Sequence[UploadedFile]) -> Said:
    """What was said of these very files; nothing yet for others."""
    prints = tuple(file.sha256 for file in files)
    kept: Said | None = st.session_state.get(_KEY)
    return kept if kept is not None and kept.files == prints else Said(prints)


def keep(said: Said) -> None:
    """Keep what was just said, and read the files again."""
    st.session_state[_KEY] = said
    st.rerun()


def corrected(said: Said, correspondence: Correspondence) -> Said:
    """What was said, with other corrections: they are of these files until they are saved under a name."""
    return replace(said, correspondence=correspondence)
