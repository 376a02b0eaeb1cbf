"""Reads of badges: what is awarded to a person, what waits for a signature, what a public address shows."""

import datetime as dt
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from entremise.credentials import rules
from entremise.credentials.enums import AwardSource, AwardState, BadgeKind, BadgeState, Form
from entremise.credentials.models import Award, BadgeChoice, BadgeClass, Credential, Issuer
from entremise.credentials.models_status import StatusList
from entremise.credentials.rules import CredentialRefused
from entremise.credentials.workflow import LIVING
from entremise.kernel.actors import Actor
from entremise.people.models import Person
from entremise.skills.models import Skill

PLATFORM = "the platform signs and keeps every badge"
PUBLIC = "the status of a badge is public: nothing of its holder is shown"


def declines(person: Person) -> bool:
    """Tell whether a person wants no badge for what is confirmed."""
    return BadgeChoice.objects.unscoped(PLATFORM).filter(person=person, declines=True).exists()


def choice(person: Person) -> BadgeChoice | None:
    """Return what a person chose about badges, if anything."""
    return BadgeChoice.objects.unscoped("read for herself, by her page").filter(person=person).first()


def published_of_skill(issuer: Issuer, skill: Skill) -> BadgeClass | None:
    """Return the badge that an issuer gives for a skill."""
    rows = BadgeClass.objects.filter(issuer=issuer, skill=skill, state=BadgeState.PUBLISHED, kind=BadgeKind.COMPETENCY)
    return rows.select_related("issuer").first()


def require_published(badge_class: BadgeClass) -> None:
    """Refuse to award a badge that is not published, or whose issuer stopped."""
    if badge_class.state != BadgeState.PUBLISHED:
        raise CredentialRefused(_("Ce badge n'est pas publié : il ne peut pas être remis."))
    if badge_class.issuer.stopped_at:
        raise CredentialRefused(_("Cet émetteur est arrêté : il ne remet plus de badges."))


def latest_version(badge_class: BadgeClass) -> BadgeClass:
    """Return the version of a badge that is awarded today, or the same when none is."""
    rows = BadgeClass.objects.filter(series=badge_class.series, state=BadgeState.PUBLISHED)
    return rows.select_related("issuer").first() or badge_class


def not_to_renew(award: Award) -> str:
    """Say why an award cannot be renewed, or nothing."""
    if award.person_id is None or award.state not in (AwardState.ISSUED, AwardState.SUSPENDED):
        return _("Seul un badge signé, que quelqu'un a pris, se renouvelle.")
    if award.valid_until is None:
        return _("Ce badge n'a pas de fin : il n'a pas besoin d'être renouvelé.")
    if award.source == AwardSource.VALIDATION:
        return _("Ce badge suit une compétence confirmée : c'est elle qui se fait confirmer de nouveau.")
    if latest_version(award.badge_class).state != BadgeState.PUBLISHED or award.badge_class.issuer.stopped_at:
        return _("Ce badge n'est plus remis : il ne peut pas être renouvelé.")
    return ""


def living_of_proof(evidence_id: UUID) -> Award | None:
    """Return the badge that stands for a proof now."""
    rows = Award.objects.unscoped(PLATFORM).filter(source=AwardSource.VALIDATION, source_id=evidence_id)
    return rows.filter(state__in=LIVING).select_related("badge_class__issuer", "person").first()


def waiting(limit: int) -> list[Award]:
    """Return the next awards to sign, oldest first, locked against another worker (inside a transaction)."""
    rows = Award.objects.unscoped(PLATFORM).filter(state=AwardState.WAITING).order_by("created_at", "pk")
    locked = rows.select_for_update(of=("self",), no_key=True, skip_locked=True)
    return list(locked.select_related("badge_class__issuer").prefetch_related("badge_class__alignments")[:limit])


def lists_to_publish(now: dt.datetime) -> list[StatusList]:
    """Return the lists that changed since they were signed, or whose signature grows old."""
    stale = now - dt.timedelta(days=rules.LIST_DAYS - 2)
    due = Q(published_at=None) | Q(changed_at__gte=F("published_at")) | Q(published_at__lte=stale)
    return list(StatusList.objects.filter(due).defer("bits", "published").order_by("pk"))


def awards_of(person: Person) -> QuerySet[Award]:
    """Return a person's badges that stand, the latest first, with what they show."""
    rows = person.awards.filter(state__in=LIVING)
    return rows.select_related("badge_class__issuer", "badge_class__skill").order_by("-awarded_on", "-created_at")


def award_for(pk: UUID, actor: Actor) -> Award | None:
    """Return one badge that the actor may see."""
    rows = Award.objects.visible_to(actor).select_related("badge_class__issuer", "badge_class__skill", "person")
    return rows.filter(pk=pk).first()


def public_award(public_id: UUID) -> Award | None:
    """Return the badge of a public identifier, for its status alone."""
    return Award.objects.unscoped(PUBLIC).filter(public_id=public_id).select_related("badge_class__issuer").first()


def signed(award: Award, form: Form = Form.OB3_DI) -> Credential | None:
    """Return the signed form of an award that was already read, if it was written."""
    return award.credentials.filter(form=form).select_related("key__issuer").first()


def badge_class_at(series: UUID, version: int) -> BadgeClass | None:
    """Return one published (or retired) version of a badge class, by its public address."""
    rows = BadgeClass.objects.filter(series=series, version=version).exclude(state=BadgeState.DRAFT)
    return rows.select_related("issuer", "skill").prefetch_related("alignments").first()
