"""Everything the page of a profile shows, and who it shows it to."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from entremise.kernel import access, clock
from entremise.kernel.actors import ADVISERS, Actor
from entremise.passport import queries as passport
from entremise.passport.models import Experience, HeldSkill
from entremise.passport.rules_card import months_between
from entremise.people import queries as people
from entremise.people.access import follows
from entremise.people.enums import RevealPurpose
from entremise.people.models import Person, Wish
from entremise.people.rules import is_in_portfolio
from entremise.promotions import queries as promotions
from entremise.promotions.models import Promotion


class ProfileUnknown(Exception):
    """No profile of the actor's territory has this identifier; `reason` is a sentence for the user."""

    def __init__(self) -> None:
        self.reason = _("Ce profil n'existe pas, ou relève d'un autre territoire que le vôtre.")
        super().__init__(self.reason)


@dataclass(frozen=True, slots=True)
class Past:
    """An experience as an adviser sees it before the identity: what and how long, not where."""

    experience: Experience
    months: int


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """What a professional sees of a person, without the name."""

    person: Person
    wishes: list[Wish]
    pasts: list[Past]
    proofs: list[passport.Proof]
    said: list[HeldSkill]
    promotions: list[Promotion]
    consent: str  # a visibility, empty without consent
    consent_since: dt.datetime | None
    is_followed: bool
    is_fresh: bool
    is_available: bool
    may_reveal: bool

    @property
    def purposes(self) -> list[RevealPurpose]:
        """Return the purposes for which the identity may be asked now, the usual one first."""
        if not self.may_reveal:
            return []
        shared = [RevealPurpose.PROMOTION, RevealPurpose.OFFER] if self.consent else []
        return [*shared, RevealPurpose.APPOINTMENT, *([RevealPurpose.PORTFOLIO] if self.is_followed else [])]


def profile_file(pk: UUID, actor: Actor) -> ProfileFile:
    """Return everything the page of a profile shows; the caller journals the look."""
    person = person_to_show(pk, actor)
    held = passport.shown_skills(person)
    proofs = [proof for one in held if (proof := passport.best_proof(one))]
    today = clock.today()
    link = follows(actor, referent_id=person.referent_id, agency_id=person.agency_id)
    shared = vars(person)
    return ProfileFile(
        person=person,
        wishes=people.wishes(person),
        pasts=[_past(one, today) for one in passport.experiences(person)],
        proofs=proofs,
        said=[one for one in held if not one.assurance],
        promotions=list(promotions.of_person(person, actor)),
        consent=shared["shared"] or "",
        consent_since=shared["shared_at"],
        is_followed=is_in_portfolio(**link),
        is_fresh=people.is_fresh(person, today),
        is_available=person.available_on is not None and person.available_on <= today,
        may_reveal=actor.has(*ADVISERS),
    )


def person_to_show(pk: UUID, actor: Actor) -> Person:
    """Return a person the actor may look at, with the consent in force, or refuse with a sentence."""
    given = people.promotion_consents().filter(person=OuterRef("pk"))
    rows = Person.objects.visible_to(actor).annotate(
        shared=Subquery(given.values("visibility")[:1]), shared_at=Subquery(given.values("given_at")[:1])
    )
    person = rows.select_related("commune", "department", "agency", "referent").filter(pk=pk).first()
    if person is None:
        raise ProfileUnknown
    access.require("desk.open_profile", actor, person)
    return person


def _past(experience: Experience, today: dt.date) -> Past:
    return Past(experience, months_between(experience.started_on, experience.ended_on or today))
