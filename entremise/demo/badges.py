"""The badges of the demonstration: those of confirmed skills, and an invented training body that awards its own."""

import datetime as dt

from entremise.accounts.enums import OrganisationKind
from entremise.accounts.models import Agency, Organisation
from entremise.credentials import actions, actions_classes, actions_issuers, jobs
from entremise.credentials.enums import BadgeKind, IssuerKind
from entremise.credentials.models import BadgeClass, Issuer
from entremise.demo import network
from entremise.kernel import clock
from entremise.kernel.actors import Role
from entremise.passport.enums import EvidenceSource
from entremise.passport.models import Evidence
from entremise.people.models import Person
from entremise.territories.models import Commune

BODY, PLACE = "Atelier des métiers", "Atelier des métiers de Valence"
TRAINER = ("Camille", "Vidal")
DESIGNED = (
    (
        "Premiers gestes de secours",
        "Sait protéger, alerter et faire les premiers gestes en attendant les secours.",
        "Une demi-journée de pratique observée par un formateur, cinq situations réussies sur six.",
        BadgeKind.COMPETENCY,
        24,
    ),
    (
        "Découverte de la cuisine collective",
        "A découvert pendant deux jours le travail d'une cuisine collective : hygiène, postes, rythme, service.",
        "Présence aux deux journées et participation au service du midi.",
        BadgeKind.COURSE,
        None,
    ),
    (
        "Animer un atelier entre pairs",
        "Sait préparer et animer un atelier d'une heure pour d'autres demandeurs d'emploi.",
        "Un atelier animé, relu avec un formateur et deux participants.",
        BadgeKind.ACHIEVEMENT,
        None,
    ),
)
GIVEN = 12  # people with one of these badges


def tell() -> None:
    """Award the badges of every confirmed skill, open the training body and its badges, sign everything."""
    rows = Evidence.objects.unscoped("the demonstration's own rows").filter(source=EvidenceSource.VALIDATION)
    for evidence in rows.select_related("held_skill__person", "held_skill__skill").order_by("given_on", "pk"):
        actions.award_proof(evidence, actor=network.SYSTEM)
    designed = [_designed(*one) for one in DESIGNED]
    _award_some(designed)
    jobs.sign_all()
    jobs.publish_all()


def _designed(name: str, description: str, criteria: str, kind: BadgeKind, months: int | None) -> BadgeClass:
    issuer = _issuer()
    drafted = actions_classes.draft(
        issuer,
        actor=network.SYSTEM,
        name=name,
        description=description,
        criteria=criteria,
        kind=kind,
        valid_months=months,
        department=issuer.department,
    )
    published: BadgeClass = actions_classes.publish(drafted, actor=network.SYSTEM)
    return published


def _issuer() -> Issuer:
    known = Issuer.objects.filter(organisation__name=BODY).first()
    if known:
        return known
    organisation = Organisation.objects.create(kind=OrganisationKind.TRAINING_BODY, name=BODY)
    commune = Commune.objects.get(pk=network.VALENCE)
    place = Agency.objects.create(
        organisation=organisation, name=PLACE, commune=commune, department_id=commune.department_id
    )
    network.professional(place, Role.ISSUER, *TRAINER)
    opened: Issuer = actions_issuers.open_issuer(
        organisation,
        actor=network.SYSTEM,
        kind=IssuerKind.TRAINING,
        name=BODY,
        description="Un organisme de formation inventé pour la démonstration.",
        department=commune.department,
    )
    return opened


def _award_some(designed: list[BadgeClass]) -> None:
    today = clock.today()
    people = Person.objects.unscoped("the demonstration's own people").order_by("reference")[:GIVEN]
    for number, person in enumerate(people):
        actions.award(
            designed[number % len(designed)],
            actor=network.SYSTEM,
            person=person,
            awarded_on=today - dt.timedelta(days=20 + 11 * number),
            narrative="Observé par deux formateurs lors d'une séance en groupe.",
        )
