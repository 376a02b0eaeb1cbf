"""Message to who has a passport in a wallet that is refused from now on."""

import dataclasses
from typing import Self

from django.utils.translation import gettext as _

from entremise.kernel.mail import Mail, absolute, message
from entremise.kernel.mail_families import Family


@message
@dataclasses.dataclass(frozen=True, kw_only=True)
class PassportToTakeAgain(Mail):
    """Tell that the passport in her wallet holds no more, and how to take the new one."""

    kind = "credentials.passport_to_take_again"
    family = Family.BADGES

    is_skill: bool  # a skill fell; else the key that signed was given up
    url: str

    @property
    def subject(self) -> str:
        """Say what to do, not what the wallet holds."""
        return _("Votre passeport de compétences est à reprendre")

    @classmethod
    def example(cls) -> Self:
        """Return an invented notice."""
        return cls(is_skill=True, url=absolute("/moi/portefeuille/"))
