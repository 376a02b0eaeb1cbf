"""The person's applications: the list, where one stands, what helps after a no, what she may say and do."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.accounts.models import User
from entremise.people.models import Person
from entremise.reciprok import actions, actions_meetings, actions_recommendations
from entremise.reciprok.actions_apply import PLATFORM
from entremise.reciprok.enums import ApplicationState, MeetingState, RecommendationState
from entremise.reciprok.models import Application
from entremise.reciprok.models_following import AbuseReport, Meeting, Rating, Recommendation
from tests.factories.accounts import sign_in
from tests.factories.applications import MONDAY, Recruitment, fresh, recruitment
from tests.factories.employers import EstablishmentFactory, commune
from tests.factories.offers import OfferFactory
from tests.factories.passport import HeldSkillFactory
from tests.factories.people import PersonFactory, owner
from tests.factories.skills import SkillFactory
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db
QUERIES = 12
WHY = "a test"
DAY = dt.timedelta(days=1)


@pytest.fixture
def here() -> Any:
    """Return a recruitment on a Monday morning."""
    with time_machine.travel(MONDAY, tick=False):
        commune()  # with its place on the map, before the agency asks for a bare one
        yield recruitment()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def page(one: Application) -> str:
    return text_of(signed_in(one.person).get(reverse("my_job_application", args=[one.pk])))


def post(one: Application, name: str, **sent: Any) -> Any:
    return signed_in(one.person).post(reverse(name, args=[one.pk]), sent)


def said(response: Any) -> str:
    """Return the page where a form leads."""
    return text_of(response.client.get(response.url))


def proposed(here: Recruitment, **facts: Any) -> tuple[Application, Meeting]:
    one = here.favour(here.apply(), step="meeting")
    told = {
        "kind": "meeting", "slots": [MONDAY + DAY, MONDAY + 2 * DAY], "place": "12 rue Haute, Valence",
        "words": "Demandez Marc à l'accueil.", **facts,
    }  # fmt: skip
    return fresh(one), actions_meetings.propose_meeting(one, actor=here.recruiter, **told)


class TestTheList:
    """Under way first, then what is over."""

    def test_it_is_empty_at_first_and_says_how_to_begin(self) -> None:
        text = text_of(signed_in(PersonFactory()).get(reverse("my_job_applications")))
        assert "Pas encore de candidature" in text
        assert reverse("my_offers") in text

    def test_what_runs_comes_first_and_filters_find_the_rest(self, here: Recruitment) -> None:
        person = here.someone()
        running = here.apply(person)
        other = recruitment(title="Plongeur")
        over = other.refuse(other.apply(person))
        client = signed_in(person)
        response = client.get(reverse("my_job_applications"))
        assert [one.pk for one, _news in response.context["rows"]] == [running.pk, over.pk]
        text = text_of(response)
        assert "Bien reçue" in text
        assert "Votre candidature n'est pas retenue cette fois. Une autre personne a été retenue." in text
        refused = client.get(reverse("my_job_applications"), {"voir": "non"})
        assert [one.pk for one, _news in refused.context["rows"]] == [over.pk]
        assert "Aucune candidature ici" in text_of(client.get(reverse("my_job_applications"), {"voir": "silence"}))

    def test_a_long_list_is_cut_by_key_and_nothing_is_lost(
        self, here: Recruitment, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        person = here.someone()
        sent = [here.apply(person, offer=OfferFactory(open=True, agency=here.offer.agency)) for _n in range(4)]
        sent += [here.refuse(here.apply(person))]
        monkeypatch.setattr(
            "entremise.reciprok.queries_own.listed.__kwdefaults__", {"shown": "", "after": "", "limit": 2}
        )
        client = signed_in(person)
        seen, address = [], reverse("my_job_applications")
        while address:
            response = client.get(address)
            seen += [one.pk for one, _news in response.context["rows"]]
            address = (
                response.context["next_href"] and f"{reverse('my_job_applications')}{response.context['next_href']}"
            )
        assert sorted(seen) == sorted(one.pk for one in sent)
        assert seen[-1] == sent[-1].pk
        assert client.get(reverse("my_job_applications"), {"apres": "n'importe quoi"}).status_code == 200

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_the_list_is_given_as_a_file(self, here: Recruitment, kind: str) -> None:
        one = here.refuse(here.apply())
        response = signed_in(one.person).get(reverse("my_job_applications_file"), {"format": kind})
        assert response["Content-Disposition"].startswith('attachment; filename="mes-candidatures-')
        if kind == "csv":
            told = response.content.decode()
            assert here.offer.title in told
            assert "Une autre personne a été retenue" in told

    def test_the_home_page_shows_what_moves(self, here: Recruitment) -> None:
        one = here.read(here.apply())
        text = text_of(signed_in(one.person).get(reverse("my_home")))
        assert "L'employeur a lu votre candidature." in text
        assert reverse("my_job_application", args=[one.pk]) in text
        assert reverse("my_job_applications") in text

    def test_nobody_reads_those_of_somebody_else(self, here: Recruitment) -> None:
        one = here.apply()
        client = signed_in(PersonFactory())
        assert client.get(reverse("my_job_application", args=[one.pk])).status_code == 404
        for name in ("withdraw", "reply", "rate", "report"):
            assert client.post(reverse(f"my_job_application_{name}", args=[one.pk])).status_code == 404
        assert "Pas encore de candidature" in text_of(client.get(reverse("my_job_applications")))

    def test_it_asks_little_of_the_base(self, here: Recruitment) -> None:
        person = here.someone()
        for _number in range(3):
            here.apply(person, offer=OfferFactory(open=True, agency=here.offer.agency))
        assert len(pages_queries(signed_in(person), reverse("my_job_applications"))) <= QUERIES


class TestWhereItStands:
    """The state, since when, and what comes next."""

    def test_a_fresh_one_says_who_must_answer_and_by_when(self, here: Recruitment) -> None:
        text = page(here.apply(words="Je suis du quartier."))
        for expected in (
            "Votre candidature est bien arrivée.", "Candidature envoyée", "Bien reçue par l'employeur",
            "Les Jardins de Flore doit répondre", "Réponse au plus tard le vendredi 22 janvier",
            "Nous relançons l'employeur le", "Je suis du quartier.", "Retirer ma candidature", "Mes expériences",
        ):  # fmt: skip
            assert expected in text, expected

    def test_one_that_was_read_says_so(self, here: Recruitment) -> None:
        text = page(here.read(here.apply()))
        assert "L'employeur a lu votre candidature." in text
        assert "Lue par l'employeur" in text

    def test_it_is_withdrawn_once(self, here: Recruitment) -> None:
        one = here.apply()
        assert "L'employeur ne voit plus votre profil." in said(post(one, "my_job_application_withdraw"))
        assert fresh(one).state == ApplicationState.WITHDRAWN
        text = said(post(one, "my_job_application_withdraw"))
        assert "Cette personne a retiré sa candidature" in text
        assert "Oui, retirer ma candidature" not in text

    def test_it_is_not_withdrawn_after_the_answer(self, here: Recruitment) -> None:
        one = here.refuse(here.apply())
        assert "Une réponse a déjà été donnée" in said(post(one, "my_job_application_withdraw"))

    def test_a_hire_is_celebrated(self, here: Recruitment) -> None:
        one = here.favour(here.apply())
        actions.hire(one, actor=here.recruiter)
        assert "Bravo : le poste est pour vous !" in page(one)


class TestHardNews:
    """The fact, the reason, one step."""

    def cook(self, here: Recruitment) -> Person:
        """Return somebody who looks for the offers' own occupation, near them."""
        return here.someone(wishing=True, mobility_km=30)

    def test_a_refusal_says_why_shows_the_gap_and_offers_nearby(self, here: Recruitment) -> None:
        proved, only_said, absent = (SkillFactory(label=label) for label in ("Dresser", "Éplucher", "Saucer"))
        there = recruitment(agency=here.offer.agency, needs={proved.pk: 3, only_said.pk: 2, absent.pk: 1})
        person = self.cook(here)
        HeldSkillFactory(person=person, skill=proved, proved=True)
        HeldSkillFactory(person=person, skill=only_said)
        one = there.refuse(there.apply(person), reason="skills", words="Merci d'être venue nous voir.")
        client = signed_in(person)
        address = reverse("my_job_application", args=[one.pk])
        text = text_of(client.get(address))
        for expected in (
            "Votre candidature n'est pas retenue cette fois.", "Ce poste demande une compétence",
            "Merci d'être venue nous voir.", "Faites confirmer « Éplucher »", "Ce que l'offre demandait", "Saucer",
            "Elle n'est pas dans votre profil.", "Réponse de l'employeur : non retenue",
            reverse("my_job_application_offers", args=[one.pk]),
        ):  # fmt: skip
            assert expected in text, expected
        assert len(pages_queries(client, address)) <= QUERIES
        offers = reverse("my_job_application_offers", args=[one.pk])
        assert "Et maintenant ?" in text_of(client.get(offers))
        nearby = text_of(client.get(offers, headers={"HX-Request": "true"}))
        assert nearby.startswith("<section")
        assert reverse("apply_offer", args=[here.offer.pk]) in nearby
        assert reverse("apply_offer", args=[there.offer.pk]) not in nearby

    @pytest.mark.parametrize(
        ("reason", "expected"),
        [
            ("skills", "Faites quelques jours d'immersion"),
            ("experience", "Faites quelques jours d'immersion"),
            ("distance", "Revoyez jusqu'où vous pouvez aller"),
            ("availability", "Relisez vos horaires et vos dates"),
            ("filled", "D'autres offres vous attendent"),
        ],
    )
    def test_one_step_for_each_reason(self, here: Recruitment, reason: str, expected: str) -> None:
        assert expected in page(here.refuse(here.apply(), reason=reason))

    def test_a_missing_skill_is_to_be_learnt(self, here: Recruitment) -> None:
        there = recruitment(agency=here.offer.agency, needs={SkillFactory(label="Saucer").pk: 3})
        text = page(there.refuse(there.apply(), reason="skills"))
        assert "Apprenez « Saucer »" in text
        assert "Y a-t-il une formation ou une immersion près de chez moi ?" in text

    def test_who_lives_nowhere_known_talks_it_over(self, here: Recruitment) -> None:
        one = here.refuse(here.apply())
        type(one.person).objects.unscoped(WHY).filter(pk=one.person_id).update(commune=None)
        assert "Parlez-en avec votre conseiller" in page(one)
        offers = signed_in(one.person).get(reverse("my_job_application_offers", args=[one.pk]))
        assert "Pas d'autre offre pour vous aujourd'hui." in text_of(offers)

    def test_a_silence_is_told_honestly_and_the_agency_may_call(self, here: Recruitment) -> None:
        one = here.apply()
        with time_machine.travel(MONDAY + 61 * DAY, tick=False):
            actions.close_unanswered(one, actor=PLATFORM)
            text = page(one)
        assert "Cet employeur n'a pas répondu. Vous méritiez une réponse." in text
        assert "Votre agence peut appeler cet employeur" in text
        assert "Délai passé sans réponse" in text


