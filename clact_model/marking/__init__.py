"""A file handed over and what is to be said of its cells → a workbook with the cells marked and a sheet that lists it all.

Nothing here knows where the remarks come from.
"""

from clact_model.marking.marked import marked, only_list
from clact_model.marking.note import Note

__all__ = ["Note", "marked", "only_list"]
