"""Who may change the reference tables; reading them is open to all."""

from entremise.kernel import access
from entremise.kernel.actors import Role

access.register("territories.import", {Role.ADMIN})
access.register("territories.suggest", set(Role) - {Role.SYSTEM})
