"""What the cells of the referentials mean, and when two labels name the same thing."""

import re

from entremise.lib.text import normalise
from entremise.skills.enums import MobilityKind, SkillKind, Weight

ROME_CODE = re.compile(r"[A-N]\d{4}")
# ROME v460 says of a fifth of its lines that the skill is at the core or emerging; the others are part of the job.
_WEIGHTS = {"Principale": Weight.CORE, "Émergente": Weight.POSSIBLE}
CLOSE_MOBILITIES = 5  # ROME v460 gives a rank and no nature: every occupation has at least six, the nearest first
# French labels of ESCO: a competence starts with an infinitive, knowledge with a noun (right for 99.7 % of ESCO 1.0).
_NOUN = r"(?:\w*(?:oire|[td]ure|[^fstr]aire|ère)|laser|cuir|papier|mer|hiver)\b"
_INFINITIVE = re.compile(rf"(?!{_NOUN})(?:s['’]|se )?\w+(?:er|ir|re|oir)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s")
_HINT_LENGTH = 140


def tidied(text: str) -> str:
    """Return a cell without the quotes doubled by the export of ROME and without needless spaces."""
    return " ".join(text.replace("''", "'").split())


def is_rome_code(text: str) -> bool:
    """Tell whether this is written as a ROME code."""
    return bool(ROME_CODE.fullmatch(text))


def same_label(text: str) -> str:
    """Return what two labels that name the same thing have in common, case and accents aside."""
    return normalise(text).rstrip(" .")


def gendered_forms(label: str) -> frozenset[str]:
    """Return the masculine and the feminine of a job title: "Vendeur / Vendeuse en fleurs" names two whole titles.

    Both writings are read: the end given once (ROME) or on each side of the slash (ESCO).
    """
    left, slash, right = (part.strip() for part in label.partition("/"))
    if not slash or not left or not right:
        return frozenset({same_label(label)})
    end = right.split()[len(left.split()) :]
    return frozenset({same_label(" ".join([left, *end])), same_label(right)})


def displayed_pair(label: str) -> str:
    """Return an ESCO label as the other titles are written: a capital on each side of a spaced slash."""
    return " / ".join(capitalised(part.strip()) for part in label.split("/") if part.strip())


def capitalised(label: str) -> str:
    """Return the label with a capital first letter; the rest is untouched (acronyms)."""
    return label[:1].upper() + label[1:]


def weight_of(core: str) -> Weight:
    """Return how much an occupation needs a skill, from the column "coeur_metier" of ROME."""
    return _WEIGHTS.get(core, Weight.USUAL)


def mobility_kind(rank: int) -> MobilityKind:
    """Return how near an occupation is, from its rank among the mobilities of ROME."""
    return MobilityKind.CLOSE if rank <= CLOSE_MOBILITIES else MobilityKind.POSSIBLE


def rome_kind(category: str) -> SkillKind:
    """Return the kind of a ROME competence, from its category."""
    return SkillKind.SOFT_SKILL if category.startswith("Savoir-être") else SkillKind.KNOW_HOW


def esco_kind(label: str) -> SkillKind:
    """Return the kind of an ESCO skill whose type is not given, from how its French label begins."""
    return SkillKind.KNOW_HOW if _INFINITIVE.match(label) else SkillKind.KNOWLEDGE


def badge_family(kind: str) -> str:
    """Return the shape of the badge of an official skill: only soft skills say it by themselves."""
    return "people" if kind == SkillKind.SOFT_SKILL else ""


def in_brief(definition: str) -> str:
    """Return the first sentence of a definition, cut between two words when it is long."""
    sentence = _SENTENCE_END.split(definition.strip(), maxsplit=1)[0]
    if len(sentence) <= _HINT_LENGTH:
        return sentence
    return sentence[:_HINT_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:(") + "…"
