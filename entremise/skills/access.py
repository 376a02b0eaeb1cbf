"""Who may change the referential, and who gets suggestions from it."""

from entremise.kernel import access
from entremise.kernel.actors import Role

access.register("skills.import", {Role.ADMIN})
access.register("skills.suggest", set(Role) - {Role.SYSTEM})
