"""Properties are about answers, not about the speed of a busy machine."""

from hypothesis import settings

settings.register_profile("no_deadline", deadline=None)
settings.load_profile("no_deadline")
