"""Writes about badge classes: the badge of each key skill, and those that issuers design, version after version."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from entremise.credentials import actions_issuers, queries
from entremise.credentials.enums import BadgeKind, BadgeState, Framework, Verb
from entremise.credentials.models import Alignment, BadgeClass, Issuer
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.openbadges.limits import clean_text
from entremise.skills.enums import Relation, Source
from entremise.skills.models import Skill

TOLD = (
    "name", "description", "criteria", "kind", "skill", "family", "valid_months", "is_suspendable", "department",
)  # fmt: skip
ROME_VERSION = "4.0"
ESCO_VERSION = "1.2"


@dataclass(frozen=True, slots=True)
class Aligned:
    """One line of a referential to which a badge corresponds."""

    framework: Framework
    code: str
    name: str
    url: str
    version: str = ""


def of_skill(skill: Skill) -> BadgeClass:
    """Return this service's own badge for a skill; make it the first time (inside the action that awards it)."""
    issuer = actions_issuers.platform(str(settings.BRAND.name))
    found = queries.published_of_skill(issuer, skill)
    if found:
        return found
    Issuer.objects.select_for_update(of=("self",), no_key=True).get(
        pk=issuer.pk
    )  # two first awards at once: one badge
    if again := queries.published_of_skill(issuer, skill):
        return again
    now = clock.now()
    with override("fr"):  # the badge is written in French, whoever acts
        made = BadgeClass(
            issuer=issuer,
            name=clean_text(skill.label),
            description=_("Cette personne a exercé cette compétence, et quelqu'un qui l'a vue faire l'a confirmé."),
            criteria=_(
                "La compétence a été confirmée par un ancien employeur, un tuteur ou un organisme qui a répondu "
                "à la personne. Le badge dit qui a répondu, quand, et comment son identité a été vérifiée."
            ),
            kind=BadgeKind.COMPETENCY,
            skill=skill,
            family=skill.family,
            state=BadgeState.PUBLISHED,
            created_at=now,
            published_at=now,
        )
    made.save(force_insert=True)
    _align(made, _alignments_of(skill))
    return made


@action(Verb.BADGE_DRAFTED, may="credentials.manage_issuer")
def draft(issuer: Issuer, *, actor: Actor, aligned: Sequence[Aligned] = (), **told: Any) -> BadgeClass:
    """Begin a badge; nobody sees it before it is published."""
    badge_class = BadgeClass(issuer=issuer, created_at=clock.now())
    _tell(badge_class, told)
    badge_class.save(force_insert=True)
    _align(badge_class, aligned or (_alignments_of(badge_class.skill) if badge_class.skill else ()))
    return badge_class


@action(Verb.BADGE_CHANGED, may="credentials.design")
def change(badge_class: BadgeClass, *, actor: Actor, aligned: Sequence[Aligned] | None = None, **told: Any) -> Done:
    """Change a draft; a published badge is not changed, a new version of it is drafted and returned."""
    rows = BadgeClass.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.get(pk=badge_class.pk)
    was = [_as_aligned(one) for one in locked.alignments.all()]
    if locked.state != BadgeState.DRAFT:
        locked = _next_version(locked)
    _tell(locked, told)
    locked.save()
    locked.alignments.all().delete()
    _align(locked, was if aligned is None else aligned)
    return Done(locked, data={"fields": sorted(told), "version": locked.version})


@action(Verb.BADGE_PUBLISHED, may="credentials.design")
def publish(badge_class: BadgeClass, *, actor: Actor) -> BadgeClass:
    """Publish a draft: from now on it can be awarded and nothing in it changes; the former version is retired."""
    locked = BadgeClass.objects.select_for_update(of=("self",), no_key=True).get(pk=badge_class.pk)
    if locked.state != BadgeState.DRAFT:
        raise CredentialRefused(_("Ce badge est déjà publié."))
    now = clock.now()
    former = BadgeClass.objects.filter(series=locked.series, state=BadgeState.PUBLISHED)
    former.update(state=BadgeState.RETIRED, retired_at=now)
    locked.state, locked.published_at = BadgeState.PUBLISHED, now
    _check(locked)
    locked.save()
    return locked


@action(Verb.BADGE_RETIRED, may="credentials.design")
def retire(badge_class: BadgeClass, *, actor: Actor) -> BadgeClass:
    """Award a badge no more; those that were awarded hold."""
    locked = BadgeClass.objects.select_for_update(of=("self",), no_key=True).get(pk=badge_class.pk)
    locked.state, locked.retired_at = BadgeState.RETIRED, clock.now()
    locked.save(update_fields=["state", "retired_at"])
    return locked


def _next_version(badge_class: BadgeClass) -> BadgeClass:
    waiting = BadgeClass.objects.filter(series=badge_class.series, state=BadgeState.DRAFT).first()
    if waiting:
        return waiting
    latest = max(BadgeClass.objects.filter(series=badge_class.series).values_list("version", flat=True))
    made = BadgeClass(issuer=badge_class.issuer, series=badge_class.series, created_at=clock.now())
    for name in (*TOLD, "language"):
        setattr(made, name, getattr(badge_class, name))
    made.version = latest + 1
    made.save(force_insert=True)
    return made


def _tell(badge_class: BadgeClass, told: dict[str, Any]) -> None:
    if unknown := set(told) - set(TOLD):
        raise TypeError(f"not to be said here: {sorted(unknown)}")
    for name, value in told.items():
        setattr(badge_class, name, clean_text(value).strip() if isinstance(value, str) else value)
    if badge_class.skill and not badge_class.family:
        badge_class.family = badge_class.skill.family
    _check(badge_class)


def _check(badge_class: BadgeClass) -> None:
    try:
        badge_class.clean_fields(exclude=["issuer"])
        badge_class.validate_constraints()
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise CredentialRefused(sentences[0], "" if field == "__all__" else field) from error


def _align(badge_class: BadgeClass, aligned: Sequence[Aligned]) -> None:
    Alignment.objects.bulk_create(
        Alignment(
            badge_class=badge_class,
            framework=one.framework,
            code=one.code,
            name=one.name,
            url=one.url,
            version=one.version,
        )
        for one in aligned
    )


def _as_aligned(one: Alignment) -> Aligned:
    return Aligned(Framework(one.framework), one.code, one.name, one.url, one.version)


def _alignments_of(skill: Skill) -> list[Aligned]:
    """Return what a skill is called in ROME and ESCO, as far as the referential knows it exactly."""
    found = []
    if skill.source == Source.ROME:
        url = f"https://candidat.francetravail.fr/metierscope/competence/{skill.external_id}"
        found.append(Aligned(Framework.ROME, skill.external_id, skill.label, url, ROME_VERSION))
    if skill.source == Source.ESCO:
        found.append(Aligned(Framework.ESCO, skill.external_id, skill.label, skill.external_id, ESCO_VERSION))
    for mapping in skill.mappings.filter(system=Source.ESCO, relation=Relation.EXACT):
        found.append(Aligned(Framework.ESCO, mapping.code, skill.label, mapping.code, ESCO_VERSION))
    return found
