"""Writes of the recruiters' search: open it to a contact, cut it, search, wish to meet somebody, set a wish aside."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from entremise.accounts.models import Agency
from entremise.employers import actions_vigilance
from entremise.employers import queries as employers
from entremise.employers.enums_spaces import VigilanceKind
from entremise.employers.models import Contact
from entremise.employers.models_spaces import RecruiterSpace
from entremise.kernel import clock, links, mail
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.kernel.models import MailLink
from entremise.lib.identifiers import phone_in_pairs
from entremise.matching import queries_recruiter, rules_recruiter
from entremise.matching.enums import Verb
from entremise.matching.links import LIFETIME, PROFILES
from entremise.matching.mails import ProfilesMail
from entremise.matching.models_recruiter import MeetingWish, RecruiterAccess, RecruiterSearch
from entremise.matching.queries_criteria import PoolCriteria
from entremise.matching.queries_recruiter_spaces import key_of


class RecruiterRefused(Exception):
    """What was asked cannot be done; `reason` is a sentence for the user, `field` what to correct."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


@action(Verb.ACCESS_OPENED, may="matching.open_recruiter_access")
def open_access(contact: Contact, *, actor: Actor, agency: Agency | None) -> Done:
    """Open the search of anonymous profiles to an employer's contact, for a month, by a link sent to them."""
    if agency is None or agency.pk not in actor.agency_ids:
        raise RecruiterRefused(_("Cette recherche s'ouvre au nom de votre agence."))
    _check_contact(contact)
    _lock(contact)
    now = clock.now()
    rows: Any = RecruiterAccess.objects.unscoped("the contact was checked by the policy")
    if rows.filter(contact=contact, revoked_at=None, expires_at__gt=now).exists():
        raise RecruiterRefused(_("La recherche de profils est déjà ouverte à ce contact."))
    opened = rows.create(
        establishment=contact.establishment, contact=contact, adviser_id=actor.user_id, agency=agency,
        opened_at=now, expires_at=now + LIFETIME,
    )  # fmt: skip
    _send(opened, contact, links.issue(PROFILES, opened.pk, contact.email))
    return Done(opened, data={"establishment": str(contact.establishment_id), "contact": str(contact.pk)})


@action(Verb.ACCESS_REVOKED, may="matching.revoke_recruiter_access")
def revoke_access(opened: RecruiterAccess, *, actor: Actor) -> Done:
    """Cut an access: its link opens nothing any more."""
    rows: Any = RecruiterAccess.objects.unscoped("the policy decided on this row")
    if not rows.filter(pk=opened.pk, revoked_at=None).update(revoked_at=clock.now()):
        raise RecruiterRefused(_("Cette recherche de profils est déjà coupée."))
    links.revoke(PROFILES, opened.pk)
    return Done(opened)


@action(Verb.RECRUITER_SEARCHED, may="matching.search_as_recruiter")
def search(opened: RecruiterAccess, *, actor: Actor, criteria: PoolCriteria) -> Done:
    """Search the pool around the establishment; keep what was asked and the numbers found, within the day's bound."""
    _check_criteria(criteria)
    locked = _locked(opened)
    if queries_recruiter.searches_today(locked) >= rules_recruiter.SEARCHES_A_DAY:
        raise RecruiterRefused(
            _("Vous avez déjà fait %(count)d recherches aujourd'hui. Revenez demain, ou appelez l'agence.")
            % {"count": rules_recruiter.SEARCHES_A_DAY}
        )
    numbers, total = queries_recruiter.found_by(criteria, locked)
    rows: Any = RecruiterSearch.objects.unscoped("the access was checked by the policy")
    made = rows.create(
        access=locked, query=criteria.query_string(), numbers=numbers, total=total, created_at=clock.now()
    )
    _note_use(locked, actor)
    return Done(made, data={"access": str(locked.pk), "query": made.query, "total": total}, subject=made)


@action(Verb.MEETING_WISHED, may="matching.search_as_recruiter")
def wish_to_meet(opened: RecruiterAccess, *, actor: Actor, made: RecruiterSearch, token: str) -> Done:
    """Tell the adviser that a recruiter would like to meet somebody; the person is told by the adviser, or not yet."""
    locked = _locked(opened)
    key = key_of(locked) if locked.space_id else MailLink.objects.get(pk=actor.id)
    person = queries_recruiter.person_shown(made, key, token) if made.access_id == locked.pk else None
    if person is None:
        raise RecruiterRefused(_("Cette personne n'est plus à l'écoute d'employeurs. Votre demande n'est pas partie."))
    if queries_recruiter.waiting_count(locked) >= rules_recruiter.WAITING_WISHES:
        raise RecruiterRefused(
            _("Vos dernières demandes attendent encore une réponse : laissez à l'agence le temps de vous rappeler.")
        )
    rows: Any = MeetingWish.objects.unscoped("the access was checked by the policy")
    try:
        with transaction.atomic():
            wish = rows.create(access=locked, person=person, created_at=clock.now(), held_at=_held_at(locked))
    except IntegrityError as twice:
        raise RecruiterRefused(_("Vous avez déjà demandé à rencontrer cette personne.")) from twice
    return Done(wish, data={"access": str(locked.pk)} | ({"is_held": True} if wish.held_at else {}))


