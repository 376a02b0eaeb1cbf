"""A candidate recommended to a colleague or to another employer: she decides, and nothing is shown before."""

import pytest
import time_machine

from entremise.employers.models import Establishment
from entremise.kernel.access import AccessDenied
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.offers import actions as offers
from entremise.people import actions as people
from entremise.reciprok import actions, actions_recommendations, queries, queries_recommendations
from entremise.reciprok.models import Application
from entremise.reciprok.rules import ApplicationRefused
from tests.factories import documents
from tests.factories.applications import MONDAY, Recruitment, recruitment
from tests.factories.employers import EstablishmentFactory
from tests.factories.offers import OfferFactory
from tests.factories.people import owner, set_identity
from tests.factories.spaces import RecruiterSpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def here() -> Recruitment:
    return recruitment()


@pytest.fixture
def there() -> Recruitment:
    return recruitment(establishment=EstablishmentFactory(name="Maison Marjolaine"))


def recommend(here: Recruitment, application: Application, **facts: object):
    return actions_recommendations.recommend(application, actor=here.recruiter, **facts)


def refused(act: object, *args: object, **facts: object) -> str:
    with pytest.raises(ApplicationRefused) as refusal:
        act(*args, **facts)
    return refusal.value.reason


def test_the_person_is_asked_and_nothing_is_shown_there_before(here, there) -> None:
    application = here.apply()
    made = recommend(here, application, offer=there.offer, words="Votre calme nous a plu.")
    assert made.state == "asked"
    told = OutboxMessage.objects.get(recipient=application.person.user.email, kind="reciprok.recommended")
    assert "souhaite vous recommander" in told.subject
    assert "Maison Marjolaine" in told.text
    assert "Votre calme nous a plu." in told.text
    assert list(queries.in_inbox(made.target)) == []
    assert not OutboxMessage.objects.filter(recipient=there.space.members.unscoped("test").get().email).exists()


def test_accepted_it_becomes_an_application_with_the_same_parts(here, there) -> None:
    application = here.apply(parts=["experiences"], words="Pour vous seulement.")
    made = recommend(here, application, offer=there.offer)
    told = actions_recommendations.answer_recommendation(made, actor=owner(application.person), accepts=True)
    (born,) = queries.in_inbox(made.target)
    assert told.made == born
    assert (born.origin, born.parts, born.words) == ("recommended", ["experiences"], "")
    assert queries_recommendations.behind([born.pk])[born.pk].application == application
    assert JournalEntry.objects.filter(verb="reciprok.recommendation_answered").count() == 1
    sentence = refused(
        actions_recommendations.answer_recommendation, made, actor=owner(application.person), accepts=False
    )
    assert sentence == "Vous avez déjà répondu à cette recommandation."


@pytest.mark.parametrize(("parts", "follows"), [(["identity", "cv"], True), (["experiences", "cv"], False)])
def test_a_cv_follows_only_with_the_name_that_it_bears(here, there, parts, follows) -> None:
    cv = documents.cv(documents.passport(here.someone())[0])
    application = here.apply(cv.person, parts=["identity", "cv"], cv=cv)
    Application.objects.unscoped("sent before a CV needed the name").filter(pk=application.pk).update(parts=parts)
    made = recommend(here, application, offer=there.offer)
    actions_recommendations.answer_recommendation(made, actor=owner(cv.person), accepts=True)
    (born,) = queries.in_inbox(made.target)
    assert (born.cv, "cv" in born.parts) == (cv if follows else None, follows)


def test_declined_nobody_there_learns_anything(here, there) -> None:
    application = here.apply()
    made = recommend(here, application, offer=there.offer)
    told = actions_recommendations.answer_recommendation(made, actor=owner(application.person), accepts=False)
    assert (told.state, told.made) == ("declined", None)
    assert list(queries.in_inbox(made.target)) == []


def test_without_consent_the_person_is_asked_to_give_it_first(here, there) -> None:
    application = here.apply(here.someone(consenting=None))
    made = recommend(here, application, offer=there.offer)
    people.load_builtin()
    her = owner(application.person)
    sentence = refused(actions_recommendations.answer_recommendation, made, actor=her, accepts=True)
    assert sentence.startswith("Donnez d'abord votre accord pour être présenté à des employeurs")
    people.give_consent(application.person, actor=her, visibility="anonymous")
    assert actions_recommendations.answer_recommendation(made, actor=her, accepts=True).made is not None


def test_who_already_applied_there_is_told_so(here, there) -> None:
    application = here.apply()
    there.apply(application.person)
    made = recommend(here, application, offer=there.offer)
    sentence = refused(
        actions_recommendations.answer_recommendation, made, actor=owner(application.person), accepts=True
    )
    assert sentence == "Vous avez déjà postulé : votre candidature est bien partie."


