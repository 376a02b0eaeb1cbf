"""Writes of what follows the label: contested counts, the question to who stays silent, advice, pauses."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from entremise.accounts.queries import calendar_for_agency
from entremise.employers.models import Establishment
from entremise.kernel import clock, links, mail
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor, ActorKind
from entremise.reciprok import actions_label, queries
from entremise.reciprok import queries_label_following as following
from entremise.reciprok import rules_label_following as rules
from entremise.reciprok.enums import AsideReason, ContestState, Count, PauseKind, SilenceReason, Verb
from entremise.reciprok.mails_label import CountJudgedMail, PauseAnnouncedMail, WhySilentMail
from entremise.reciprok.models import Application, Inbox
from entremise.reciprok.models_label import CountContest, Pause, Silence

WHY = "the policy decided on this establishment"


class LabelRefused(Exception):
    """What was asked cannot be done; `reason` is a sentence for the user, `field` what it is about."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason, self.field = reason, field


@action(Verb.COUNT_CONTESTED, may="reciprok.contest_count")
def contest_count(application: Application, *, actor: Actor, words: str) -> Done:
    """Say that an application is wrongly counted as left without answer; an adviser of the territory decides, once."""
    told = _said(words, rules.LONGEST_CONTEST)
    locked = _locked(application)
    if locked.count != Count.SILENT:
        raise LabelRefused(_("Seule une candidature comptée « restée sans réponse » se conteste."))
    rows: Any = CountContest.objects.unscoped("a new row, about the establishment that the policy checked")
    now = clock.now()
    try:
        with transaction.atomic():
            made = rows.create(
                establishment_id=locked.establishment_id, application=locked, words=told, contested_at=now,
                contested_by_id=actor.user_id, due_on=_due_on(locked.inbox),
            )  # fmt: skip
    except IntegrityError as twice:
        raise LabelRefused(_("Ce compte a déjà été contesté : il ne l'est qu'une fois.")) from twice
    return Done(made, data={"application": str(locked.pk), "due_on": made.due_on.isoformat()})


@action(Verb.COUNT_JUDGED, may="reciprok.judge_count")
def judge_count(contest: CountContest, *, actor: Actor, is_accepted: bool, outcome: str) -> Done:
    """Decide on a contested count, in words for the recruiter; accepted, it leaves the count and the label at once."""
    told = _said(outcome, rules.LONGEST_OUTCOME, "outcome")
    rows: Any = CountContest.objects.unscoped(WHY)
    verdict = ContestState.ACCEPTED if is_accepted else ContestState.REFUSED
    now = clock.now()
    is_first = rows.filter(pk=contest.pk, state=ContestState.OPEN).update(
        state=verdict, judged_by_id=actor.user_id, judged_at=now, outcome=told
    )
    if not is_first:
        raise LabelRefused(_("Un collègue a déjà répondu à cette contestation."))
    kept = rows.select_related("application__inbox", "establishment", "contested_by").get(pk=contest.pk)
    codes: dict[str, Any] = {"contest": str(kept.pk), "verdict": str(verdict)}
    if is_accepted:
        applications: Any = Application.objects.unscoped(WHY).filter(pk=kept.application_id)
        applications.update(count=Count.ASIDE, counted_at=now, aside_reason=AsideReason.CONTEST)
        actions_label.refresh(kept.establishment_id, actor)
        codes |= {"count": str(Count.ASIDE)}
    _tell_recruiter(kept)
    return Done(kept, data=codes | {"establishment": str(kept.establishment_id)}, subject=kept.application)


