"""Where the platform is, and the token that opens it: from the environment, never written down, never shown."""

import os
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from clact_model.errors import UsageError

TOKEN, ADDRESS = "CLACT_JETON_DS", "CLACT_DS_URL"
_PLATFORM = "https://demarche.numerique.gouv.fr/api/v2/graphql"
_LOCAL = ("localhost", "127.0.0.1", "::1")
_ONE_WORD = re.compile(r"[!-~]+")


@dataclass(frozen=True)
class Access:
    """The address of the service, and the token."""

    address: str
    token: str = field(repr=False)

    @property
    def local(self) -> bool:
        """True for this very computer."""
        return urlsplit(self.address).hostname in _LOCAL


def configured() -> bool:
    """True when a token is there."""
    return bool(os.environ.get(TOKEN, "").strip())


def from_environment() -> Access:
    """The access that the environment gives. Raises UsageError without a token, or for an address that is not safe."""
    token = os.environ.get(TOKEN, "").strip()
    if not token:
        raise UsageError(
            f"Le jeton de la plateforme manque : créez-le dans votre profil sur la plateforme, posez-le dans la variable {TOKEN}, "
            "puis recommencez."
        )
    if not _ONE_WORD.fullmatch(token):
        raise UsageError(
            f"Le jeton de la variable {TOKEN} contient des espaces, des sauts de ligne ou des accents : copiez-le de nouveau."
        )
    access = Access(os.environ.get(ADDRESS, "").strip() or _PLATFORM, token)
    if not _safe(access):
        raise UsageError(
            f"L'adresse de la variable {ADDRESS} n'est pas en https : le jeton y passerait en clair. Corrigez-la, ou retirez-la."
        )
    return access


def _safe(access: Access) -> bool:
    try:
        parts = urlsplit(access.address)
    except ValueError:
        return False
    plain = parts.username is None and bool(parts.hostname)
    return plain and (parts.scheme == "https" or (parts.scheme == "http" and access.local))
