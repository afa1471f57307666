"""The platform read directly, over the network: its pages become files, which are imported as any other."""

from clact_model.platform_api.access import TOKEN, configured
from clact_model.platform_api.client import Client, PlatformError
from clact_model.platform_api.moments import last_complete
from clact_model.platform_api.pages import read_demarche

__all__ = ["TOKEN", "Client", "PlatformError", "configured", "last_complete", "read_demarche"]
