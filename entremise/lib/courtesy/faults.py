"""What the library returns."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with words written to somebody."""

    INSULT = "insult"  # « abruti », « dégagez », whatever hides it
    DISCRIMINATION_HINT = "discrimination_hint"  # « quelqu’un de plus jeune », « votre accent »
    CONTEMPT = "contempt"  # « CV pitoyable », « apprenez à écrire »
    THREAT = "threat"  # « vous allez le regretter »
    NONSENSE = "nonsense"  # « asdf », « ok ok ok ok »
    PERSONAL = "personal"  # health, age, origin or family of the person: « vos problèmes de dos »
    SHOUTING = "shouting"  # a sentence in capitals


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, and the stretch of the text it is in: `text[start:end]` is `quote`."""

    fault: Fault
    start: int
    end: int
    quote: str