@action(Verb.MEETING_SET_ASIDE, may="matching.follow_wish")
def set_aside(wish: MeetingWish, *, actor: Actor) -> Done:
    """Give no follow-up to a wish: the recruiter's page says so, and nothing of why."""
    rows: Any = MeetingWish.objects.unscoped("the policy decided on this row")
    if not rows.filter(pk=wish.pk, set_aside_at=None).update(set_aside_at=clock.now()):
        raise RecruiterRefused(_("Cette demande est déjà classée sans suite."))
    return Done(wish, data={"access": str(wish.access_id)})


@action(Verb.OWN_SEARCH_OPENED, may="matching.open_own_search")
def open_own(space: RecruiterSpace, *, actor: Actor) -> Done:
    """Return the search of profiles of a space, opened at its first use: it lasts as long as the space."""
    actions_vigilance.note_activity(space)
    rows: Any = RecruiterAccess.objects.unscoped("the policy decided on this space")
    opened, is_new = rows.get_or_create(
        space=space,
        defaults={"establishment": space.establishment, "agency": space.agency, "opened_at": clock.now()},
    )
    return Done(opened, data={"space": str(space.pk), "is_new": is_new})


@action(Verb.WISHES_RELEASED, may="matching.move_wishes")
def release_wishes(opened: RecruiterAccess, *, actor: Actor) -> Done:
    """Let the advisers know whom a space wished to meet while it waited for its certification."""
    held: Any = MeetingWish.objects.unscoped("the space was just certified").filter(access=opened, released_at=None)
    count = held.exclude(held_at=None).update(released_at=clock.now())
    return Done(opened, data={"count": count})


@action(Verb.WISHES_HELD, may="matching.move_wishes")
def hold_wishes(opened: RecruiterAccess, *, actor: Actor) -> Done:
    """Keep from the advisers' lists the wishes of a space that is not certified any more."""
    rows: Any = MeetingWish.objects.unscoped("the space is not certified any more").filter(access=opened)
    count = rows.filter(set_aside_at=None).update(held_at=clock.now(), released_at=None)
    return Done(opened, data={"count": count})


def _note_use(opened: RecruiterAccess, actor: Actor) -> None:
    """Note that a link was used; or tell the vigilance when a space searches more than recruiting needs."""
    if opened.space is None:
        links.mark_used(MailLink.objects.get(pk=actor.id))
        return
    count = queries_recruiter.searches_today(opened)
    if count >= rules_recruiter.UNUSUAL_SEARCHES_A_DAY:
        told = _("%(count)d recherches de profils en un jour") % {"count": count}
        actions_vigilance.report(opened.space, VigilanceKind.MANY_VIEWS, told, key=clock.today().isoformat())


def _held_at(opened: RecruiterAccess) -> dt.datetime | None:
    return clock.now() if opened.space is not None and not opened.space.is_certified else None


def _check_contact(contact: Contact) -> None:
    name = {"name": contact.name}
    if not contact.email:
        raise RecruiterRefused(_("%(name)s n'a pas d'adresse électronique.") % name)
    if contact.opposed_at is not None or employers.is_opposed(contact.email):
        raise RecruiterRefused(_("%(name)s ne souhaite plus être sollicité. Rien n'a été envoyé.") % name)
    try:
        employers.require_open(contact.establishment, clock.now())
    except employers.EstablishmentClosed as closed:
        raise RecruiterRefused(closed.reason) from closed


def _check_criteria(criteria: PoolCriteria) -> None:
    if not criteria.occupations and not criteria.skills:
        raise RecruiterRefused(_("Dites au moins un métier ou une compétence."), "job")
    if criteria.radius_km not in rules_recruiter.RADII_KM:
        raise RecruiterRefused(_("Choisissez une distance de la liste."), "radius")
    if len(criteria.skills) > rules_recruiter.MOST_SKILLS:
        raise RecruiterRefused(_("Choisissez au plus 5 compétences : gardez les plus utiles."), "skill")


def _locked(opened: RecruiterAccess) -> RecruiterAccess:
    """Lock an access that may be used now: two searches at once are counted one after the other."""
    rows: Any = RecruiterAccess.objects.unscoped("the access was checked by the policy")
    locked: RecruiterAccess = (
        rows.select_related("establishment__commune", "contact", "space")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=opened.pk)
    )
    try:
        queries_recruiter.require_usable(locked)
    except queries_recruiter.AccessClosed as closed:
        raise RecruiterRefused(closed.reason) from closed
    return locked


def _lock(contact: Contact) -> None:
    """Two advisers who open the same search at once are heard one after the other."""
    Contact.objects.unscoped("the policy decided on this row").select_for_update(of=("self",), no_key=True).get(
        pk=contact.pk
    )


def _send(opened: RecruiterAccess, contact: Contact, link: MailLink) -> None:
    message = ProfilesMail(
        contact_name=contact.name,
        establishment=opened.establishment.name,
        adviser_name=opened.adviser.full_name if opened.adviser else "",
        agency_name=opened.agency.name,
        agency_phone=phone_in_pairs(opened.agency.phone),
        until=clock.local(link.expires_at).date(),
        url=mail.absolute(reverse(PROFILES.url_name, args=[links.token(link)])),
    )
    there = opened.establishment.commune.department_id
    mail.send(message, to=link.recipient, about=opened, department=there)
