"""The invented network: agencies and the professionals who sign in with one click."""

from dataclasses import dataclass

from entremise.accounts import actions as accounts
from entremise.accounts.enums import OrganisationKind
from entremise.accounts.models import Agency, Organisation, User
from entremise.accounts.queries import DEMO_EMAIL_DOMAIN
from entremise.kernel.actors import Role, job_actor
from entremise.territories.models import Commune

SYSTEM = job_actor("demo")
VALENCE, ROMANS, MONTELIMAR, GRENOBLE, PRIVAS = "26362", "26281", "26198", "38185", "07186"


@dataclass(frozen=True, slots=True)
class Place:
    """An agency to found: organisation, commune, its advisers (role, first name, last name)."""

    kind: OrganisationKind
    organisation: str
    name: str
    commune: str
    members: tuple[tuple[Role, str, str], ...]


PDA, BDA, LEAD = Role.PLACEMENT_ADVISER, Role.BUSINESS_ADVISER, Role.TEAM_LEAD
SERVICE = "Service public de l'emploi"
PLACES = (
    Place(
        OrganisationKind.EMPLOYMENT_SERVICE,
        SERVICE,
        "Agence de Valence",
        VALENCE,
        (
            (BDA, "Claire", "Morel"),
            (BDA, "Hakim", "Saïdi"),
            (BDA, "Solène", "Aubry"),
            (PDA, "Nadia", "Ferrand"),
            (PDA, "Thomas", "Rey"),
            (LEAD, "Isabelle", "Roux"),
            (Role.DIRECTOR, "Philippe", "Lacroix"),
            (Role.MODERATOR, "Aline", "Texier"),
            (Role.ADMIN, "Samuel", "Brun"),
        ),
    ),
    Place(
        OrganisationKind.EMPLOYMENT_SERVICE,
        SERVICE,
        "Agence de Romans-sur-Isère",
        ROMANS,
        ((BDA, "Julie", "Pascal"), (BDA, "Yann", "Le Goff"), (PDA, "Mina", "Toure"), (LEAD, "Éric", "Charpentier")),
    ),
    Place(
        OrganisationKind.EMPLOYMENT_SERVICE,
        SERVICE,
        "Agence de Montélimar",
        MONTELIMAR,
        ((BDA, "Lucie", "Andrieu"), (PDA, "Bruno", "Keller"), (LEAD, "Anne", "Vasseur")),
    ),
    Place(
        OrganisationKind.CAP_EMPLOI,
        "Cap emploi Drôme-Ardèche",
        "Cap emploi de Valence",
        VALENCE,
        ((BDA, "Pauline", "Maurin"), (PDA, "Rémi", "Ferrer"), (LEAD, "Odile", "Masson")),
    ),
    Place(
        OrganisationKind.MISSION_LOCALE,
        "Mission locale Drôme",
        "Mission locale de Valence",
        VALENCE,
        ((BDA, "Kévin", "Lopez"), (PDA, "Sarah", "Benoît"), (LEAD, "Leïla", "Amrani")),
    ),
)


@dataclass(frozen=True, slots=True)
class Network:
    """The agencies with their business advisers and placement advisers."""

    agencies: list[Agency]
    business: dict[Agency, list[User]]
    placement: dict[Agency, list[User]]


def found() -> Network:
    """Create the agencies and their professionals; what exists already stays."""
    network = Network([], {}, {})
    for place in PLACES:
        organisation, _made = Organisation.objects.get_or_create(
            name=place.organisation, defaults={"kind": place.kind}
        )
        commune = Commune.objects.get(pk=place.commune)
        agency, _made = Agency.objects.get_or_create(
            organisation=organisation,
            name=place.name,
            defaults={
                "commune": commune,
                "department_id": commune.department_id,
                "phone": "+33465710000",
                "email": f"{slug(place.name)}@{DEMO_EMAIL_DOMAIN}",
            },
        )
        network.agencies.append(agency)
        members = [(role, professional(agency, role, first, last)) for role, first, last in place.members]
        network.business[agency] = [user for role, user in members if role is BDA]
        network.placement[agency] = [user for role, user in members if role is PDA]
    return network


def slug(text: str) -> str:
    """Return a name as the left part of an address."""
    plain = text.lower().translate(str.maketrans("éèêëîïôöûüàâç", "eeeeiioouuaac"))
    return "".join(letter if letter.isalnum() else "-" for letter in plain).strip("-")


def professional(agency: Agency, role: Role, first_name: str, last_name: str) -> User:
    """Give an agency somebody who signs in with one click; who exists already stays."""
    email = f"{slug(first_name)}.{slug(last_name)}@{DEMO_EMAIL_DOMAIN}"
    known = User.objects.filter(email=email).first()
    if known:
        return known
    user: User = accounts.create_professional(
        agency, actor=SYSTEM, email=email, first_name=first_name, last_name=last_name, role=role
    )
    return user
