"""The base: the only place that knows where the data lies."""

from clact_model.store.base import Base, DiskFullError, Writing
from clact_model.store.connection import BaseBusyError, BaseDamagedError, BaseUnreadableError
from clact_model.store.journal import Change, Entry, author, entries
from clact_model.store.migrate import ForeignBaseError, NewerBaseError

__all__ = [
    "Base",
    "BaseBusyError",
    "BaseDamagedError",
    "BaseUnreadableError",
    "Change",
    "DiskFullError",
    "Entry",
    "ForeignBaseError",
    "NewerBaseError",
    "Writing",
    "author",
    "entries",
]
