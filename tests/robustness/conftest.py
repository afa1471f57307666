"""Property tests judge what is found, not how busy the machine is: neither while trying, nor while drawing."""

from hypothesis import HealthCheck, settings

settings.register_profile("machine_occupee", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("machine_occupee")
