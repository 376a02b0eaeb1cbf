"""Reads of badges that others issued: the person's own, those to verify again, the skills they correspond to."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from entremise.credentials import queries, rules_foreign
from entremise.credentials.models_sharing import ForeignBadge
from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.lib.openbadges.content import Content
from entremise.lib.openbadges.report import Report
from entremise.people.models import Person
from entremise.skills import queries as skills
from entremise.skills.enums import Source
from entremise.skills.models import Skill

PROPOSED = 8


@dataclass(frozen=True, slots=True)
class Examined:
    """A badge that somebody brought, verified and not kept yet."""

    given: bytes
    report: Report
    brought: rules_foreign.Brought
    refusal: str = ""  # why it is not kept although it holds

    @property
    def content(self) -> Content:
        """Return what it says; empty when nothing could be read."""
        return self.report.content or Content()

    @property
    def may_be_kept(self) -> bool:
        """Tell whether it holds, and is not known here already."""
        return not self.refusal and rules_foreign.may_be_kept(self.report)

    @property
    def why_not(self) -> str:
        """Say why it is not kept."""
        return self.refusal or rules_foreign.reason(self.report)


def refusal_of_ours(content: Content, person: Person) -> str:
    """Say why a badge given here does not come in as one from elsewhere: it is hers already, or somebody else's."""
    try:
        public_id = UUID(content.id)  # urn:uuid, as our badges bear it
    except ValueError:
        return ""
    award = queries.public_award(public_id)
    if award is None:
        return ""
    if award.person_id == person.pk:
        return _("Ce badge vous a été remis ici : il est déjà sur votre mur.")
    return _("Ce badge a été remis ici, et pas à vous : il ne peut pas entrer sur votre mur.")


def badges(person: Person) -> QuerySet[ForeignBadge]:
    """Return a person's badges from elsewhere, the last added first, without their bytes."""
    return person.foreign_badges.defer("body", "image").order_by("-added_at")


def own(pk: UUID, actor: Actor) -> ForeignBadge | None:
    """Return one of the person's own badges from elsewhere."""
    if actor.user_id is None:
        return None
    rows = ForeignBadge.objects.visible_to(actor).filter(person__user_id=actor.user_id)
    return rows.filter(pk=pk).select_related("person__user").prefetch_related("skills").first()


def stale() -> QuerySet[ForeignBadge]:
    """Return the badges from elsewhere that were not verified for a week, the oldest first."""
    now = clock.now()
    rows = ForeignBadge.objects.unscoped("the platform verifies every badge each week").select_related("person__user")
    due = rows.defer("image").order_by("checked_at")
    return due.filter(checked_at__lte=now - dt.timedelta(days=rules_foreign.CHECK_DAYS))


def email_of(person: Person) -> str:
    """Return the proven address of a person's account: the one that a badge may name."""
    return (person.user.email or "") if person.user else ""


def proposed_skills(content: Content) -> list[Skill]:
    """Return the skills that a badge seems to speak of: by the codes it names, else by its names."""
    rome, esco = rules_foreign.codes_in(content.alignments)
    by_code = Q(source=Source.ROME, external_id__in=rome) | Q(source=Source.ESCO, external_id__in=esco)
    known = Skill.objects.filter(by_code | Q(mappings__code__in=rome | esco), retired_on=None)
    found = list(known.distinct().order_by("label")[:PROPOSED]) if rome or esco else []
    return found or _by_name(content)


def skills_of(ids: list[str]) -> list[Skill]:
    """Return the skills that a person picked."""
    return list(Skill.objects.filter(pk__in=ids, retired_on=None))


def _by_name(content: Content) -> list[Skill]:
    ids: dict[str, None] = {}
    for name in rules_foreign.names_in(content):
        ids |= dict.fromkeys(one.id for one in skills.suggest_skills(name, limit=3))
    rows = Skill.objects.in_bulk([UUID(pk) for pk in list(ids)[:PROPOSED]])
    return [rows[UUID(pk)] for pk in ids if UUID(pk) in rows]
