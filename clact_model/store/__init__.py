"""The base: the only place that knows where the data lies."""

from clact_model.store.base import Base, BaseBusyError, BaseUnreadableError, Writing
from clact_model.store.journal import Change, Entry, author, entries
from clact_model.store.migrate import ForeignBaseError, NewerBaseError

__all__ = [
    "Base",
    "BaseBusyError",
    "BaseUnreadableError",
    "Change",
    "Entry",
    "ForeignBaseError",
    "NewerBaseError",
    "Writing",
    "author",
    "entries",
]
