"""What no password may be made of: the words and the keys anybody would try first."""

from itertools import pairwise
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
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
# Rows of keyboards, the alphabet, the digits: neighbours there are one key to a finger.
ROWS = ("1234567890", "azertyuiopqsdfghjklmwxcvbn", "qwertyuiopasdfghjklzxcvbnm", "abcdefghijklmnopqrstuvwxyz")
NEIGHBOURS = frozenset(pair for row in ROWS for pair in (*pairwise(row), *pairwise(reversed(row))))
MOST_NEIGHBOURS = 0.6  # of the pairs of keys; sentences have about one in twenty


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


class NotKnownToEverybody:
    """Refuse a known password behind a few digits or written twice, and keys pressed side by side."""

    def __init__(self) -> None:
        self.known = CommonPasswordValidator().passwords

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse what lists of stolen passwords and their usual variants hold."""
        if self._is_known(password.casefold()) or _is_walk(password.casefold()):
            raise ValidationError(self.get_help_text(), code="password_known_to_everybody")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return _("Ce mot de passe se devine trop vite. Une phrase de quatre ou cinq mots est facile à retenir.")

    def _is_known(self, typed: str) -> bool:
        half = typed[: len(typed) // 2]
        bare = typed.strip("0123456789 !?.,;:-_@#$%&*+=/()")
        return bare in self.known or (typed == half * 2 and half in self.known)


def _is_walk(typed: str) -> bool:
    pairs = list(pairwise(typed))
    near = sum(first == second or (first, second) in NEIGHBOURS for first, second in pairs)
    return bool(pairs) and near / len(pairs) > MOST_NEIGHBOURS


def _letters(text: str) -> str:
    return "".join(letter for letter in normalise(text) if letter.isalpha())
