"""Issuer's desks for the tests: an organisation with its issuer, a badge, the people who give it."""

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from entremise.accounts import actions_issuing
from entremise.accounts.models import Agency, User
from entremise.credentials import (
    actions_claims,
    actions_classes,
    actions_employers,
    actions_endorsements,
    actions_events,
    actions_files,
    actions_issuers,
)
from entremise.credentials.enums import BadgeKind, IssuerKind
from entremise.credentials.links import CLAIM
from entremise.credentials.models import Award, BadgeClass, Issuer
from entremise.credentials.models_certificates import EmploymentCertificate
from entremise.credentials.models_files import Event
from entremise.credentials.rules_documents import Post
from entremise.employers.models import Establishment
from entremise.kernel import clock, links
from entremise.kernel.actors import Actor, Role
from entremise.people.models import Person
from tests.factories.accounts import AgencyFactory, OrganisationFactory, actor_of, professional
from tests.factories.employers import EstablishmentFactory
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


@dataclass
class Employer:
    """A certified employer: its establishment, its issuer, the person who writes in its name."""

    place: Establishment
    issuer: Issuer
    user: User
    actor: Actor

    def write(self, email: str = "awa@exemple.fr", **facts: Any) -> EmploymentCertificate:
        """Write a certificate of employment for an address."""
        post = Post("Cuisinière de collectivité", dt.date(2021, 3, 1), dt.date(2023, 6, 30))
        said = {"name": "Awa Diallo", "email": email, "posts": [post], "signatory": "Gérante, Mme Faure", **facts}
        written: EmploymentCertificate = actions_employers.write(self.issuer, actor=self.actor, **said)
        return written


def employer(name: str = "Maison Garance", *, kind: IssuerKind = IssuerKind.EMPLOYER, **told: Any) -> Employer:
    """Return an employer that was opened by a lead of its territory, with one person who writes."""
    agency = AgencyFactory(organisation=OrganisationFactory(name=name, kind="employer"), name=name)
    place = EstablishmentFactory(name=name)
    lead = actor_of(professional(Role.TEAM_LEAD))
    said = {"department": agency.department, "establishment": place, **told}
    issuer = actions_issuers.open_issuer(agency.organisation, actor=lead, kind=kind, name=name, **said)
    user = professional(Role.ISSUER, agency=agency)
    return Employer(place, issuer, user, actor_of(user))


def desk_things(agency: Agency, *, email: str) -> dict[str, UUID]:
    """Return what an organisation's desk holds, by the names of the addresses about it; a badge waits at `email`."""
    lead = actor_of(professional(Role.TEAM_LEAD, agency=agency))
    issuer = actions_issuers.open_issuer(
        agency.organisation, actor=lead, kind=IssuerKind.AGENCY, name="Badges de Valence", department=agency.department
    )
    colleague = professional(Role.ISSUER, agency=agency)
    desk = House(agency, issuer, colleague, actor_of(colleague), published(issuer, lead))
    file = actions_files.receive(
        desk.badge, actor=lead, filename="promotion.csv", content=spreadsheet(f"Léa;Attend;lot.{email};;")
    )
    invited = actions_issuing.invite_issuer(agency, actor=lead, email="future.emettrice@emploi.example")
    other = house("Branche de la scène", kind="branch")
    word = actions_endorsements.endorse(
        issuer, actor=lead, text="Un badge que nous avons vu remettre.", issuer=other.issuer
    )
    mine: dict[UUID, str] = {
        issuer.pk: "issuer_stop",
        desk.badge.pk: (
            "issuer_badge issuer_badge_edit issuer_badge_publish issuer_badge_retire issuer_award issuer_file_new "
            "issuer_event_new"
        ),
        desk.offer(email, name="Léa Attend").pk: (
            "issuer_given issuer_suspend issuer_resume issuer_renew issuer_revoke issuer_send_again"
        ),
        file.pk: "issuer_file issuer_file_start issuer_file_undo issuer_file_report",
        desk.event().pk: "issuer_event issuer_event_qr issuer_event_stop",
        colleague.memberships.get().pk: "issuer_people_end",
        invited.pk: "issuer_people_again issuer_people_cancel",
        word.pk: "issuer_endorsement_withdraw",
    }
    return {name: pk for pk, names in mine.items() for name in names.split()}


def published(issuer: Issuer, actor: Actor, name: str = "Accueillir des clients", **told: Any) -> BadgeClass:
    """Return a published badge of an issuer."""
    said = {
        "name": name,
        "description": "Accueille, écoute, oriente.",
        "criteria": "Deux jours en situation d'accueil, vus par une formatrice.",
        "kind": BadgeKind.COMPETENCY,
        "is_suspendable": True,
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
