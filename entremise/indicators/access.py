"""Who may read the figures of a territory."""

from entremise.kernel import access
from entremise.kernel.actors import LEADS, Role

access.register("indicators.view", LEADS | {Role.ADMIN})