def test_a_colleague_of_the_same_establishment_may_be_recommended_to(here) -> None:
    other = OfferFactory(open=True, establishment=here.offer.establishment, space=here.space, agency=here.offer.agency)
    application = here.apply()
    assert queries_recommendations.open_offers(application) == [other]
    assert recommend(here, application, offer=other).target.offer == other


def named(name: str, **space: object) -> Establishment:
    place = EstablishmentFactory(name=name)
    if space:
        RecruiterSpaceFactory(establishment=place, **space)
    return place


def test_employers_are_found_by_name_or_siret_when_somebody_reads_there(here) -> None:
    read, unread = named("Ferme Zinnia", certified=True), named("Ferme Zinnia Sud")
    application = here.apply()
    assert queries_recommendations.employers_named("zinnia", application, here.recruiter) == [read]
    assert queries_recommendations.employers_named(read.siret, application, here.recruiter) == [read]
    assert queries_recommendations.employers_named(unread.siret, application, here.recruiter) == []
    own = here.offer.establishment
    assert queries_recommendations.employers_named(own.siret, application, here.recruiter) == []


def test_a_recommendation_needs_somebody_who_reads(here) -> None:
    sentence = refused(recommend, here, here.apply(), establishment=named("Ferme Zinnia"))
    assert sentence == "Personne ne lit encore les candidatures de cet employeur ici."


def test_a_closed_offer_a_closed_place_and_nowhere_are_refused(here, there) -> None:
    application = here.apply()
    offers.close(there.offer, actor=there.recruiter, reason="abandoned")
    assert refused(recommend, here, application, offer=there.offer) == (
        "Cette offre n'est plus ouverte : choisissez-en une autre."
    )
    assert refused(recommend, here, application) == "Choisissez à qui vous recommandez cette personne."
    closed = EstablishmentFactory(closed=True)
    assert "est fermé depuis le 31 mars 2025." in refused(recommend, here, application, establishment=closed)


def test_never_to_oneself_and_never_twice(here, there) -> None:
    application = here.apply()
    assert refused(recommend, here, application, offer=here.offer) == (
        "Cette personne a déjà postulé ici : recommandez-la ailleurs."
    )
    recommend(here, application, offer=there.offer)
    assert refused(recommend, here, application, offer=there.offer) == "Vous avez déjà recommandé cette personne là."


def test_three_questions_at_once_are_enough(here) -> None:
    application = here.apply()
    for number in range(3):
        recommend(here, application, offer=recruitment(establishment=named(f"Lieu {number}")).offer)
    sentence = refused(recommend, here, application, offer=recruitment(establishment=named("Lieu 4")).offer)
    assert sentence == "Cette personne n'a pas encore répondu à vos recommandations : attendez sa réponse."


def test_who_withdrew_is_not_recommended(here, there) -> None:
    application = here.apply()
    actions.withdraw(application, actor=owner(application.person))
    sentence = refused(recommend, here, application, offer=there.offer)
    assert sentence == "Cette personne ne cherche plus ici : on ne la recommande pas."


def test_rude_words_are_not_passed_on(here, there) -> None:
    sentence = refused(recommend, here, here.apply(), offer=there.offer, words="Cette connasse est lente")
    assert sentence.startswith("Ces mots peuvent blesser")


def test_words_that_are_too_long_are_refused_rather_than_cut(here, there) -> None:
    application, most = here.apply(), actions_recommendations.LONGEST_WORDS
    sentence = refused(recommend, here, application, offer=there.offer, words="oui " * most)
    assert sentence == "Ce message est trop long : 500 caractères au plus."
    words = ("Elle travaille bien. " * 30)[:most].strip()
    assert recommend(here, application, offer=there.offer, words=words).words == words


def test_only_who_reads_the_application_recommends_and_only_she_answers(here, there) -> None:
    application = here.apply()
    with pytest.raises(AccessDenied):
        actions_recommendations.recommend(application, actor=there.recruiter, offer=there.offer)
    made = recommend(here, application, offer=there.offer)
    with pytest.raises(AccessDenied) as refusal:
        actions_recommendations.answer_recommendation(made, actor=owner(here.someone()), accepts=True)
    assert refusal.value.reason == "Cette candidature n'est pas la vôtre."


def test_who_has_no_mailbox_is_asked_by_sms(here, there) -> None:
    person = here.someone()
    set_identity(person, email="")
    recommend(here, here.apply(person), offer=there.offer)
    told = OutboxMessage.objects.get(recipient="+33612345678", kind="reciprok.recommended_text")
    assert "souhaite vous recommander à Maison Marjolaine" in told.text


def test_her_health_is_not_passed_on_as_that_of_a_colleague(here, there) -> None:
    application = here.apply()
    words = "Notre serveuse est enceinte, je vous la recommande."
    assert refused(recommend, here, application, offer=there.offer, words=words).startswith("Ces mots peuvent blesser")
    assert here.refuse(application, words="Notre serveuse est enceinte : nous cherchons plus tôt.").state == "refused"
