"""What people say after an application: an answer back, a contest, a rating, a report, and who judges it."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from entremise.employers.models_spaces import VigilancePoint
from entremise.kernel import clock
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor, job_actor
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.offers import actions as offers
from entremise.reciprok import actions_label, actions_voice, queries_label, queries_voice
from entremise.reciprok.enums import Count, RatingState, ReportKind, ReportState
from entremise.reciprok.models import Application
from entremise.reciprok.models_following import AbuseReport, Rating
from entremise.reciprok.rules import ApplicationRefused
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.applications import MONDAY, WHY, Recruitment, fresh, recruitment
from tests.factories.employers import EstablishmentFactory
from tests.factories.labels import applied, counted
from tests.factories.people import PersonFactory, owner

pytestmark = pytest.mark.django_db
MARKS = {"courtesy": 4, "clarity": 3, "speed": 5}
WORDS = "Accueil agréable, on m'a expliqué le poste simplement."
OUTCOME = "J'ai lu la réponse avec le recruteur : elle ne disait rien."


@pytest.fixture
def small() -> Recruitment:
    return recruitment(agency=AgencyFactory(name="Agence de Valence", email="agence@emploi.exemple"))


def messages(kind: str) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind=kind).order_by("created_at"))


def hers(application: Application) -> Actor:
    return owner(application.person)


def replied(application: Application, words: str = "Merci de votre réponse, je reste intéressée.") -> Application:
    actions_voice.reply(application, actor=hers(application), words=words)
    return fresh(application)


def rated(application: Application, **facts: Any) -> Rating:
    made: Rating = actions_voice.rate(application, actor=hers(application), **MARKS | facts)
    return made


def reported(application: Application, kind: str = ReportKind.INSULT, **facts: Any) -> AbuseReport:
    told = {"actor": hers(application), "words": "On m'a mal parlé au téléphone.", **facts}
    made: AbuseReport = actions_voice.report(application, kind=kind, **told)
    return made


def refusal(act: Any, *args: Any, **facts: Any) -> str:
    with pytest.raises(ApplicationRefused) as refused:
        act(*args, **facts)
    return refused.value.reason


def stranger() -> Actor:
    return actor_of(professional(agency=AgencyFactory(department_code="38")))


def data_of(verb: str, subject: Any) -> dict[str, Any]:
    return JournalEntry.objects.filter(verb=verb, subject_id=str(subject.pk)).latest("id").data


def test_an_answer_back_reaches_the_employer_and_the_agency(small: Recruitment) -> None:
    one = replied(small.refuse(small.apply()))
    assert one.reply == "Merci de votre réponse, je reste intéressée."
    (told,) = messages("reciprok.reply")
    assert "/candidatures/" in told.text
    assert one.reply not in told.text
    (team,) = messages("reciprok.reply_team")
    assert team.recipient == "agence@emploi.exemple"
    assert one.person.reference in team.text


def test_an_employer_hears_of_answers_back_once_a_day(small: Recruitment) -> None:
    first, second = small.refuse(small.apply()), small.refuse(small.apply())
    with time_machine.travel(MONDAY + dt.timedelta(days=2), tick=False) as moved:
        replied(first)
        replied(second)
        assert len(messages("reciprok.reply")) == 1
        assert len(messages("reciprok.reply_team")) == 2
        moved.shift(dt.timedelta(days=1))
        replied(small.refuse(small.apply()))
    assert len(messages("reciprok.reply")) == 2


def test_a_favourable_opinion_answered_to_counts_as_an_answer(small: Recruitment) -> None:
    one = small.favour(small.apply())
    assert one.count == ""
    one = replied(one)
    assert one.count == Count.ANSWERED
    assert data_of("reciprok.replied", one)["count"] == "answered"


def test_an_answer_back_to_a_refusal_changes_no_count(small: Recruitment) -> None:
    one = replied(small.refuse(small.apply()))
    assert "count" not in data_of("reciprok.replied", one)


def test_an_answer_back_is_refused_with_a_sentence(small: Recruitment) -> None:
    waiting = small.apply()
    assert refusal(replied, waiting).startswith("L'employeur n'a pas encore répondu")
    one = small.refuse(small.apply())
    assert refusal(replied, one, "  ") == "Écrivez votre réponse à l'employeur."
    assert "caractères au plus" in refusal(replied, one, "mot " * 400)
    assert "avec d'autres mots" in refusal(replied, one, "Vous êtes un abruti.")
    assert refusal(replied, one, "asdf").startswith("Ces mots ne disent rien.")
    replied(one)
    assert "on répond une seule fois ici" in refusal(replied, one)


def test_nobody_else_answers_back_for_a_person(small: Recruitment) -> None:
    one = small.refuse(small.apply())
    with pytest.raises(AccessDenied, match="n'est pas la vôtre"):
        actions_voice.reply(one, actor=owner(PersonFactory()), words="Merci à vous.")


def test_an_unwanted_application_is_told_to_the_adviser_and_the_agency(small: Recruitment) -> None:
    one = small.apply_with_adviser()
    actions_voice.contest_application(one, actor=hers(one), words="C'était trop loin.")
    told = messages("reciprok.application_contested")
    assert {message.recipient for message in told} == {
        "agence@emploi.exemple",
        one.adviser.email if one.adviser else "",
    }
    assert "C'était trop loin." in told[0].text


def test_contesting_an_application_is_refused_with_a_sentence(small: Recruitment) -> None:
    own = small.apply()
    assert refusal(actions_voice.contest_application, own, actor=hers(own)).startswith("Vous avez envoyé vous-même")
    one = small.apply_with_adviser()
    assert "trop long" in refusal(actions_voice.contest_application, one, actor=hers(one), words="a" * 1_001)
    actions_voice.contest_application(one, actor=hers(one))
    assert refusal(actions_voice.contest_application, one, actor=hers(one)).startswith(
        "Votre agence est déjà prévenue"
    )


def test_a_rating_with_words_waits_and_one_without_is_published(small: Recruitment) -> None:
    assert rated(small.refuse(small.apply()), words=WORDS).state == RatingState.WAITING
    assert rated(small.refuse(small.apply())).state == RatingState.PUBLISHED


def test_a_rating_is_given_when_the_offer_is_over(small: Recruitment) -> None:
    one = small.apply()
    assert refusal(rated, one) == "Vous pourrez donner votre avis quand ce recrutement sera terminé."
    offers.close(small.offer, actor=small.adviser, reason="abandoned")
    assert rated(fresh(one)).state == RatingState.PUBLISHED


def test_a_rating_is_refused_with_a_sentence(small: Recruitment) -> None:
    one = small.refuse(small.apply())
    assert refusal(rated, one, clarity=6) == "Une note se donne de 1 à 5."
    assert "avec d'autres mots" in refusal(rated, one, words="Le patron est un connard.")
    assert "caractères au plus" in refusal(rated, one, words="Très bien reçu. " * 40)
    assert refusal(rated, one, words="asdf qsdf").startswith("Ces mots ne disent rien.")
    rated(one)
    assert refusal(rated, one) == "Vous avez déjà donné votre avis sur ce recrutement."


def test_what_was_said_to_a_candidate_may_be_quoted_in_a_rating(small: Recruitment) -> None:
    words = "On m'a dit que le poste était pour quelqu'un de plus jeune."
    assert rated(small.refuse(small.apply()), words=words).state == RatingState.WAITING


def test_who_works_there_or_withdrew_at_once_rates_nothing() -> None:
    place = EstablishmentFactory()
    own = applied(place, state="refused", count="aside", counted_at=clock.now(), aside_reason="own")
    assert "sa propre entreprise" in refusal(rated, own)
    gone = applied(place, state="withdrawn", count="aside", counted_at=clock.now(), aside_reason="withdrawn")
    assert "il n'y a rien à noter" in refusal(rated, gone)


def test_ratings_are_shown_from_five_people_on() -> None:
    place = EstablishmentFactory()
    for _ in range(4):
        rated(counted(place, hours=5))
    again = counted(place, hours=5)
    rated(again)
    rated(counted(place, hours=5, person=again.person))
    shown = queries_voice.shown_ratings(place.pk)
    assert shown is not None
    assert (shown.people, shown.courtesy, shown.clarity, shown.speed, shown.said) == (5, 4, 3, 5, ())


def test_four_people_and_one_of_them_twice_show_nothing() -> None:
    place = EstablishmentFactory()
    for _ in range(3):
        rated(counted(place, hours=5))
    again = counted(place, hours=5)
    rated(again)
    rated(counted(place, hours=5, person=again.person))
    assert queries_voice.shown_ratings(place.pk) is None


def test_published_words_are_shown_without_any_name(small: Recruitment) -> None:
    for _ in range(5):
        one = rated(small.refuse(small.apply()), words=WORDS)
        assert queries_voice.shown_ratings(one.establishment_id) is None
        actions_voice.judge_rating(one, actor=small.adviser, publish=True)
    shown = queries_voice.shown_ratings(small.offer.establishment_id)
    assert shown is not None
    assert [said.words for said in shown.said] == [WORDS] * 5


def test_a_rating_set_aside_is_explained_to_the_person(small: Recruitment) -> None:
    one = rated(small.refuse(small.apply()), words=WORDS)
    assert refusal(actions_voice.judge_rating, one, actor=small.adviser, publish=False) == (
        "Dites à la personne pourquoi son avis n'est pas publié."
    )
    assert "300 caractères" in refusal(
        actions_voice.judge_rating, one, actor=small.adviser, publish=False, words="a" * 301
    )
    actions_voice.judge_rating(one, actor=small.adviser, publish=False, words="Il nomme une personne de l'équipe.")
    (told,) = messages("reciprok.rating_judged")
    assert "Il nomme une personne de l'équipe." in told.text
    assert refusal(actions_voice.judge_rating, one, actor=small.adviser, publish=True) == "Cet avis est déjà relu."


def test_an_adviser_of_another_territory_judges_nothing(small: Recruitment) -> None:
    application = small.refuse(small.apply())
    rating, report = rated(application, words=WORDS), reported(application)
    with pytest.raises(AccessDenied, match="autre territoire"):
        actions_voice.judge_rating(rating, actor=stranger(), publish=True)
    with pytest.raises(AccessDenied, match="autre territoire"):
        actions_voice.judge_report(report, actor=stranger(), upheld=True, outcome=OUTCOME)
    assert not queries_voice.ratings_waiting(stranger()).exists()
    assert not queries_voice.reports_open(stranger()).exists()
    assert queries_voice.ratings_waiting(small.adviser).get() == rating
    assert queries_voice.reports_open(small.adviser).get() == report


@time_machine.travel(MONDAY, tick=False)
def test_a_report_is_due_in_ten_working_days_and_made_once(small: Recruitment) -> None:
    one = small.apply()
    made = reported(one)
    assert made.due_on == dt.date(2026, 12, 7)
    assert refusal(reported, one) == "Ce signalement est déjà reçu : un conseiller s'en occupe."
    assert reported(one, ReportKind.OTHER).state == ReportState.OPEN
    by_employer = reported(one, actor=small.recruiter)
    assert by_employer.person is None
    assert queries_voice.reports_of(one, hers(one)).count() == 2


def test_a_report_is_refused_with_a_sentence(small: Recruitment) -> None:
    one = small.apply()
    assert refusal(reported, one, "nothing") == "Dites ce que vous signalez."
    assert refusal(reported, one, words=" ") == "Racontez ce qui s'est passé, en quelques mots."
    assert "2000 caractères au plus" in refusal(reported, one, words="a" * 2_001)
    assert refusal(reported, one, ReportKind.NONSENSE) == "Il n'y a pas encore de réponse à signaler."
    with pytest.raises(AccessDenied, match="n'est pas la vôtre"):
        reported(one, actor=owner(PersonFactory()))
    with pytest.raises(AccessDenied, match="pas adressées"):
        reported(one, actor=recruitment().recruiter)


@pytest.mark.parametrize("kind", [ReportKind.NONSENSE, ReportKind.FALSE_JOB])
def test_what_is_about_the_employer_alone_is_reported_by_who_applied(small: Recruitment, kind: str) -> None:
    one = small.refuse(small.apply())
    assert refusal(reported, one, kind, actor=small.recruiter) == "Dites ce que vous signalez."
    assert reported(one, kind).kind == kind


def test_a_demand_for_money_is_told_at_once(small: Recruitment) -> None:
    reported(small.apply(), ReportKind.MONEY, words="Il faut payer la formation d'avance.")
    (told,) = messages("reciprok.report_team")
    assert told.recipient == "agence@emploi.exemple"
    point = VigilancePoint.objects.unscoped(WHY).get(space=small.space, kind="offer_pattern")
    assert "on me demande de l'argent ou des codes" in point.evidence


def test_an_employer_cannot_make_themselves_suspect(small: Recruitment) -> None:
    reported(small.apply(), ReportKind.MONEY, actor=small.recruiter)
    assert not VigilancePoint.objects.unscoped(WHY).filter(space=small.space, kind="offer_pattern").exists()


def test_a_refusal_that_says_nothing_counts_as_a_silence(small: Recruitment) -> None:
    one = small.refuse(small.apply())
    report = reported(one, ReportKind.NONSENSE, words="La réponse dit seulement « voilà ».")
    actions_voice.judge_report(report, actor=small.adviser, upheld=True, outcome=OUTCOME)
    one = fresh(one)
    assert (one.state, one.count) == ("refused", Count.SILENT)
    assert data_of("reciprok.report_judged", one) | {"count": "silent"} == data_of("reciprok.report_judged", one)
    (her,) = messages("reciprok.report_judged")
    assert "comme un silence" in her.text
    (theirs,) = messages("reciprok.employer_report_judged")
    assert OUTCOME in theirs.text
    score = queries_label.score_of(one.establishment_id)
    assert score is not None
    assert (score.counted_count, score.answered_count) == (1, 0)


def test_the_label_recounted_from_the_journal_sees_the_silence(small: Recruitment) -> None:
    report = reported(small.refuse(small.apply()), ReportKind.NONSENSE, words="Cela ne veut rien dire du tout.")
    actions_voice.judge_report(report, actor=small.adviser, upheld=True, outcome=OUTCOME)
    actions_label.compute(small.offer.establishment, actor=job_actor("test"))
    assert queries_label.recount_from_journal(small.offer.establishment) == queries_label.figures_of(
        queries_label.score_of(small.offer.establishment_id)
    )


@pytest.mark.parametrize(("kind", "upheld"), [(ReportKind.NONSENSE, False), (ReportKind.INSULT, True)])
def test_another_decision_changes_no_count(small: Recruitment, kind: str, upheld: bool) -> None:
    one = small.refuse(small.apply())
    actions_voice.judge_report(reported(one, kind), actor=small.adviser, upheld=upheld, outcome=OUTCOME)
    assert fresh(one).count == Count.ANSWERED
    assert messages("reciprok.report_judged")
    assert messages("reciprok.employer_report_judged") == []


def test_an_employer_hears_what_came_of_their_report(small: Recruitment) -> None:
    report = reported(small.apply(), actor=small.recruiter)
    actions_voice.judge_report(report, actor=small.adviser, upheld=False, outcome=OUTCOME)
    (told,) = messages("reciprok.employer_report_judged")
    assert "ne donne pas de suite" in told.text
    assert messages("reciprok.report_judged") == []


def test_a_decision_on_a_report_is_refused_with_a_sentence(small: Recruitment) -> None:
    report = reported(small.apply())
    told = {"actor": small.adviser, "upheld": True}
    assert "Dites en une phrase" in refusal(actions_voice.judge_report, report, outcome="vu", **told)
    assert "500 caractères" in refusal(actions_voice.judge_report, report, outcome="a" * 501, **told)
    actions_voice.judge_report(report, outcome=OUTCOME, **told)
    assert refusal(actions_voice.judge_report, report, outcome=OUTCOME, **told) == "Ce signalement est déjà traité."


def test_who_has_no_mailbox_hears_by_sms(small: Recruitment) -> None:
    one = small.refuse(small.apply(small.someone(user__email=None, user__phone="+33612345670")))
    actions_voice.judge_report(reported(one), actor=small.adviser, upheld=True, outcome=OUTCOME)
    (told,) = messages("reciprok.report_judged_text")
    assert OUTCOME in told.text
