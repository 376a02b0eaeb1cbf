"""Writes of what people say after an application: an answer back, a contest, a rating, a report; what is judged."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from entremise.accounts.queries import calendar_for_agency
from entremise.employers import actions_vigilance as vigilance
from entremise.employers.enums_spaces import VigilanceKind
from entremise.employers.models_spaces import RecruiterSpace
from entremise.employers.queries_own_spaces import certified_spaces_of
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor, Role
from entremise.lib import courtesy
from entremise.lib.courtesy import Fault
from entremise.reciprok import actions, actions_label, queries, rules, rules_voice
from entremise.reciprok import actions_voice_messages as messages
from entremise.reciprok import queries_voice as voice
from entremise.reciprok.enums import (
    ApplicationOrigin,
    AsideReason,
    Count,
    RatingState,
    ReportKind,
    ReportState,
    Verb,
)
from entremise.reciprok.models import Application
from entremise.reciprok.models_following import AbuseReport, Rating
from entremise.reciprok.rules import ApplicationRefused
from entremise.reciprok.rules_voice import Marks

WHY = "the policy decided on this application"
RUDE = frozenset({Fault.INSULT, Fault.THREAT})  # a candidate may quote what is discrimination: it happened to her


@action(Verb.REPLIED, may="reciprok.reply")
def reply(application: Application, *, actor: Actor, words: str) -> Done:
    """Answer the employer back, once: they are told, and the agency; a favourable opinion answered to is followed."""
    locked = _locked(application)
    if not rules_voice.may_reply(locked.state):
        raise ApplicationRefused(_("L'employeur n'a pas encore répondu : attendez sa réponse pour lui écrire."))
    if locked.replied_at is not None:
        raise ApplicationRefused(_("Vous avez déjà répondu à cet employeur : on répond une seule fois ici."))
    told = _said(words, rules.LONGEST_ANSWER, empty=_("Écrivez votre réponse à l'employeur."))
    _check_polite(told)
    locked.reply, locked.replied_at = told, clock.now()
    has_counted = actions.follow(locked)
    locked.save(update_fields=["reply", "replied_at", "count", "counted_at"])
    messages.tell_reply(locked)
    counted = {"count": str(locked.count)} if has_counted else {}
    return Done(locked, data=counted | {"establishment": str(locked.establishment_id)})


@action(Verb.CONTESTED_APPLICATION, may="reciprok.contest_application")
def contest_application(application: Application, *, actor: Actor, words: str = "") -> Done:
    """Say that one did not want an application made by somebody else: the adviser and the agency are told."""
    locked = _locked(application)
    if locked.origin == ApplicationOrigin.SELF:
        raise ApplicationRefused(_("Vous avez envoyé vous-même cette candidature : vous pouvez la retirer."))
    if voice.was_contested(locked):
        raise ApplicationRefused(_("Votre agence est déjà prévenue : elle va vous appeler."))
    told = _said(words, rules.LONGEST_ANSWER, empty="") if words.strip() else ""
    messages.tell_contested(locked, told)
    return Done(locked, data={"origin": str(locked.origin)})


@action(Verb.RATED, may="reciprok.rate")
def rate(application: Application, *, actor: Actor, courtesy: int, clarity: int, speed: int, words: str = "") -> Done:
    """Say how one was treated, once it is over; words are read by an adviser before anybody else reads them."""
    locked = _locked(application)
    _check_over(locked)
    marks = Marks(courtesy, clarity, speed)
    if not marks.are_possible:
        raise ApplicationRefused(_("Une note se donne de 1 à 5."), "courtesy")
    told = words.strip()
    if told:
        _said(told, rules.LONGEST_RATING, empty="")
        _check_polite(told)
    rows: Any = Rating.objects.unscoped("a new row, about the application that the policy decided on")
    try:
        with transaction.atomic():
            made: Rating = rows.create(
                application=locked, establishment_id=locked.establishment_id, courtesy=courtesy, clarity=clarity,
                speed=speed, words=told, given_at=clock.now(),
                state=RatingState.WAITING if told else RatingState.PUBLISHED,
            )  # fmt: skip
    except IntegrityError as twice:
        raise ApplicationRefused(_("Vous avez déjà donné votre avis sur ce recrutement.")) from twice
    return Done(made, data={"state": str(made.state), "establishment": str(made.establishment_id)})


@action(Verb.RATING_JUDGED, may="reciprok.judge_rating")
def judge_rating(rating: Rating, *, actor: Actor, publish: bool, words: str = "") -> Done:
    """Publish the words of a rating, or set them aside and tell the person why."""
    why = words.strip()
    if not publish and len(why) < rules_voice.SHORTEST_OUTCOME:
        raise ApplicationRefused(_("Dites à la personne pourquoi son avis n'est pas publié."), "words")
    if len(why) > rules_voice.LONGEST_JUDGED:
        raise ApplicationRefused(_("Expliquez-le en 300 caractères au plus."), "words")
    state = RatingState.PUBLISHED if publish else RatingState.REFUSED
    rows: Any = Rating.objects.unscoped(WHY).filter(pk=rating.pk, state=RatingState.WAITING)
    if not rows.update(state=state, judged_by_id=actor.user_id, judged_at=clock.now(), judged_words=why):
        raise ApplicationRefused(_("Cet avis est déjà relu."))
    kept = voice.rating(rating.pk, actor)
    if not publish:
        messages.tell_rating_refused(kept)
    return Done(kept, data={"state": str(state)})


@action(Verb.REPORTED, may="reciprok.report")
def report(application: Application, *, actor: Actor, kind: str, words: str) -> Done:
    """Report something that should not happen; an adviser deals with it within ten working days."""
    is_hers = actor.has(Role.JOBSEEKER)
    if kind not in (ReportKind.values if is_hers else rules_voice.EMPLOYER_KINDS):
        raise ApplicationRefused(_("Dites ce que vous signalez."), "kind")
    told = _said(words, rules.LONGEST_REPORT, empty=_("Racontez ce qui s'est passé, en quelques mots."))
    locked = _locked(application)
    if kind == ReportKind.NONSENSE and locked.answered_at is None:
        raise ApplicationRefused(_("Il n'y a pas encore de réponse à signaler."), "kind")
    rows: Any = AbuseReport.objects.unscoped(WHY)
    if rows.filter(application=locked, kind=kind, person__isnull=not is_hers, state=ReportState.OPEN).exists():
        raise ApplicationRefused(_("Ce signalement est déjà reçu : un conseiller s'en occupe."))
    made: AbuseReport = rows.create(
        application=locked, person=locked.person if is_hers else None, kind=ReportKind(kind), words=told,
        reported_at=clock.now(),
        due_on=rules_voice.due_on(clock.today(), calendar_for_agency(locked.inbox.agency)),
    )  # fmt: skip
    if rules_voice.is_urgent(kind):
        _alert(made, locked, is_hers=is_hers)
    codes = {"kind": kind, "report": str(made.pk), "due_on": made.due_on.isoformat()}
    return Done(made, data=codes, subject=locked if is_hers else made)


@action(Verb.REPORT_JUDGED, may="reciprok.judge_report")
def judge_report(report: AbuseReport, *, actor: Actor, upheld: bool, outcome: str) -> Done:
    """Decide on a report, in words for who made it; a refusal that says nothing counts as a silence from then on."""
    told = outcome.strip()
    if len(told) < rules_voice.SHORTEST_OUTCOME:
        raise ApplicationRefused(_("Dites en une phrase ce que vous avez vérifié et fait."), "outcome")
    if len(told) > rules_voice.LONGEST_OUTCOME:
        raise ApplicationRefused(_("Dites-le en 500 caractères au plus."), "outcome")
    locked = _locked(report.application)
    rows: Any = AbuseReport.objects.unscoped(WHY).filter(pk=report.pk, state=ReportState.OPEN)
    verdict = ReportState.UPHELD if upheld else ReportState.DISMISSED
    if not rows.update(state=verdict, judged_by_id=actor.user_id, judged_at=clock.now(), outcome=told):
        raise ApplicationRefused(_("Ce signalement est déjà traité."))
    kept = voice.report(report.pk, actor)
    is_flipped = upheld and rules_voice.turns_to_silence(kept.kind, locked.state, locked.count)
    codes: dict[str, Any] = {"report": str(kept.pk), "verdict": str(verdict), "kind": str(kept.kind)}
    if is_flipped:
        locked.count, locked.counted_at = Count.SILENT, clock.now()
        locked.save(update_fields=["count", "counted_at"])
        actions_label.refresh(locked.establishment_id, actor)
        codes["count"] = str(Count.SILENT)
    messages.tell_report_judged(kept, is_flipped=is_flipped)
    return Done(kept, data=codes | {"establishment": str(locked.establishment_id)}, subject=locked)


def _check_over(application: Application) -> None:
    if application.aside_reason == AsideReason.OWN:
        raise ApplicationRefused(_("Vous travaillez pour cet employeur : on ne note pas sa propre entreprise."))
    if rules_voice.is_nothing_to_rate(application.count, application.aside_reason, application.answered_at):
        raise ApplicationRefused(_("Vous avez retiré cette candidature avant toute réponse : il n'y a rien à noter."))
    if not voice.may_rate(application):
        raise ApplicationRefused(_("Vous pourrez donner votre avis quand ce recrutement sera terminé."))


def _check_polite(words: str) -> None:
    if courtesy.is_nonsense(words):
        raise ApplicationRefused(_("Ces mots ne disent rien. Écrivez une phrase, ou laissez vide."), "words")
    rude = [one for one in courtesy.findings(words) if one.fault in RUDE]
    if rude:
        raise ApplicationRefused(
            _("Ces mots peuvent blesser : « %(quote)s ». Dites ce qui s'est passé avec d'autres mots.")
            % {"quote": rude[0].quote},
            "words",
        )


def _said(words: str, longest: int, *, empty: str) -> str:
    told = words.strip()
    if not told:
        raise ApplicationRefused(empty, "words")
    if len(told) > longest:
        raise ApplicationRefused(_("Ce message est trop long : %(n)s caractères au plus.") % {"n": longest}, "words")
    return told


def _alert(report: AbuseReport, application: Application, *, is_hers: bool) -> None:
    """Make somebody look at the recruiter's space at once, and tell the agency."""
    messages.tell_urgent(report)
    if not is_hers:
        return
    for space in _spaces_of(application):
        evidence = _("Signalé par une personne qui a postulé : %(what)s.") % {"what": report.get_kind_display()}
        vigilance.report(space, VigilanceKind.OFFER_PATTERN, evidence, key=f"report:{report.pk}")


def _spaces_of(application: Application) -> list[RecruiterSpace]:
    offer = application.inbox.offer
    if offer is not None and offer.space is not None:
        return [offer.space]
    return list(certified_spaces_of(application.establishment_id))


def _locked(application: Application) -> Application:
    rows = queries.complete(Application.objects.unscoped(WHY))
    return rows.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
