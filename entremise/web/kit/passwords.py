"""What no password may be made of: the words anybody would try first against this service."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from entremise.lib.text import normalise

# Listed in docs/operate/asvs.md (6.1.2); the name of the installation is added to them.
WORDS = (
    "entremise", "francetravail", "poleemploi", "capemploi", "missionlocale", "apec", "agence", "emploi", "conseiller",
    "conseillere", "bonjour", "soleil", "motdepasse", "password", "azerty", "qwerty", "admin", "chomage", "vivier",
    "competence",
)  # fmt: skip
MIN_OWN_LETTERS = 6


class NotAboutTheService:
    """Refuse a password that is hardly more than the words of the service and a number."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse what leaves almost nothing once those words, the digits and the marks are taken away."""
        typed = _letters(password)
        left = typed
        for word in sorted(filter(None, [*WORDS, _letters(settings.BRAND.name)]), key=len, reverse=True):
            left = left.replace(word, "")
        if left != typed and len(left) < MIN_OWN_LETTERS:
            raise ValidationError(self.get_help_text(), code="password_about_the_service")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return _("Ajoutez des mots à vous : le nom du service, un mot courant et un nombre se devinent trop vite.")


def _letters(text: str) -> str:
    return "".join(letter for letter in normalise(text) if letter.isalpha())
