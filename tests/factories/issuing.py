"""Issuer's desks for the tests: an organisation with its issuer, a badge, the people who give it."""

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

from entremise.accounts.models import Agency, User
from entremise.credentials import actions_claims, actions_classes, actions_events, actions_issuers
from entremise.credentials.enums import BadgeKind, IssuerKind
from entremise.credentials.links import CLAIM
from entremise.credentials.models import Award, BadgeClass, Issuer
from entremise.credentials.models_files import Event
from entremise.kernel import clock, links
from entremise.kernel.actors import Actor, Role
from entremise.people.models import Person
from tests.factories.accounts import AgencyFactory, OrganisationFactory, actor_of, professional
from tests.factories.people import PersonFactory

HEADER = "Prénom;Nom;Adresse électronique;Date;Comment"


@dataclass
class House:
    """A training body that issues badges, with one person whose only role is to give them."""

    agency: Agency
    issuer: Issuer
    user: User
    actor: Actor
    badge: BadgeClass

    def offer(self, email: str = "awa@exemple.fr", **facts: Any) -> Award:
        """Give the badge to an address."""
        said = {"name": "Awa Diallo", "email": email, "awarded_on": clock.today(), **facts}
        given: Award = actions_claims.offer(self.badge, actor=self.actor, **said)
        return given

    def event(self, *, opens_in: float = -1, lasts: float = 8, places: int = 3) -> Event:
        """Open an event some hours from now."""
        opens = clock.now() + dt.timedelta(hours=opens_in)
        made: Event = actions_events.open_event(
            self.badge,
            actor=self.actor,
            label="Forum des métiers",
            opens_at=opens,
            closes_at=opens + dt.timedelta(hours=lasts),
            max_count=places,
        )
        return made


def house(name: str = "Formation Drôme", *, kind: str = "training_body") -> House:
    """Return an issuing organisation, opened by a lead of its territory."""
    agency = AgencyFactory(organisation=OrganisationFactory(name=name, kind=kind), name=name)
    lead = actor_of(professional(Role.TEAM_LEAD))
    issuer = actions_issuers.open_issuer(
        agency.organisation, actor=lead, kind=IssuerKind.TRAINING, name=name, department=agency.department
    )
    user = professional(Role.ISSUER, agency=agency)
    actor = actor_of(user)
    return House(agency, issuer, user, actor, published(issuer, actor))


def published(issuer: Issuer, actor: Actor, name: str = "Accueillir des clients", **told: Any) -> BadgeClass:
    """Return a published badge of an issuer."""
    said = {
        "name": name,
        "description": "Accueille, écoute, oriente.",
        "criteria": "Deux jours en situation d'accueil, vus par une formatrice.",
        "kind": BadgeKind.COMPETENCY,
        **told,
    }
    made: BadgeClass = actions_classes.publish(actions_classes.draft(issuer, actor=actor, **said), actor=actor)
    return made


def claimer(email: str = "awa@exemple.fr") -> tuple[Person, Actor]:
    """Return the jobseeker who signs in with an address."""
    person = PersonFactory(user__email=email)
    assert person.user is not None
    return person, actor_of(person.user)


def claim_token(award: Award) -> str:
    """Return the token of the link sent for an award."""
    link = links.current(CLAIM, award.pk)
    assert link is not None
    return links.token(link)


def spreadsheet(*lines: str, header: str = HEADER) -> io.BytesIO:
    """Return a CSV of these lines."""
    return io.BytesIO("\n".join([header, *lines]).encode())


def people(count: int) -> list[str]:
    """Return as many good lines."""
    return [f"Awa;Diallo {n};awa{n}@exemple.fr;20/11/2026;" for n in range(count)]