@action(Verb.SILENCE_ASKED, may="reciprok.ask_silence")
def ask_silence(inbox: Inbox, *, actor: Actor) -> Done:
    """Ask an employer without the label why people wait for nothing, with a link where it takes a minute to say."""
    rows: Any = Silence.objects.unscoped("a new row, by the platform")
    made = rows.create(establishment=inbox.establishment, agency=inbox.agency, asked_at=clock.now())
    count = following.silent_lately(inbox.establishment_id, clock.now())
    readers = queries.recipients(inbox.offer, inbox.establishment)
    for reader in readers:
        link = queries.link_to(inbox, reader.email)
        told = WhySilentMail(
            contact_name=reader.name, establishment=inbox.establishment.name, silent_count=count,
            agency_name=inbox.agency.name, url=mail.absolute(reverse("inbox_silence", args=[links.token(link)])),
        )  # fmt: skip
        mail.send(told, to=reader.email, about=made, department=inbox.establishment.commune.department_id)
    return Done(made, data={"inbox": str(inbox.pk), "readers": len(readers)})


@action(Verb.SILENCE_EXPLAINED, may="reciprok.explain_silence")
def explain_silence(
    inbox: Inbox, *, actor: Actor, reason: str, words: str = "", is_advice_wanted: bool = False
) -> Done:
    """Say why there was no answer; advice that is wanted becomes a task of the agency, with a deadline."""
    if reason not in SilenceReason.values:
        raise LabelRefused(_("Choisissez la raison la plus proche."), "reason")
    if reason == SilenceReason.OTHER and not words.strip():
        raise LabelRefused(_("Dites cette raison en quelques mots."), "words")
    if len(words.strip()) > rules.LONGEST_SILENCE:
        raise LabelRefused(_("Ce texte compte au plus %(n)s caractères.") % {"n": rules.LONGEST_SILENCE}, "words")
    last = following.silence_of(inbox)
    if last is None:
        raise LabelRefused(_("Aucune question ne vous est posée en ce moment."))
    rows: Any = Silence.objects.unscoped(WHY).select_for_update(of=("self",), no_key=True)
    kept: Silence = rows.get(pk=last.pk)
    if kept.done_at is not None:
        raise LabelRefused(_("Un conseiller vous a déjà rappelé : parlez-lui directement."))
    if kept.explained_at is not None:
        raise LabelRefused(_("Votre réponse est déjà notée, merci. Pour la changer, appelez votre agence."))
    kept.reason, kept.words, kept.explained_at = SilenceReason(reason), words.strip(), clock.now()
    kept.is_advice_wanted = is_advice_wanted
    kept.due_on = (kept.due_on or _due_on(inbox)) if is_advice_wanted else None
    kept.save()
    return Done(kept, data={"reason": reason, "advice": is_advice_wanted})


@action(Verb.ADVICE_DONE, may="reciprok.advise")
def advice_done(silence: Silence, *, actor: Actor, outcome: str) -> Done:
    """Note, as an adviser, the recruitment advice that was given and what was agreed."""
    told = _said(outcome, rules.LONGEST_OUTCOME, "outcome")
    rows: Any = Silence.objects.unscoped(WHY).exclude(due_on=None).filter(pk=silence.pk, done_at=None)
    if not rows.update(done_at=clock.now(), done_by_id=actor.user_id, outcome=told):
        raise LabelRefused(_("Ce conseil est déjà donné, ou n'est plus demandé."))
    silence.refresh_from_db()
    return Done(silence, data={"establishment": str(silence.establishment_id)})


@action(Verb.PAUSE_ANNOUNCED, may="reciprok.pause")
def announce_pause(establishment: Establishment, *, actor: Actor) -> Done:
    """Announce that an establishment that answers nobody will receive no new application, a week before."""
    now = clock.now()
    made = _paused(establishment, PauseKind.AUTO, starts_at=now + rules.NOTICE, ends_at=None)
    agency = following.agency_of(establishment)
    for reader in queries.recipients(None, establishment):
        told = PauseAnnouncedMail(
            contact_name=reader.name, establishment=establishment.name, count=rules.CONTACTS,
            starts_on=clock.local(made.starts_at).date(), agency_name=agency.name if agency else "",
            agency_phone=agency.phone if agency else "", url=mail.absolute(reverse("recruiter_label")),
        )  # fmt: skip
        mail.send(told, to=reader.email, about=made, department=establishment.commune.department_id)
    return Done(made, data={"starts_at": made.starts_at.isoformat()})


