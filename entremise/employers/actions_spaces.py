"""Writes of the recruiter spaces on the recruiter's side: asked for, opened by an adviser for somebody, presented.

What nobody certified reaches nobody: a space is written `to_certify`, read by the vigilance, and told to the agency.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import reverse
from django.utils.translation import gettext as _

from entremise.accounts import queries as accounts
from entremise.accounts import rules as account_rules
from entremise.accounts.models import Agency, User
from entremise.employers import access_spaces, actions_vigilance, mails_spaces, queries, rules_spaces
from entremise.employers import queries_own_spaces as own
from entremise.employers.enums import Verb
from entremise.employers.enums_spaces import MemberRank, RecheckReason, SpaceState
from entremise.employers.links import SPACE_INVITATION
from entremise.employers.models import Establishment
from entremise.employers.models_spaces import LONGEST_PRESENTATION, RecruiterSpace, SpaceMember
from entremise.employers.workflow import FLOW
from entremise.kernel import access, clock, links, mail
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.identifiers import IdentifierRefused, parse_phone, phone_in_pairs

LOADED = access_spaces  # with the actions that it decides on
NOT_A_NAME = re.compile(r"[\d@<>/\\:;{}\[\]]|www\.", re.IGNORECASE)  # a name leaves in mails: no room for an address


class SpaceRefused(Exception):
    """A space cannot be written so; `reason` is a sentence for the user, `field` what it is about."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


@dataclass(frozen=True, slots=True)
class Identity:
    """Who recruits, as they say it."""

    first_name: str
    last_name: str
    email: str
    job: str = ""
    phone: str = ""


@action(Verb.SPACE_ASKED, may="employers.ask_space")
def ask(establishment: Establishment, *, actor: Actor, identity: Identity, purpose: str) -> Done:
    """Ask for a space of an establishment, for the signed-in recruiter, who becomes its ambassador."""
    user = User.objects.select_for_update(no_key=True).get(pk=actor.id)  # two requests at once count as two
    told = checked(identity, own_email=user.email or "")
    _check_bounds(establishment.pk, user.pk)
    space = _written(establishment, purpose, by=user.pk)
    _take_place(space, told, user=user)
    _tell(space, told, opened_by="", url=mail.absolute(reverse("recruiter_home")))
    actions_vigilance.examine(space)
    return Done(space, data={"establishment": str(establishment.pk)})


@action(Verb.SPACE_OPENED_FOR, may="employers.open_space_for")
def create_on_behalf(
    establishment: Establishment, *, actor: Actor, agency: Agency, identity: Identity, purpose: str
) -> Done:
    """Open a space for an employer who asked an adviser; a colleague certifies it."""
    if agency.pk not in actor.agency_ids:
        raise SpaceRefused(_("Un espace s'ouvre au nom de votre agence."))
    told = checked(identity)
    space = _written(establishment, purpose, by=actor.user_id, agency=agency)
    member, adviser = _take_place(space, told, user=None), accounts.user_of(actor)
    _tell(space, told, opened_by=adviser.full_name if adviser else "", url=joining_address(member))
    actions_vigilance.examine(space)
    return Done(space, data={"establishment": str(establishment.pk)})


@action(Verb.SPACE_PRESENTED, may="employers.own_space")
def present(space: RecruiterSpace, *, actor: Actor, presentation: str, website: str, benefits: str) -> Done:
    """Write the page of the company; it is public once the space is certified."""
    locked = locked_space(space)
    require_usable(locked)
    if len(presentation) > LONGEST_PRESENTATION:
        raise SpaceRefused(_("La présentation compte au plus 2 000 caractères."), "presentation")
    if len(benefits) > rules_spaces.LONGEST_BENEFITS:
        raise SpaceRefused(_("Les avantages tiennent en 500 caractères."), "benefits")
    if website.strip():
        try:
            URLValidator(schemes=["http", "https"])(website.strip())
        except ValidationError as wrong:
            raise SpaceRefused(_("L'adresse du site commence par https:// ou http://."), "website") from wrong
    locked.presentation, locked.website = presentation.strip(), website.strip()
    locked.benefits = " ".join(benefits.split())
    locked.save(update_fields=["presentation", "website", "benefits"])
    actions_vigilance.note_activity(locked)
    actions_vigilance.examine(locked)
    return Done(locked)


@FLOW.action("ask_again")
def ask_again(space: RecruiterSpace, *, actor: Actor, purpose: str) -> Done:
    """Ask once more for a space that was refused: the deadlines start again, and so do the checks."""
    queries.require_open(space.establishment, clock.now())
    _check_purpose(purpose)
    space.purpose = purpose.strip()
    actions_vigilance.count_from_now(space)
    space.recheck, space.last_active_at = RecheckReason.REOPENED, clock.now()
    space.reason, space.decided_at, space.decided_by_id = "", None, None
    return Done(None)


@actions_vigilance.tells
@FLOW.action("close_space")
def close_space(space: RecruiterSpace, *, actor: Actor) -> Done:
    """Close a space for good, at the word of its ambassador: what it showed is not shown any more."""
    access.require("employers.manage_space", actor, space)
    space.due_at, space.decided_at = None, clock.now()
    return Done(None)