class TestMeetings:
    """A moment chosen among those proposed."""

    def test_a_moment_is_chosen_and_goes_to_the_calendar(self, here: Recruitment) -> None:
        one, meeting = proposed(here)
        text = page(one)
        assert "Mardi 24 novembre 2026 à 10 h 00" in text or "mardi 24 novembre 2026 à 10 h 00" in text
        response = post(meeting_of(meeting), "my_meeting_choose", slot=(MONDAY + DAY).isoformat())
        text = said(response)
        assert "C'est noté. L'employeur est prévenu." in text
        for expected in (
            "12 rue Haute, Valence",
            "30 min",
            "Demandez Marc à l'accueil.",
            "Mettre dans mon agenda",
        ):
            assert expected in text, expected
        file = signed_in(one.person).get(reverse("my_meeting_calendar", args=[meeting.pk]))
        assert file["Content-Type"].startswith("text/calendar")
        assert b"12 rue Haute" in file.content

    def test_a_moment_that_is_off_leaves_both_calendars(self, here: Recruitment) -> None:
        one, meeting = proposed(here)
        chosen = actions_meetings.choose_slot(meeting, actor=owner(one.person), slot=meeting.slots[0])
        actions_meetings.decline_slots(chosen, actor=owner(one.person))
        assert "Retirer ce rendez-vous de mon agenda" in page(one)
        hers = signed_in(one.person).get(reverse("my_meeting_calendar", args=[meeting.pk])).content.decode()
        theirs = sign_in(Client(), User.objects.get(pk=here.recruiter.user_id)).get(
            reverse("recruiter_calendar", args=[here.inbox.pk])
        )
        for file in (hers, theirs.content.decode()):
            assert f"UID:{meeting.pk}@entremise" in file
            assert "STATUS:CANCELLED" in file
            assert "SEQUENCE:2" in file

    def test_no_moment_or_an_unknown_one_is_refused_at_the_field(self, here: Recruitment) -> None:
        _one, meeting = proposed(here)
        for sent in ({}, {"slot": (MONDAY + 9 * DAY).isoformat()}):
            response = post(meeting_of(meeting), "my_meeting_choose", **sent)
            assert response.status_code == 422
            assert response.context["slot_form"].errors["slot"] == ["Choisissez un des créneaux proposés."]

    def test_a_moment_that_is_past_is_refused_with_a_sentence(self, here: Recruitment) -> None:
        _one, meeting = proposed(here)
        with time_machine.travel(MONDAY + DAY + dt.timedelta(hours=1), tick=False):
            response = post(meeting_of(meeting), "my_meeting_choose", slot=(MONDAY + DAY).isoformat())
        assert "Ce créneau est passé." in response.context["slot_form"].errors["slot"][0]

    def test_none_suits(self, here: Recruitment) -> None:
        one, meeting = proposed(here)
        text = said(post(meeting_of(meeting), "my_meeting_decline", **{"autre-words": "Le matin, plutôt."}))
        assert "L'employeur est prévenu : il peut vous proposer d'autres moments." in text
        assert "Vous avez dit qu'aucun moment ne convient." in text
        rows: Any = Meeting.objects.unscoped(WHY)
        assert rows.get(pk=meeting.pk).state == MeetingState.DECLINED
        assert signed_in(one.person).get(reverse("my_meeting_calendar", args=[meeting.pk])).status_code == 404

    def test_a_fixed_moment_given_up_is_told_as_such_to_both(self, here: Recruitment) -> None:
        one, meeting = proposed(here, minutes=90)
        assert "1 h 30" in page(one)
        post(meeting_of(meeting), "my_meeting_choose", slot=(MONDAY + DAY).isoformat())
        text = said(post(meeting_of(meeting), "my_meeting_decline"))
        assert "Vous avez dit que ce moment ne vous convient plus." in text
        assert "aucun moment" not in text
        recruiter = Client()
        recruiter.force_login(User.objects.get(pk=here.recruiter.user_id))
        theirs = text_of(recruiter.get(reverse("recruiter_application", args=[one.pk])))
        assert "Le moment fixé ne convient plus à la personne : proposez-en d'autres." in theirs
        assert "Aucun de vos créneaux" not in theirs

    def test_a_meeting_of_somebody_else_is_not_found(self, here: Recruitment) -> None:
        _one, meeting = proposed(here)
        client = signed_in(PersonFactory())
        for name in ("my_meeting_choose", "my_meeting_decline"):
            assert client.post(reverse(name, args=[meeting.pk])).status_code == 404


