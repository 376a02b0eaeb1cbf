"""Writes of badges that others issued: verified, kept, verified again each week, aligned, removed.

Verifying asks other sites: it is done before the transaction of the act, which only keeps what was found.
"""

import base64
import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from entremise.credentials import actions_verifying, queries_foreign, rules_foreign
from entremise.credentials.enums import Verb
from entremise.credentials.models_sharing import ForeignBadge
from entremise.credentials.queries_foreign import Examined
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.openbadges.limits import clean_text
from entremise.lib.openbadges.report import Report
from entremise.people.models import Person
from entremise.skills.models import Skill

KEPT_FOR_UNDO = (
    "form", "image_type", "sha256", "name", "description", "criteria", "issuer_name", "issuer_id", "verdict",
    "codes", "is_shown",
)  # fmt: skip
MOST_UNDONE = 200_000  # bytes kept in the session of who may want it back
Facts = dict[str, Any]


def examine(given: bytes, person: Person) -> Examined:
    """Verify what somebody brought, and whether it is hers when it names an address; nothing is kept."""
    report = _verified(given, queries_foreign.email_of(person))
    refusal = queries_foreign.refusal_of_ours(report.content, person) if report.content else ""
    return Examined(given, report, rules_foreign.unpacked(given, report), refusal)


@action(Verb.FOREIGN_ADDED, may="credentials.hold")
def add(person: Person, *, actor: Actor, examined: Examined, skills: Sequence[Skill] = ()) -> Done:
    """Keep a badge from elsewhere that holds."""
    if not examined.may_be_kept:
        raise CredentialRefused(examined.refusal or rules_foreign.why_not(examined.report), "given")
    report, content, brought = examined.report, examined.content, examined.brought
    now = clock.now()
    made = ForeignBadge(
        person=person,
        form=report.form.value if report.form else "",
        body=brought.body,
        image=brought.image,
        image_type=brought.image_type,
        sha256=hashlib.sha256(brought.body).hexdigest(),
        name=clean_text(content.title or _("Badge sans titre"))[:400],
        description=clean_text(content.description),
        criteria=clean_text(content.criteria),
        issuer_name=clean_text(content.issuer.name)[:200],
        issuer_id=content.issuer.id[:400],
        awarded_on=_day(content.awarded_at or content.valid_from),
        valid_until=content.valid_until,
        verdict=report.verdict.value,
        codes=rules_foreign.written_checks(report),
        checked_at=now,
        added_at=now,
    )
    _keep(made)
    made.skills.set(skills)
    return Done(made, data={"form": made.form, "skills": len(skills)})


def verified_again(badge: ForeignBadge) -> Report:
    """Verify a kept badge again; `note_check` keeps what was found."""
    return _verified(bytes(badge.body), queries_foreign.email_of(badge.person))


@action(Verb.FOREIGN_CHECKED, may="credentials.check_foreign")
def note_check(badge: ForeignBadge, *, actor: Actor, report: Report) -> Done:
    """Note what a new verification found."""
    was = badge.verdict
    badge.verdict, badge.checked_at = report.verdict.value, clock.now()
    badge.codes = rules_foreign.written_checks(report)
    _rows(badge).update(verdict=badge.verdict, checked_at=badge.checked_at, codes=badge.codes)
    return Done(badge, data={"verdict": badge.verdict, "was": was})


@action(Verb.FOREIGN_CHANGED, may="credentials.own")
def align(badge: ForeignBadge, *, actor: Actor, skills: Sequence[Skill]) -> Done:
    """Say to which skills of the referential a badge corresponds."""
    badge.skills.set(skills)
    return Done(badge, data={"skills": len(skills)})


@action(Verb.FOREIGN_CHANGED, may="credentials.own")
def show(badge: ForeignBadge, *, actor: Actor, is_shown: bool) -> Done:
    """Show a badge from elsewhere to others, or keep it for oneself."""
    _rows(badge).update(is_shown=is_shown)
    badge.is_shown = is_shown
    return Done(badge, data={"is_shown": is_shown})


@action(Verb.FOREIGN_REMOVED, may="credentials.own")
def remove(badge: ForeignBadge, *, actor: Actor) -> Done:
    """Forget a badge from elsewhere; it stays what it is at its issuer's."""
    pk = badge.pk
    _rows(badge).delete()
    badge.pk = pk
    return Done(None, subject=badge.person, data={"badge": str(pk)})


def facts_of(badge: ForeignBadge) -> Facts | None:
    """Return what is needed to put a badge back, unless it is too large to be kept for that."""
    body, image = bytes(badge.body), bytes(badge.image)
    if len(body) + len(image) > MOST_UNDONE:
        return None
    facts = {name: getattr(badge, name) for name in KEPT_FOR_UNDO}
    return facts | {
        "body": base64.b64encode(body).decode(),
        "image": base64.b64encode(image).decode(),
        "awarded_on": badge.awarded_on.isoformat() if badge.awarded_on else "",
        "valid_until": badge.valid_until.isoformat() if badge.valid_until else "",
        "checked_at": badge.checked_at.isoformat(),
        "added_at": badge.added_at.isoformat(),
        "skills": [str(one.pk) for one in badge.skills.all()],
    }


@action(Verb.FOREIGN_ADDED, may="credentials.hold")
def put_back(person: Person, *, actor: Actor, facts: Facts) -> Done:
    """Put back a badge that was removed a moment ago, as it was."""
    made = ForeignBadge(person=person, **{name: facts[name] for name in KEPT_FOR_UNDO})
    made.body, made.image = base64.b64decode(facts["body"]), base64.b64decode(facts["image"])
    made.awarded_on = dt.date.fromisoformat(facts["awarded_on"]) if facts["awarded_on"] else None
    made.valid_until = dt.datetime.fromisoformat(facts["valid_until"]) if facts["valid_until"] else None
    made.checked_at = dt.datetime.fromisoformat(facts["checked_at"])
    made.added_at = dt.datetime.fromisoformat(facts["added_at"])
    _keep(made)
    made.skills.set(queries_foreign.skills_of(facts["skills"]))
    return Done(made, data={"form": made.form, "back": True})


def _verified(given: bytes, email: str) -> Report:
    report = actions_verifying.check(given)
    if email and rules_foreign.may_be_kept(report) and rules_foreign.names_an_email(report):
        return actions_verifying.check(given, recipient=email)
    return report


def _keep(badge: ForeignBadge) -> None:
    held = ForeignBadge.objects.unscoped("the person's own badges").filter(person=badge.person, sha256=badge.sha256)
    if held.exists():
        raise CredentialRefused(_("Ce badge est déjà dans votre passeport."), "given")
    badge.save(force_insert=True)


def _rows(badge: ForeignBadge) -> Any:
    return ForeignBadge.objects.unscoped("the policy decided on this row").filter(pk=badge.pk)


def _day(moment: dt.datetime | None) -> dt.date | None:
    return clock.local(moment).date() if moment else None
