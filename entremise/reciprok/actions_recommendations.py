"""Writes of the recommendations: a candidate passed on to another employer, once she agrees."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from entremise.employers import queries as employers
from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.offers.models import Offer
from entremise.people import queries as people_queries
from entremise.reciprok import actions_apply, queries, queries_label, queries_recommendations
from entremise.reciprok import actions_messages_meetings as messages
from entremise.reciprok.actions_inbox import open_box
from entremise.reciprok.enums import ApplicationOrigin, Part, RecommendationState, Verb
from entremise.reciprok.models import Application, Inbox
from entremise.reciprok.models_following import Recommendation
from entremise.reciprok.queries_courtesy import objection
from entremise.reciprok.rules import ApplicationRefused

WHY = "the policy decided on this application"
MOST_AT_ONCE = 3  # each one is a question to the person: more would be an errand list
LONGEST_WORDS = 500


@action(Verb.RECOMMENDED, may="reciprok.recommend")
def recommend(
    application: Application,
    *,
    actor: Actor,
    target: Inbox | None = None,
    offer: Offer | None = None,
    establishment: Establishment | None = None,
    words: str = "",
) -> Done:
    """Ask a candidate whether her profile may be passed on to a colleague's offer or to another employer."""
    locked = _locked(application)
    if locked.state in queries_recommendations.GONE:
        raise ApplicationRefused(_("Cette personne ne cherche plus ici : on ne la recommande pas."))
    box = target or _target(offer, establishment)
    _check_target(locked, box)
    if len(words.strip()) > LONGEST_WORDS:
        told = _("Ce message est trop long : %(n)s caractères au plus.")
        raise ApplicationRefused(told % {"n": LONGEST_WORDS}, "words")
    if reason := objection(words, tells_of_others=False):
        raise ApplicationRefused(reason, "words")
    if len(queries_recommendations.asked(locked)) >= MOST_AT_ONCE:
        raise ApplicationRefused(
            _("Cette personne n'a pas encore répondu à vos recommandations : attendez sa réponse.")
        )
    rows: Any = Recommendation.objects.unscoped("a new row, of the application that the policy decided on")
    try:
        with transaction.atomic():
            made: Recommendation = rows.create(
                application=locked, target=box, words=words.strip(), asked_at=clock.now()
            )
    except IntegrityError as twice:
        raise ApplicationRefused(_("Vous avez déjà recommandé cette personne là."), "target") from twice
    messages.ask_person(made)
    return Done(made, data={"recommendation": str(made.pk), "inbox": str(box.pk)}, subject=locked)


@action(Verb.RECOMMENDATION_ANSWERED, may="reciprok.answer_recommendation")
def answer_recommendation(recommendation: Recommendation, *, actor: Actor, accepts: bool, words: str = "") -> Done:
    """Accept or decline to be passed on; accepted, the application leaves with the same parts shown."""
    rows: Any = Recommendation.objects.unscoped("the person's own").select_related(*queries_recommendations.WHOLE)
    held: Recommendation = rows.select_for_update(of=("self",), no_key=True).get(pk=recommendation.pk)
    if held.state != RecommendationState.ASKED:
        raise ApplicationRefused(_("Vous avez déjà répondu à cette recommandation."))
    made = _applied(held, actor, words) if accepts else None
    state = RecommendationState.ACCEPTED if accepts else RecommendationState.DECLINED
    rows.filter(pk=held.pk).update(state=state, answered_at=clock.now(), made=made)
    told: Recommendation = rows.get(pk=held.pk)
    data = {"recommendation": str(told.pk), "accepts": accepts, "made": str(made.pk) if made else ""}
    return Done(told, data=data, subject=told.application)


def _applied(held: Recommendation, actor: Actor, words: str) -> Application:
    """Apply in the person's own name: the limits, the doubles and the pauses are those of every application."""
    application, target = held.application, held.target
    person = application.person
    if not people_queries.has_consent(person.pk):
        raise ApplicationRefused(
            _("Donnez d'abord votre accord pour être présenté à des employeurs : votre candidature partira ensuite."),
            "consent",
        )
    is_named = Part.IDENTITY in application.parts  # a CV bears the name: without it, it stays behind
    usable = {cv.pk: cv for cv in queries.usable_cvs(person)} if is_named else {}
    cv = usable.get(application.cv_id) if application.cv_id else None
    made: Application = actions_apply.apply(
        person,
        actor=actor,
        establishment=target.establishment,
        offer=target.offer,
        parts=[part for part in application.parts if part != Part.CV or cv is not None],
        words=words,
        cv=cv,
        origin=ApplicationOrigin.RECOMMENDED,
    )
    return made


def _target(offer: Offer | None, establishment: Establishment | None) -> Inbox:
    place = offer.establishment if offer else establishment
    if place is None:
        raise ApplicationRefused(_("Choisissez à qui vous recommandez cette personne."), "target")
    opened = open_box(offer, place)
    rows = queries.whole_inbox(Inbox.objects.unscoped("where a recommended candidate would arrive"))
    return rows.get(pk=opened.pk)  # as the offer is now, not as a page read it


def _check_target(application: Application, box: Inbox) -> None:
    if box.pk == application.inbox_id:
        raise ApplicationRefused(_("Cette personne a déjà postulé ici : recommandez-la ailleurs."), "target")
    try:
        employers.require_open(box.establishment, clock.now())
    except employers.EstablishmentClosed as closed:
        raise ApplicationRefused(closed.reason, "target") from closed
    if queries_label.pause_of(box.establishment_id, clock.now()) is not None:
        raise ApplicationRefused(_("Cet employeur ne reçoit pas de nouvelle candidature en ce moment."), "target")
    if box.offer is not None and not queries.is_open_to_applications(box.offer):
        raise ApplicationRefused(_("Cette offre n'est plus ouverte : choisissez-en une autre."), "target")
    if not queries.recipients(box.offer, box.establishment):
        raise ApplicationRefused(_("Personne ne lit encore les candidatures de cet employeur ici."), "target")


def _locked(application: Application) -> Application:
    rows: Any = Application.objects.unscoped(WHY).select_related("inbox__offer", "establishment", "person")
    locked: Application = rows.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
    return locked