class TestRecommendations:
    """Nothing is passed on without her word."""

    def recommended(self, here: Recruitment) -> tuple[Application, Recommendation, Recruitment]:
        one = here.refuse(here.apply())
        other = recruitment(establishment=EstablishmentFactory(name="Hôtel des Alpes"), agency=here.offer.agency)
        made = actions_recommendations.recommend(
            one, actor=here.recruiter, offer=other.offer, words="Très à l'aise en salle."
        )
        return one, made, other

    def test_it_says_by_whom_to_whom_and_what(self, here: Recruitment) -> None:
        one, _made, _other = self.recommended(here)
        text = page(one)
        assert "Les Jardins de Flore voudrait transmettre votre candidature à Hôtel des Alpes, Valence." in text
        assert "Très à l'aise en salle." in text
        assert "Rien ne part sans votre accord." in text

    def test_yes_sends_an_application(self, here: Recruitment) -> None:
        _one, made, other = self.recommended(here)
        text = said(post(recommendation_of(made), "my_recommendation_answer", answer="yes"))
        assert "Hôtel des Alpes a reçu votre candidature." in text
        rows: Any = Application.objects.unscoped(WHY)
        assert rows.filter(inbox__offer=other.offer).count() == 1

    def test_no_passes_nothing_on_and_is_said_once(self, here: Recruitment) -> None:
        _one, made, _other = self.recommended(here)
        thing = recommendation_of(made)
        assert "C'est noté : rien n'est transmis." in said(post(thing, "my_recommendation_answer", answer="no"))
        rows: Any = Recommendation.objects.unscoped(WHY)
        assert rows.get(pk=made.pk).state == RecommendationState.DECLINED
        text = said(post(thing, "my_recommendation_answer", answer="yes"))
        assert "Vous avez déjà répondu à cette recommandation." in text

    @pytest.mark.parametrize("sent", [{}, {"answer": "oui"}])
    def test_what_is_neither_a_yes_nor_a_no_decides_nothing(self, here: Recruitment, sent: dict[str, str]) -> None:
        _one, made, _other = self.recommended(here)
        text = said(post(recommendation_of(made), "my_recommendation_answer", **sent))
        assert "Dites si vous acceptez ou non : rien n'est décidé pour l'instant." in text
        assert "Rien ne part sans votre accord." in text
        rows: Any = Recommendation.objects.unscoped(WHY)
        assert rows.get(pk=made.pk).state == RecommendationState.ASKED


