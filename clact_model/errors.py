"""The one family of errors meant for the person in front of the screen."""


class ClactError(Exception):
    """An error the user can act on: ``str(error)`` is one French sentence that names the place and the remedy."""


class UsageError(ClactError):
    """The request itself is wrong (unknown programme, missing envelope…): exit status 2 on the command line."""