@action(Verb.PAUSED, may="reciprok.pause")
def pause(establishment: Establishment, *, actor: Actor, weeks: int) -> Done:
    """Stop, for some weeks, the spontaneous applications to one's own establishment and its reminders."""
    if weeks not in rules.OWN_WEEKS:
        raise LabelRefused(_("Une pause dure deux, quatre ou huit semaines."), "weeks")
    now = clock.now()
    made = _paused(establishment, PauseKind.OWN, starts_at=now, ends_at=now + dt.timedelta(weeks=weeks))
    return Done(made, data={"weeks": weeks})


@action(Verb.PAUSE_LIFTED, may="reciprok.lift_pause")
def lift_pause(pause: Pause, *, actor: Actor, words: str = "") -> Done:
    """End a pause: an adviser says why, a recruiter ends their own, the platform when its reason is gone."""
    told = words.strip()
    if actor.is_professional and not told:
        raise LabelRefused(_("Dites pourquoi vous levez cette pause."), "words")
    if len(told) > rules.LONGEST_LIFTED:
        raise LabelRefused(_("Ce texte compte au plus %(n)s caractères.") % {"n": rules.LONGEST_LIFTED}, "words")
    rows: Any = Pause.objects.unscoped(WHY).filter(pk=pause.pk, lifted_at=None)
    if not rows.update(lifted_at=clock.now(), lifted_by_id=actor.user_id, words=told):
        raise LabelRefused(_("Cette pause est déjà terminée."))
    pause.refresh_from_db()
    return Done(pause, data={"kind": str(pause.kind), "by": str(actor.kind if not actor.is_system else ActorKind.JOB)})


def _paused(
    establishment: Establishment, kind: PauseKind, *, starts_at: dt.datetime, ends_at: dt.datetime | None
) -> Pause:
    rows: Any = Pause.objects.unscoped(WHY)
    now = clock.now()
    rows.filter(establishment=establishment, lifted_at=None, ends_at__lte=now).update(lifted_at=now)
    try:
        with transaction.atomic():
            made: Pause = rows.create(
                establishment=establishment, kind=kind, announced_at=now, starts_at=starts_at, ends_at=ends_at
            )
    except IntegrityError as twice:
        raise LabelRefused(_("Une pause est déjà annoncée ou en cours pour cet établissement.")) from twice
    return made


def _locked(application: Application) -> Application:
    rows: Any = Application.objects.unscoped(WHY).select_for_update(of=("self",), no_key=True)
    locked: Application = rows.select_related("inbox__agency", "establishment").get(pk=application.pk)
    return locked


def _due_on(inbox: Inbox) -> dt.date:
    return rules.due_on(clock.today(), calendar_for_agency(inbox.agency))


def _said(words: str, longest: int, field: str = "words") -> str:
    told = words.strip()
    if len(told) < rules.SHORTEST_CONTEST:
        raise LabelRefused(_("Expliquez-vous en une phrase au moins : quelqu'un va la lire."), field)
    if len(told) > longest:
        raise LabelRefused(_("Ce texte compte au plus %(n)s caractères.") % {"n": longest}, field)
    return told


def _tell_recruiter(contest: CountContest) -> None:
    reader = contest.contested_by
    if reader is None or not reader.email:
        return
    told = CountJudgedMail(
        establishment=contest.establishment.name, sent_on=clock.local(contest.application.sent_at).date(),
        is_accepted=contest.state == ContestState.ACCEPTED, outcome=contest.outcome,
        url=mail.absolute(reverse("recruiter_label")),
    )  # fmt: skip
    mail.send(told, to=reader.email, about=contest)