class TestHerVoice:
    """Answering back, rating, reporting."""

    MARKS = {"avis-courtesy": "5", "avis-clarity": "4", "avis-speed": "2"}

    def test_she_answers_back_once(self, here: Recruitment) -> None:
        one = here.refuse(here.apply())
        text = said(post(one, "my_job_application_reply", **{"reponse-words": "Merci de votre réponse rapide."}))
        assert "Votre message est parti." in text
        assert "Merci de votre réponse rapide." in text
        response = post(one, "my_job_application_reply", **{"reponse-words": "Encore un mot pour vous."})
        assert response.context["reply_form"].non_field_errors() == [
            "Vous avez déjà répondu à cet employeur : on répond une seule fois ici."
        ]

    def test_there_is_nothing_to_answer_to_yet(self, here: Recruitment) -> None:
        one = here.apply()
        assert "Répondre à l'employeur" not in page(one)
        response = post(one, "my_job_application_reply", **{"reponse-words": "Bonjour à vous."})
        assert response.status_code == 422
        assert "L'employeur n'a pas encore répondu : attendez sa réponse pour lui écrire." in text_of(response)

    def test_an_empty_answer_is_refused_at_its_field(self, here: Recruitment) -> None:
        response = post(here.refuse(here.apply()), "my_job_application_reply", **{"reponse-words": " "})
        assert response.context["reply_form"].errors["words"] == ["Écrivez votre réponse à l'employeur."]

    def test_she_rates_once_it_is_over(self, here: Recruitment) -> None:
        one = here.apply()
        early = post(one, "my_job_application_rate", **self.MARKS)
        assert "Vous pourrez donner votre avis quand ce recrutement sera terminé." in text_of(early)
        here.refuse(one)
        text = said(post(one, "my_job_application_rate", **self.MARKS))
        assert "Merci. Votre avis aide ceux qui postuleront après vous." in text
        assert "Clarté : 4 sur 5" in text
        again = post(one, "my_job_application_rate", **self.MARKS)
        assert "Vous avez déjà donné votre avis sur ce recrutement." in text_of(again)
        rows: Any = Rating.objects.unscoped(WHY)
        assert rows.count() == 1

    def test_a_mark_is_asked_for(self, here: Recruitment) -> None:
        response = post(here.refuse(here.apply()), "my_job_application_rate", **{"avis-courtesy": "9"})
        assert response.status_code == 422
        assert response.context["rating_form"].errors["clarity"] == ["Choisissez une note de 1 à 5."]

    def test_she_reports_and_is_told_by_when(self, here: Recruitment) -> None:
        one = here.apply()
        sent = {"signalement-kind": "money", "signalement-words": "On me demande deux cents euros."}
        text = said(post(one, "my_job_application_report", **sent))
        assert "C'est signalé. Un conseiller s'en occupe et vous répond." in text
        assert "Un conseiller vous répond au plus tard le" in text
        assert "Ce signalement est déjà reçu" in text_of(post(one, "my_job_application_report", **sent))
        rows: Any = AbuseReport.objects.unscoped(WHY)
        assert rows.count() == 1

    def test_a_report_says_what_and_tells_it(self, here: Recruitment) -> None:
        response = post(here.apply(), "my_job_application_report")
        assert response.context["report_form"].errors == {
            "kind": ["Dites ce que vous signalez."],
            "words": ["Racontez ce qui s'est passé, en quelques mots."],
        }


class Thing:
    """What hangs from an application, posted to by its person."""

    def __init__(self, pk: Any, person: Person) -> None:
        self.pk, self.person = pk, person


def meeting_of(meeting: Meeting) -> Any:
    return Thing(meeting.pk, meeting.application.person)


def recommendation_of(made: Recommendation) -> Any:
    return Thing(made.pk, made.application.person)