def checked(identity: Identity, *, own_email: str = "") -> Identity:
    """Return who somebody says they are, cleaned, or refuse with the field that is wrong."""
    first, last = " ".join(identity.first_name.split()), " ".join(identity.last_name.split())
    for field, name in (("first_name", first), ("last_name", last)):
        if not name or len(name) > rules_spaces.LONGEST_NAME or NOT_A_NAME.search(name):
            raise SpaceRefused(_("Écrivez le prénom et le nom en lettres, sans chiffre ni adresse."), field)
    try:
        email = own_email or account_rules.parse_email(identity.email)
    except account_rules.IdentifierUnusable as wrong:
        raise SpaceRefused(_(wrong.message) % wrong.params, "email") from wrong
    return Identity(first, last, email, checked_job(identity.job), checked_phone(identity.phone))


def checked_job(text: str) -> str:
    """Return what somebody does in the company, or refuse."""
    job = " ".join(text.split())
    if not job or len(job) > rules_spaces.LONGEST_JOB:
        raise SpaceRefused(_("Dites la fonction dans l'entreprise, en quelques mots."), "job")
    return job


def checked_phone(text: str) -> str:
    """Return a telephone number as it is kept, or refuse."""
    if not text.strip():
        raise SpaceRefused(_("Indiquez un numéro de téléphone où l'agence peut vous joindre."), "phone")
    try:
        return parse_phone(text).e164
    except IdentifierRefused as refusal:
        raise SpaceRefused(_(refusal.message) % refusal.params, "phone") from refusal


def require_usable(space: RecruiterSpace) -> None:
    """Refuse to prepare anything in a space that was refused, blocked or closed."""
    state = str(SpaceState(space.state).value)
    if state in {SpaceState.REFUSED, SpaceState.BLOCKED, SpaceState.CLOSED}:
        raise SpaceRefused(_("Cet espace n'est plus ouvert : rien ne peut y être préparé. Appelez l'agence."))


def locked_space(space: RecruiterSpace) -> RecruiterSpace:
    """Read a space again, alone."""
    rows = RecruiterSpace.objects.unscoped("the policy decided on this space")
    return rows.select_for_update(of=("self",), no_key=True).select_related("establishment", "agency").get(pk=space.pk)


def joining_address(member: SpaceMember) -> str:
    """Return the address of a new link by which somebody takes their place."""
    link = links.issue(SPACE_INVITATION, member.pk, member.email)
    return mail.absolute(reverse("recruiter_join", args=[links.token(link)]))


def _written(
    establishment: Establishment, purpose: str, *, by: UUID | None, agency: Agency | None = None
) -> RecruiterSpace:
    _check_purpose(purpose)
    try:
        queries.require_open(establishment, clock.now())
    except queries.EstablishmentClosed as closed:
        raise SpaceRefused(closed.reason, "siret") from closed
    around = agency or accounts.agency_around(establishment.commune)
    if around is None:
        raise SpaceRefused(_("Aucune agence n'est encore ouverte dans ce département."), "siret")
    space = RecruiterSpace(
        establishment=establishment,
        agency=around,
        purpose=purpose.strip(),
        created_at=clock.now(),
        created_by_id=by,
        last_active_at=clock.now(),
    )
    actions_vigilance.count_from_now(space)
    space.save(force_insert=True)
    return space


def _take_place(space: RecruiterSpace, told: Identity, *, user: User | None) -> SpaceMember:
    now = clock.now()
    member = SpaceMember(
        space=space, user=user, email=told.email, first_name=told.first_name, last_name=told.last_name, job=told.job,
        phone=told.phone, rank=MemberRank.AMBASSADOR, invited_at=now, joined_at=now if user else None,
    )  # fmt: skip
    member.save(force_insert=True)
    return member


def _tell(space: RecruiterSpace, told: Identity, *, opened_by: str, url: str) -> None:
    """Write to the recruiter, to the agency, and to the ambassadors of the certified spaces of the same place."""
    place, agency = space.establishment, space.agency
    phone = phone_in_pairs(agency.phone)
    asked = mails_spaces.SpaceAskedMail(
        first_name=told.first_name, establishment=place.name, agency_name=agency.name, agency_phone=phone,
        call_by=space.call_by_at, opened_by=opened_by, url=url,
    )  # fmt: skip
    mail.send(asked, to=told.email, about=space)
    if agency.email:
        waiting = mails_spaces.SpaceToCertifyMail(
            establishment=place.name,
            city=place.commune.name,
            call_by=space.call_by_at,
            url=mail.absolute(reverse("space", args=[space.pk])),
        )
        mail.send(waiting, to=agency.email, about=space)
    second = mails_spaces.SecondSpaceMail(establishment=place.name, agency_name=agency.name, agency_phone=phone)
    for certified in own.certified_spaces_of(place.pk).exclude(pk=space.pk):
        for ambassador in own.ambassadors_of(certified):
            mail.send(second, to=ambassador.email, about=certified)


def _check_bounds(establishment_id: UUID, user_id: UUID) -> None:
    here = own.own_space_at(establishment_id, user_id)
    if here is not None:
        raise SpaceRefused(_("Vous avez déjà un espace pour cet établissement : il est sur votre page."), "siret")
    if own.waiting_spaces_of(user_id).count() >= rules_spaces.MOST_WAITING_SPACES:
        raise SpaceRefused(
            _("Vous avez déjà 5 espaces qui attendent d'être certifiés. Attendez la réponse de l'agence.")
        )


def _check_purpose(purpose: str) -> None:
    told = purpose.strip()
    if not rules_spaces.SHORTEST_PURPOSE <= len(told) <= rules_spaces.LONGEST_PURPOSE:
        raise SpaceRefused(
            _("Dites en une phrase ce que vous voulez faire de cet espace : qui vous cherchez, pour quand."), "purpose"
        )
