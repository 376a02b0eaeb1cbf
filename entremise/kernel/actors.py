"""Who acts: a signed-in user, the bearer of a mail link, a background job, or nobody yet."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """How the actor was recognised."""

    USER = "user"
    LINK = "link"
    JOB = "job"
    ANONYMOUS = "anonymous"


class Role(StrEnum):
    """What an actor may be; memberships give the professional ones."""

    JOBSEEKER = "jobseeker"
    PLACEMENT_ADVISER = "placement_adviser"
    BUSINESS_ADVISER = "business_adviser"
    TEAM_LEAD = "team_lead"
    DIRECTOR = "director"
    MODERATOR = "moderator"
    ADMIN = "admin"
    ISSUER = "issuer"  # awards badges for an organisation; sees no jobseeker's file
    RECRUITER = "recruiter"  # a member of a recruiter space; sees no name, reaches nobody until it is certified
    VALIDATOR = "validator"
    EMPLOYER_CONTACT = "employer_contact"
    MAILBOX_OWNER = "mailbox_owner"  # bears a link about their own account: an invitation, a new password
    SYSTEM = "system"


ADVISERS = frozenset({Role.PLACEMENT_ADVISER, Role.BUSINESS_ADVISER})
LEADS = frozenset({Role.TEAM_LEAD, Role.DIRECTOR})
PROFESSIONALS = ADVISERS | LEADS | {Role.MODERATOR, Role.ADMIN, Role.ISSUER}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the roles and territories that limit what they may do and see; carries no personal data."""

    kind: ActorKind
    id: str
    roles: frozenset[Role] = frozenset()
    departments: frozenset[str] = frozenset()
    agency_ids: frozenset[UUID] = frozenset()
    organisation_id: UUID | None = None
    second_factor: bool = field(default=False)

    @property
    def user_id(self) -> UUID | None:
        """Return the account's identifier, for a signed-in user."""
        return UUID(self.id) if self.kind is ActorKind.USER else None

    @property
    def is_professional(self) -> bool:
        """Tell whether the actor belongs to an organisation."""
        return bool(self.roles & PROFESSIONALS)

    @property
    def is_system(self) -> bool:
        """Tell whether the platform itself acts."""
        return Role.SYSTEM in self.roles

    def has(self, *roles: Role) -> bool:
        """Tell whether the actor holds one of these roles."""
        return bool(self.roles & set(roles))


ANONYMOUS = Actor(ActorKind.ANONYMOUS, "anonymous")


def job_actor(name: str) -> Actor:
    """Return the actor for a background job or a command: it sees every row and acts for the platform."""
    return Actor(ActorKind.JOB, name, frozenset({Role.SYSTEM}))


def link_actor(link_id: UUID, role: Role) -> Actor:
    """Return the actor for the bearer of a mail link, who has one role and sees one thing."""
    return Actor(ActorKind.LINK, str(link_id), frozenset({role}))
