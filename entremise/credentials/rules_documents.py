"""Decisions about documents with proofs: how long a CV can be checked, what a certificate of employment may say."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

CV_DAYS = 730  # a CV can be checked for two years after its last change
LINK_DAYS = 3_650  # the address printed on it outlives it, to say that it is over
MAX_CVS = 20
MAX_EXPERIENCES = 15
MAX_SKILLS = 40
MAX_AWARDS = 20
LONGEST_SUMMARY = 1_200
MAX_POSTS = 4
MAX_CERTIFIED_SKILLS = 15
LONGEST_TRAININGS = 600
EARLIEST = dt.date(1940, 1, 1)

# A certificate of employment says the dates and the posts (code du travail, art. L. 1234-19 and D. 1234-6). Anything
# else needs both to agree, and nothing that could harm the person may be in it: neither why the contract ended, nor
# what the employer thought of her. There is no field for that; this refuses what would be written in another one.
WHY_IT_ENDED = (
    r"licencie(?:e|s|es)?\b", r"licenciement (?:pour|economique)", r"demission\w*", r"rupture (?:conventionnelle|du)",
    r"fautes? (?:grave|lourde|simple)s?", r"abandon de poste", r"inaptitude", r"periode d.essai", r"mise a pied",
    r"fin de contrat", r"renvoye\w*", r"motif du? depart", r"quitte l.entreprise",
)  # fmt: skip
WHAT_WAS_THOUGHT = (
    r"avertissements?", r"sanctions? disciplinaires?", r"absences?", r"retards?", r"arrets? (?:de travail|maladie)",
    r"satisfaction", r"irreprochable\w*", r"excellente?s?", r"serieu(?:x|se)", r"ponctuel\w*", r"consciencieu\w+",
    r"mediocres?", r"insuffisant\w*", r"(?:bon|bonne|mauvais|mauvaise) element", r"comportement", r"incompetent\w*",
    r"nous (?:le |la )?(?:recommandons|regrettons)",
)  # fmt: skip
REFUSED = re.compile(rf"\b(?:{'|'.join((*WHY_IT_ENDED, *WHAT_WAS_THOUGHT))})\b")


@dataclass(frozen=True, slots=True)
class Post:
    """One job held in the establishment, with its dates."""

    title: str
    started_on: dt.date
    ended_on: dt.date


def post_of(kept: Mapping[str, str]) -> Post:
    """Return a post as the certificate's row keeps it."""
    started, ended = (dt.date.fromisoformat(kept[name]) for name in ("started_on", "ended_on"))
    return Post(kept["title"], started, ended)


def cv_until(changed_at: dt.datetime) -> dt.datetime:
    """Return until when a CV can be checked."""
    return changed_at + dt.timedelta(days=CV_DAYS)


def is_open(*, until: dt.datetime, stopped_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Tell whether a CV can be checked now."""
    return stopped_at is None and now < until


def word_to_leave_out(text: str) -> str:
    """Return the words of a text that have no place in a certificate of employment, or nothing."""
    spelt = unicodedata.normalize("NFC", text)
    found = REFUSED.search(_plain(spelt))
    return spelt[found.start() : found.end()] if found else ""


def _plain(text: str) -> str:
    """Return a text in small letters without accents, letter for letter as long as the first."""
    plain = [unicodedata.normalize("NFKD", letter)[:1].casefold()[:1] or letter for letter in text]
    return "".join(plain).replace("’", "'")


def period(posts: Sequence[Post]) -> tuple[dt.date, dt.date]:
    """Return the dates of entry and exit that the posts make."""
    return min(one.started_on for one in posts), max(one.ended_on for one in posts)


def wrong_date(post: Post, today: dt.date) -> str:
    """Return which rule the dates of a post break: `order`, `future`, `past`, or nothing."""
    if post.ended_on < post.started_on:
        return "order"
    if post.ended_on > today:
        return "future"  # it is given when the contract is over
    return "past" if post.started_on < EARLIEST else ""


def overlaps(first: tuple[dt.date, dt.date], second: tuple[dt.date, dt.date]) -> bool:
    """Tell whether two periods share a day."""
    return first[0] <= second[1] and second[0] <= first[1]


def names(text: str, person: str) -> bool:
    """Tell whether a text writes out the name of a person, whichever of its words comes first."""
    words = re.findall(r"[^\W_]+", _plain(unicodedata.normalize("NFC", person)))
    there = " ".join(re.findall(r"[^\W_]+", _plain(unicodedata.normalize("NFC", text))))
    orders = (words, [*words[1:], *words[:1]], [*words[-1:], *words[:-1]])
    return len(words) > 1 and any(f" {' '.join(order)} " in f" {there} " for order in orders)


def told_of_employment(
    *,
    employer: str,
    siret: str,
    posts: Sequence[Post],
    skills: Sequence[str],
    trainings: str,
    written_on: dt.date,
    is_on_behalf: bool = True,
) -> str:
    """Say in French what a certificate certifies and how we know: no name is in it, neither hers nor theirs."""
    entered, left = period(posts)
    jobs = " ; ".join(f"{one.title} du {_day(one.started_on)} au {_day(one.ended_on)}" for one in posts)
    said = [f"Emploi chez {employer} (SIRET {siret}) du {_day(entered)} au {_day(left)} : {jobs}."]
    if skills:
        said.append(f"Compétences exercées : {', '.join(skills)}.")
    if trainings:
        said.append(f"Formations suivies : {' ; '.join(filter(None, map(str.strip, trainings.splitlines())))}.")
    if is_on_behalf:
        said.append(
            f"Écrit le {_day(written_on)} par un conseiller au nom de l'employeur, d'après ce que l'employeur a écrit "
            "ou dit. L'employeur n'a pas de clé de signature : ce service signe ce qui lui a été dit."
        )
    else:
        said.append(
            f"Écrit le {_day(written_on)} par l'employeur lui-même, qui le signe de sa propre clé. Ce service garde "
            "cette clé pour lui."
        )
    return " ".join(said)


def _day(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"
