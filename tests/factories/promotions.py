"""Promotions for the tests, made by the product's own actions: `world()` has someone to promote and someone to ask."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from entremise.accounts.models import Agency, User
from entremise.employers.models import Contact
from entremise.kernel.actors import Actor, link_actor
from entremise.kernel.models import MailLink
from entremise.people.enums import Visibility
from entremise.people.models import Person
from entremise.promotions import actions, queries
from entremise.promotions.links import ANSWER
from entremise.promotions.models import Promotion
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.employers import ContactFactory, EstablishmentFactory, commune
from tests.factories.people import PersonFactory

MONDAY = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)  # ten o'clock in Valence
MESSAGE = "Je pense à vous pour ce profil, disponible tout de suite."


@dataclass
class World:
    """An adviser of Valence, someone who agreed to be promoted, two establishments with a contact each."""

    user: User
    agency: Agency
    adviser: Actor
    person: Person
    first: Contact
    second: Contact

    def send(self, *contacts: Contact, **facts: Any) -> list[Promotion]:
        """Promote the person to the first contact, or to those given."""
        told = {
            "agency": self.agency,
            "contacts": list(contacts) or [self.first],
            "message": MESSAGE,
            "visibility": Visibility.ANONYMOUS,
            **facts,
        }
        sent: list[Promotion] = actions.send(self.person, actor=self.adviser, **told)
        return sent


def world(**person: Any) -> World:
    """Return a small world; `consenting=False` for someone who did not agree."""
    commune()  # with its place on the map, before the agency asks for a bare one
    agency = AgencyFactory(name="Agence de Valence", phone="+33475000000")
    user = professional(agency=agency)
    known = PersonFactory(**{"consenting": Visibility.NAMED, "wishing": True, **person})
    first = ContactFactory(name="Marc Lemoine", establishment=EstablishmentFactory(name="Les Jardins de Flore"))
    second = ContactFactory(name="Lucie Garnier", establishment=EstablishmentFactory(name="Hôtel des Alpes"))
    return World(user, agency, actor_of(user), known, first, second)


def link_of(promotion: Promotion) -> MailLink:
    """Return the link that was sent for a promotion."""
    return MailLink.objects.filter(purpose=ANSWER.name, target_id=promotion.pk).latest("issued_at")


def employer(promotion: Promotion) -> Actor:
    """Return the bearer of a promotion's link."""
    return link_actor(link_of(promotion).pk, ANSWER.role)


def again(promotion: Promotion) -> Promotion:
    """Read a promotion again."""
    return queries.complete(Promotion.objects.unscoped("test")).get(pk=promotion.pk)
