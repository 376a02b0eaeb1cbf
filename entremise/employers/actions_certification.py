"""Writes that decide about a recruiter space: certified, documents asked, reviewed, refused, blocked, looked at again.

Who certifies is not who created the space, and says what they read: when it changed meanwhile, they read again.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from entremise.accounts import actions_sessions
from entremise.employers import queries_certification as queries
from entremise.employers import rules_certification as rules
from entremise.employers.actions_vigilance import count_from_now, tells
from entremise.employers.enums_spaces import (
    CheckKind,
    CheckOutcome,
    DocumentKind,
    RecheckReason,
    RefusalReason,
)
from entremise.employers.mails_certification import (
    Decision,
    SpaceCertifiedMail,
    SpaceDocumentsMail,
    SpacePhishedMail,
    SpaceRefusedMail,
)
from entremise.employers.models_spaces import LONGEST_NOTE, RecruiterSpace, SpaceCheck
from entremise.employers.workflow import FLOW
from entremise.kernel import clock, mail
from entremise.kernel.actions import Done
from entremise.kernel.actors import Actor
from entremise.lib.identifiers import phone_in_pairs

# What the recruiter reads of a refusal: never a way to do better next time.
TOLD_REASONS = frozenset({RefusalReason.UNREACHABLE, RefusalReason.NO_ACTIVITY})


class CertificationRefused(Exception):
    """The decision cannot be taken so; `reason` is a sentence for the user, `field` the one to correct."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


@tells
@FLOW.action("certify")
def certify(space: RecruiterSpace, *, actor: Actor, items: Iterable[str], note: str, version: str) -> Done:
    """Certify a space: every line of the checklist ticked, every point that holds answered, somebody spoken to."""
    if version != queries.version_of(space):
        raise CertificationRefused(
            _("L'espace a changé depuis que vous l'avez lu. Relisez-le, puis certifiez-le si tout est en ordre.")
        )
    told = _words(note, _("Écrivez en une phrase ce que l'entreprise a confirmé."))
    lacking = rules.missing(queries.request_of(space, frozenset(items)))
    if lacking:
        raise CertificationRefused(_(rules.SENTENCES[lacking[0]]), str(lacking[0]))
    log(space, actor, CheckKind.NOTE, CheckOutcome.CONFIRMED, told, items=sorted(items))
    recheck = space.recheck
    _decide(space, actor, reason="")
    space.last_active_at = clock.now()
    for member in queries.members(space):
        certified = SpaceCertifiedMail(
            decision=_told(space), first_name=member.first_name, url=mail.absolute("/recruteur/")
        )
        mail.send(certified, to=member.email, about=space, language=_language(member))
    return Done(None, data={"branch": space.acquaintance, "recheck": recheck})


@FLOW.action("ask_documents")
def ask_documents(space: RecruiterSpace, *, actor: Actor, documents: Iterable[str], note: str = "") -> Done:
    """Ask to see documents, at a visit, at the agency or by video: none is sent, none is kept."""
    wanted = sorted(set(documents))
    if not wanted or not set(wanted) <= set(DocumentKind.values):
        raise CertificationRefused(_("Choisissez au moins une pièce à voir."), "documents")
    names = tuple(str(DocumentKind(code).label) for code in wanted)
    log(space, actor, CheckKind.NOTE, CheckOutcome.DONE, f"{_('Pièces demandées :')} {', '.join(names)}. {note}")
    for member in queries.members(space)[:1]:
        asked = SpaceDocumentsMail(decision=_told(space), first_name=member.first_name, documents=names)
        mail.send(asked, to=member.email, about=space, language=_language(member))
    return Done(None, data={"documents": wanted})


@tells
@FLOW.action("review")
def review(space: RecruiterSpace, *, actor: Actor, note: str) -> Done:
    """Look more closely at a space: what it does reaches nobody meanwhile."""
    told = _words(note, _("Dites ce qui doit être examiné."))
    log(space, actor, CheckKind.NOTE, CheckOutcome.DOUBT, told)
    was_certified = space.is_certified
    if was_certified:
        count_from_now(space)
        space.recheck = RecheckReason.VIGILANCE
    return Done(None, data={"was_certified": was_certified})


