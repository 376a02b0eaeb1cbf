"""Domains that imitate others: letters that look alike, a letter more or less, another ending, a hyphen, a word more.

Letters after Unicode TS 39 (confusables), reduced to those that a keyboard or a registry allows in a domain.
"""

import unicodedata
from enum import StrEnum

from rapidfuzz.distance import OSA

SHORTEST = 5  # letters: two names of four letters are one letter apart by chance
LONG = 10  # from here on, two letters may differ
# Endings under which a name is registered, that are two labels long.
_TWO_LABELS = frozenset({"asso.fr", "com.fr", "gouv.fr", "tm.fr", "nom.fr", "co.uk", "org.uk", "com.es", "co.nl"})
_LETTERS = str.maketrans(
    {
        # Cyrillic and Greek letters that are drawn as ours
        "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "һ": "h", "і": "i", "ј": "j", "к": "k", "ӏ": "l", "м": "m",
        "н": "h", "о": "o", "р": "p", "ԛ": "q", "г": "r", "ѕ": "s", "т": "t", "υ": "u", "ѵ": "v", "ԝ": "w", "х": "x",
        "у": "y", "α": "a", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "χ": "x", "γ": "y",
        "ı": "i", "ɑ": "a", "ɡ": "g", "ł": "l", "ø": "o", "đ": "d", "ß": "s",
        # figures that stand for letters
        "0": "o", "1": "l", "3": "e", "5": "s", "|": "l",
    }
)  # fmt: skip
_FOREIGN = {letter: ours for letter, ours in _LETTERS.items() if letter > 127}
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("nn", "m"))
# Words that a fraudster adds to a company's name, and companies sometimes do too.
_ADDED = frozenset(
    {
        "carriere", "carrieres", "candidature", "candidatures", "career", "careers", "contact", "emploi", "emplois",
        "embauche", "france", "fr", "group", "groupe", "hr", "interim", "job", "jobs", "recrute", "recrutement",
        "recruteur", "recruit", "recruitment", "rh", "service", "services", "talent", "talents", "paris", "officiel",
    }
)  # fmt: skip


class Likeness(StrEnum):
    """How one domain looks like another, without being it."""

    HOMOGRAPH = "homograph"  # the same to the eye
    LETTER = "letter"  # a letter more, less or changed
    ENDING = "ending"  # the same name under another ending
    HYPHEN = "hyphen"  # the same letters, cut otherwise
    ADDED = "added"  # the name and a word such as « recrutement »


def likeness(domain: str, real: str) -> Likeness | None:
    """Return how a domain looks like a real one, None when it is that one or looks otherwise."""
    seen, known = readable(domain), readable(real)
    if not seen or not known or seen == known or seen.endswith(f".{known}"):
        return None
    (name, ending), (known_name, known_ending) = split(seen), split(known)
    if name == known_name:
        return Likeness.ENDING if ending != known_ending else None
    if _is_drawn_alike(name, known_name):
        return Likeness.HOMOGRAPH
    if name.replace("-", "") == known_name.replace("-", ""):
        return Likeness.HYPHEN
    if _has_added(name, known_name) or seen.startswith(f"{known_name}."):
        return Likeness.ADDED
    return Likeness.LETTER if _is_near(name, known_name) else None


def readable(domain: str) -> str:
    """Return a domain as a reader sees it: no case, its Unicode form, no `www`."""
    text = unicodedata.normalize("NFKC", domain).strip().strip(".").casefold().removeprefix("www.")
    labels = []
    for label in text.split("."):
        try:
            labels.append(label.encode().decode("idna") if label.startswith("xn--") else label)
        except UnicodeError:
            labels.append(label)
    return ".".join(labels)


def split(domain: str) -> tuple[str, str]:
    """Return the name that was registered and its ending."""
    labels = domain.split(".")
    if len(labels) < 2:
        return domain, ""
    size = 2 if len(labels) > 2 and ".".join(labels[-2:]) in _TWO_LABELS else 1
    return labels[-size - 1], ".".join(labels[-size:])


def in_our_letters(text: str) -> str:
    """Return a text in small letters, those of other alphabets that are drawn as ours being ours; figures stay."""
    return text.casefold().translate(_FOREIGN)


def skeleton(name: str) -> str:
    """Return what the eye keeps of a name: accents, look-alike letters and figures brought to plain letters."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_LETTERS)
    for pair, letter in _PAIRS:
        plain = plain.replace(pair, letter)
    return plain.replace("l", "i")


def _is_drawn_alike(name: str, known: str) -> bool:
    return len(known) >= SHORTEST - 1 and skeleton(name) == skeleton(known)


def _has_added(name: str, known: str) -> bool:
    if len(known) < SHORTEST - 1 or known not in name:
        return False
    words = set(name.replace(known, "-").split("-")) - {""}
    return bool(words) and words <= _ADDED


def _is_near(name: str, known: str) -> bool:
    if min(len(name), len(known)) < SHORTEST:
        return False
    allowed = 2 if min(len(name), len(known)) >= LONG else 1
    return OSA.distance(name, known, score_cutoff=allowed) <= allowed
