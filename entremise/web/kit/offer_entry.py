"""Writing an offer on one page, by an adviser or a recruiter: its skills come with the job, its words are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.http import QueryDict

from entremise.kernel.actors import Actor
from entremise.offers import queries, rules
from entremise.offers.enums import Need
from entremise.offers.models import Offer
from entremise.passport.queries import known_skills
from entremise.skills import queries as skills
from entremise.skills.models import JobTitle, Occupation
from entremise.web.kit import offer_skills, picking
from entremise.web.kit.offer_terms import TermsForm
from entremise.web.kit.offer_writing import Telling, tell
from entremise.web.kit.picking import PickingForm
from entremise.web.kit.typed import identifier

ADD, CHECK = "add_skill", "check"
STEPS = {"propose", ADD}
SEVERAL = ("schedules", "licences", "languages", "benefits")
LONGEST_SKILL = 200
SKILLS_PART, TELLING_PART = "web/adviser/_offer_skills.html", "web/_offer_telling.html"


class EntryForm(TermsForm, PickingForm):
    """The form of an offer, whoever writes it."""

    offer: Offer | None


AnyForm = TypeVar("AnyForm", bound=EntryForm)


@dataclass(frozen=True, slots=True)
class Entry:
    """What comes with the form: the skills asked, the occupation, and what the button pressed wants."""

    needs: Mapping[UUID, int] = field(default_factory=dict)
    occupation: Occupation | None = None
    step: str = ""
    telling: Telling | None = None

    @property
    def is_unfinished(self) -> bool:
        """Tell whether something is only to be shown, and nothing kept."""
        return self.telling is not None or self.step in STEPS

    @property
    def part(self) -> str:
        """Return what changes in the page, when it is not all of it."""
        if self.telling is not None:
            return TELLING_PART
        return SKILLS_PART if self.step in STEPS else ""


def opened(offer: Offer | None) -> Entry:
    """Return what comes with a form just opened."""
    if offer is None:
        return Entry()
    return Entry({row.skill_id: row.need for row in queries.skills_asked(offer)}, offer.occupation)


def posted_entry(posted: QueryDict, offer: Offer | None, *, actor: Actor, channel: str) -> Entry:
    """Read what comes with a form that was sent."""
    needs, job, step = offer_skills.posted_needs(posted), job_of(posted), posted.get("step", "")
    occupation = job.occupation if job else offer.occupation if offer else None
    if step == CHECK:
        telling = tell(posted, needs, occupation=occupation, actor=actor, channel=channel)
        return Entry(needs, occupation, step, telling)
    added = _typed_skill(posted) if step == ADD else None
    if added is not None:
        needs = {**needs, added: needs.get(added, Need.ASKED)}
    return Entry(needs, occupation, step)


def half_filled(kind: type[AnyForm], posted: QueryDict, **facts: Any) -> AnyForm:
    """Return the form with what is filled so far, not judged yet."""
    told: dict[str, Any] = {
        name: posted.getlist(name) if name in SEVERAL else posted.get(name, "") for name in kind.base_fields
    }
    form = kind(initial=told, **facts)
    if told["title"].strip() and job_of(posted) is None:
        form.offer_choices("title", picking.job_title(told["title"].strip()[: rules.LONGEST_TITLE]).options)
    return form


def entry_context(form: EntryForm, entry: Entry, posted: QueryDict) -> dict[str, Any]:
    """Return what the page shows."""
    typed = posted.get("skill", "").strip()[:LONGEST_SKILL] if entry.step == ADD else ""
    if entry.step == ADD:
        form.initial.update(skill="", skill_id="")
    return {
        "form": form,
        "telling": entry.telling,
        "offer": form.offer,
        "rows": offer_skills.rows(entry.needs, entry.occupation),
        "needs": Need.choices,
        "job": "" if entry.occupation else posted.get("title", "").strip(),
        "unknown": typed if typed and _typed_skill(posted) is None else "",
    }


def job_of(posted: QueryDict) -> JobTitle | None:
    """Return the job title that the form means so far, when there is only one."""
    for name in ("title_id", "title_choice"):
        if (known := picking.job_title_by_id(posted.get(name, ""))) is not None:
            return known  # type: ignore[no-any-return]  # picked by its identifier
    typed = posted.get("title", "").strip()[: rules.LONGEST_TITLE]
    return picking.job_title(typed).thing if typed else None


def _typed_skill(posted: QueryDict) -> UUID | None:
    """Return the skill being added: the suggestion chosen, else the one that fits best what was typed."""
    chosen = identifier(posted.get("skill_id", ""))
    if chosen is None:
        typed = posted.get("skill", "").strip()[:LONGEST_SKILL]
        first = next(iter(skills.suggest_skills(typed, limit=1)), None) if typed else None
        return UUID(first.id) if first else None
    return chosen if known_skills([chosen]) else None
