"""Applications for the tests, made by the product's own actions: `recruitment()` has an offer, a recruiter, people."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from entremise.employers.models_spaces import RecruiterSpace
from entremise.kernel import links
from entremise.kernel.actors import Actor, link_actor
from entremise.kernel.models import MailLink
from entremise.offers.models import Offer
from entremise.people.models import Person
from entremise.reciprok import actions, actions_apply, queries
from entremise.reciprok.enums import ApplicationOrigin, Part
from entremise.reciprok.links import INBOX
from entremise.reciprok.models import Application, Inbox
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.employers import EstablishmentFactory
from tests.factories.offers import OfferFactory
from tests.factories.people import PersonFactory, owner
from tests.factories.spaces import RecruiterSpaceFactory

MONDAY = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)  # ten o'clock in Valence
WHY = "a test's row"
PARTS = (Part.IDENTITY, Part.EXPERIENCES, Part.SAID_SKILLS, Part.WISHES)


@dataclass
class Recruitment:
    """A certified space in Valence with an open offer, its recruiter, and the agency's adviser."""

    space: RecruiterSpace
    offer: Offer
    recruiter: Actor
    adviser: Actor

    def someone(self, **facts: Any) -> Person:
        """Return a jobseeker of the territory with an account, a name and a consent."""
        return PersonFactory(**{"consenting": "named", "agency": self.offer.agency, **facts})

    def apply(self, person: Person | None = None, **facts: Any) -> Application:
        """Send the application of somebody to the offer."""
        who = person or self.someone()
        told = {"offer": self.offer, "establishment": self.offer.establishment, "parts": PARTS, **facts}
        actor = told.pop("actor", None) or owner(who)
        made: Application = actions_apply.apply(who, actor=actor, **told)
        return fresh(made)

    def apply_with_adviser(self, person: Person | None = None, **facts: Any) -> Application:
        """Send the application of somebody with the adviser beside."""
        return self.apply(person, actor=self.adviser, origin=ApplicationOrigin.ADVISER, **facts)

    def read(self, application: Application) -> Application:
        """Let the recruiter open an application."""
        return fresh(actions.read(application, actor=self.recruiter))

    def refuse(self, application: Application, **facts: Any) -> Application:
        """Let the recruiter refuse somebody, card in hand."""
        told = {"reason": "other_kept", "has_seen": True, **facts}
        return fresh(actions.refuse(application, actor=self.recruiter, **told))

    def favour(self, application: Application, **facts: Any) -> Application:
        """Let the recruiter say yes."""
        return fresh(actions.favour(application, actor=self.recruiter, **{"step": "call", **facts}))

    @property
    def inbox(self) -> Inbox:
        """Return the offer's inbox, once somebody applied."""
        return queries.whole_inbox(Inbox.objects.unscoped(WHY)).get(offer=self.offer)

    @property
    def link(self) -> MailLink:
        """Return the link that the recruiter received."""
        found = links.current(INBOX, self.inbox.pk)
        assert found is not None
        return found

    @property
    def by_link(self) -> Actor:
        """Return who holds that link."""
        return link_actor(self.link.pk, INBOX.role)


def recruitment(**offer: Any) -> Recruitment:
    """Return a small recruitment; facts are those of the offer."""
    agency = offer.pop("agency", None) or AgencyFactory(name="Agence de Valence", phone="+33475000000")
    place = offer.pop("establishment", None) or EstablishmentFactory(name="Les Jardins de Flore")
    space = RecruiterSpaceFactory(certified=True, establishment=place, agency=agency)
    told = {"open": True, "channel": "recruiter", "space": space, "agency": agency, "establishment": place, **offer}
    member = space.members.unscoped(WHY).get()
    return Recruitment(space, OfferFactory(**told), actor_of(member.user), actor_of(professional(agency=agency)))


def fresh(application: Application) -> Application:
    """Read an application again."""
    return queries.complete(Application.objects.unscoped(WHY)).get(pk=application.pk)