@FLOW.action("refuse")
def refuse(space: RecruiterSpace, *, actor: Actor, reason: str, note: str) -> Done:
    """Refuse a space, for a reason; the recruiter may ask again."""
    told = _reason(reason, note)
    log(space, actor, CheckKind.NOTE, CheckOutcome.NOT_CONFIRMED, told)
    _decide(space, actor, reason=reason)
    _tell_refusal(space)
    return Done(None, data={"reason": reason})


@FLOW.action("lapse")
def lapse(space: RecruiterSpace, *, actor: Actor) -> Done:
    """Refuse a space whose company nobody could talk to in eight days."""
    log(space, actor, CheckKind.NOTE, CheckOutcome.UNREACHABLE, "")
    _decide(space, actor, reason=RefusalReason.UNREACHABLE)
    _tell_refusal(space)
    return Done(None, data={"reason": str(RefusalReason.UNREACHABLE)})


@tells
@FLOW.action("block")
def block(space: RecruiterSpace, *, actor: Actor, reason: str, note: str) -> Done:
    """Block a space at once, without asking a lead; its members' sessions end."""
    told = _reason(reason, note)
    log(space, actor, CheckKind.NOTE, CheckOutcome.NOT_CONFIRMED, told)
    _decide(space, actor, reason=reason)
    ended = _end_sessions(space)
    if reason == RefusalReason.PHISHED:
        for member in queries.members(space):
            kind_words = SpacePhishedMail(decision=_told(space), first_name=member.first_name)
            mail.send(kind_words, to=member.email, about=space, language=_language(member))
    else:
        _tell_refusal(space)
    return Done(None, data={"reason": reason, "sessions": ended})


@FLOW.action("unblock")
def unblock(space: RecruiterSpace, *, actor: Actor, note: str) -> Done:
    """Give a blocked space back to be certified, by somebody else than who blocked it: everything is verified anew."""
    told = _words(note, _("Dites ce qui a été vérifié, et avec qui, avant de débloquer l'espace."))
    ended = _end_sessions(space)
    before = space.reason
    count_from_now(space)
    log(space, actor, CheckKind.NOTE, CheckOutcome.DONE, told)
    space.recheck = RecheckReason.PHISHED if before == RefusalReason.PHISHED else RecheckReason.UNBLOCKED
    space.reason, space.decided_at, space.decided_by_id = "", None, None
    return Done(None, data={"reason": before, "sessions": ended})


def log(
    space: RecruiterSpace, actor: Actor, kind: str, outcome: str, note: str, *, items: list[str] | None = None,
    document: str = "", number: str = "",
) -> SpaceCheck:  # fmt: skip
    """Write a line of the log of checks, within an action."""
    rows: Any = SpaceCheck.objects.unscoped("the action checked its policy")
    line: SpaceCheck = rows.create(
        space=space, kind=kind, outcome=outcome, note=note.strip()[:LONGEST_NOTE], items=items or [],
        document=document, number=number, author_id=actor.user_id, at=clock.now(),
    )  # fmt: skip
    return line


def _decide(space: RecruiterSpace, actor: Actor, *, reason: str) -> None:
    space.decided_at, space.decided_by_id, space.reason = clock.now(), actor.user_id, reason
    space.due_at, space.call_back_at, space.recheck = None, None, ""


def _words(text: str, refusal: str) -> str:
    told = text.strip()
    if not told:
        raise CertificationRefused(refusal, "note")
    return told


def _reason(reason: str, note: str) -> str:
    if reason not in RefusalReason.values:
        raise CertificationRefused(_("Choisissez la raison."), "reason")
    return _words(note, _("Écrivez ce qui a été constaté : un collègue doit pouvoir le relire."))


def _end_sessions(space: RecruiterSpace) -> int:
    return sum(actions_sessions.end(member.user) for member in queries.members(space) if member.user is not None)


def _tell_refusal(space: RecruiterSpace) -> None:
    """Write to who asked; a refused and a blocked space read as one, so that a fraud learns nothing."""
    reason = str(RefusalReason(space.reason).label) if space.reason in TOLD_REASONS else ""
    for member in queries.members(space):
        told = SpaceRefusedMail(decision=_told(space), first_name=member.first_name, reason=reason)
        mail.send(told, to=member.email, about=space, language=_language(member))


def _told(space: RecruiterSpace) -> Decision:
    return Decision(
        establishment=space.establishment.name,
        agency_name=space.agency.name,
        agency_phone=phone_in_pairs(space.agency.phone),
        ends_at=space.ends_at,
    )


def _language(member: Any) -> str:
    return member.user.language if member.user is not None else ""
