"""Property tests judge what is found, not how busy the machine is."""

from hypothesis import settings

settings.register_profile("sans_delai", deadline=None)
settings.load_profile("sans_delai")
