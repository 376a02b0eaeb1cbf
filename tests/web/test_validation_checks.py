"""The adviser calls former employers back: the list, one answer, the same words heard, a proved fraud."""

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.passport import queries as passport
from entremise.passport.enums import Assurance
from entremise.people.models import Person
from entremise.validations import actions, rules
from entremise.validations.enums import DeclineReason, RequestState, Verdict
from entremise.validations.models import Request
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.employers import EstablishmentFactory, commune
from tests.factories.people import PersonFactory, owner
from tests.factories.validations import asked, experience, sheet, skill, validator

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
LIST = reverse("validation_checks")


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def adviser() -> Client:
    commune()
    return sign_in(Client(), professional(agency=AgencyFactory(name="Agence de Valence")))


def sent(*, is_drawn: bool = False, **changed) -> Request:
    """Return a request that was sent, among those that chance draws for a check, or not."""
    about = experience(establishment=EstablishmentFactory(name="Les Jardins de Flore", phone="+33475123456"))
    draft = asked(about=about, **changed)
    while rules.is_sampled(draft.pk) != is_drawn:  # identifiers are random: prepare until chance says so
        draft = asked(about=about, **changed)
    return actions.send(draft, actor=owner(draft.person))


def reply(request: Request, *verdicts: Verdict, is_same_device: bool = False) -> Request:
    given = sheet(request, *verdicts)
    return actions.answer(request, actor=validator(request), sheet=given, is_same_device=is_same_device)


def doubtful(*verdicts: Verdict, **changed) -> Request:
    """Return an answer that left from the person's own device."""
    return reply(sent(**changed), *verdicts, is_same_device=True)


def page(name: str, request: Request) -> str:
    return reverse(name, args=[request.pk])


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\xa0", " ").replace("&#x27;", "'").split())


def again(request: Request) -> Request:
    return Request.objects.unscoped("test").get(pk=request.pk)


def levels(person: Person) -> set[int]:
    return {held.assurance for held in passport.shown_skills(person)}


def test_the_list_says_whom_to_call_and_why_the_oldest_first(adviser, moment) -> None:
    first = doubtful()
    moment.shift(dt.timedelta(hours=2))
    second = sent(contact_email="nina@garance.example")
    second = actions.forward(second, actor=validator(second), name="Lina Roux", email="lina@garance.example")
    second = reply(second)
    response = adviser.get(LIST)
    assert [check.asked for check in response.context["checks"]] == [first, second]
    text = text_of(response)
    assert "2 réponses à vérifier" in text
    assert "Les Jardins de Flore" in text
    assert "La réponse est partie de l'appareil de la personne qui la demandait." in text
    assert "La demande a été transmise à une autre adresse que la première." in text


def test_nothing_to_check_is_said_kindly(adviser) -> None:
    reply(sent())
    assert "Rien à vérifier aujourd'hui" in text_of(adviser.get(LIST))


def test_an_answer_drawn_by_chance_is_told_without_suspicion(adviser) -> None:
    request = reply(sent(is_drawn=True))
    assert [check.asked for check in adviser.get(LIST).context["checks"]] == [request]
    assert "vérifions au hasard, sans soupçon" in text_of(adviser.get(page("validation_check", request)))


def test_an_answer_that_shows_nothing_is_not_drawn_by_chance(adviser) -> None:
    reply(sent(is_drawn=True), Verdict.CANNOT_JUDGE)
    assert adviser.get(LIST).context["checks"] == []


def test_a_report_then_a_change_after_a_call_come_back_with_their_reasons(adviser) -> None:
    request = doubtful()
    actions.report(request, actor=validator(request))
    text = text_of(adviser.get(page("validation_check", request)))
    assert "dit ne pas l'avoir donnée" in text
    adviser.post(page("validation_check_same", request))
    actions.rectify(again(request), actor=validator(request), sheet=sheet(request, Verdict.CONFIRMED))
    text = text_of(adviser.get(page("validation_check", request)))
    assert "La réponse a changé depuis la dernière vérification." in text
    assert "dit ne pas l'avoir donnée" not in text


def test_the_page_gives_the_switchboard_of_the_directory_and_no_name_of_the_person(adviser) -> None:
    request = doubtful()
    text = text_of(adviser.get(page("validation_check", request)))
    assert "04 75 12 34 56" in text
    assert "Marc Lemoine, chef de cuisine" in text
    assert "N'appelez jamais un numéro donné par la personne" in text
    assert request.person.reference in text
    for hidden in ("Diallo", "Awa", "+33612345678", "06 12 34 56 78"):
        assert hidden not in text


def test_a_switchboard_nobody_knows_is_said(adviser) -> None:
    request = doubtful()
    request.establishment.phone = ""
    request.establishment.save()
    assert "L'annuaire ne donne pas le standard" in text_of(adviser.get(page("validation_check", request)))


def test_what_was_not_confirmed_stays_with_the_person(adviser) -> None:
    request = doubtful(Verdict.CONFIRMED, Verdict.NOT_CONFIRMED)
    text = text_of(adviser.get(page("validation_check", request)))
    assert skill(0).label in text
    assert skill(1).label not in text


def test_the_look_is_in_the_person_s_journal(adviser) -> None:
    request = doubtful()
    adviser.get(page("validation_check", request))
    assert JournalEntry.objects.filter(verb="people.card_read", person_id=request.person_id).count() == 1


def test_the_same_words_heard_raise_the_proofs_to_level_three(adviser) -> None:
    request = doubtful()
    assert levels(request.person) == {Assurance.ANSWERED}
    response = adviser.post(page("validation_check_same", request), follow=True)
    assert "4 compétences sont maintenant vérifiées par un conseiller (niveau 3)." in text_of(response)
    assert levels(request.person) == {Assurance.CHECKED}
    assert adviser.get(LIST).context["checks"] == []
    assert "L'établissement a redit la même chose au téléphone." in text_of(
        adviser.get(page("validation_check", request))
    )


def test_an_abuse_that_was_reported_is_closed_by_a_call_and_proves_nothing(adviser) -> None:
    request = asked(sent=True)
    actions.decline(request, actor=validator(request), reason=DeclineReason.ABUSE)
    text = text_of(adviser.get(page("validation_check", request)))
    assert "signale un abus" in text
    assert "fraude établie" not in text
    response = adviser.post(page("validation_check_same", request), follow=True)
    assert "ce signalement est clos" in text_of(response)
    assert levels(request.person) == {Assurance.DECLARED}
    assert adviser.get(LIST).context["checks"] == []


def test_a_fraud_asks_for_the_word_and_says_what_it_takes_away(adviser) -> None:
    request, other, waiting = doubtful(), reply(sent()), sent()
    text = text_of(adviser.get(page("validation_check_fraud", request)))
    assert "Cela ne se défait pas." in text
    assert "2 réponses venues de cette adresse seront écartées" in text
    assert "1 demande en cours vers cette adresse sera arrêtée." in text
    assert "2 personnes seront prévenues" in text
    response = adviser.post(page("validation_check_fraud", request), {"word": " Fraude "}, follow=True)
    text = text_of(response)
    assert "La fraude est établie : 8 preuves sont retirées." in text
    assert "1 demande en cours vers cette adresse est arrêtée." in text
    assert levels(request.person) == levels(other.person) == {Assurance.DECLARED}
    assert again(waiting).state == RequestState.WITHDRAWN
    told = OutboxMessage.objects.filter(kind="validations.set_aside")
    assert {message.recipient for message in told} == {one.person.user.email for one in (request, other, waiting)}
    assert "Réponse écartée le 23 novembre 2026." in text_of(adviser.get(page("validation_check", request)))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Écrivez le mot « fraude » pour confirmer."), ("oui", "Ce n'est pas le mot attendu.")],
)
def test_without_the_word_nothing_changes(adviser, typed: str, sentence: str) -> None:
    request = doubtful()
    response = adviser.post(page("validation_check_fraud", request), {"word": typed})
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert "Rien n'a été changé." in text_of(response)
    assert again(request).fraud_proved_at is None
    assert levels(request.person) == {Assurance.ANSWERED}


def test_a_set_aside_answer_can_no_longer_be_checked_nor_set_aside_again(adviser) -> None:
    request = doubtful()
    adviser.post(page("validation_check_fraud", request), {"word": "fraude"})
    response = adviser.post(page("validation_check_same", request), follow=True)
    assert "écartée après vérification par un conseiller" in text_of(response)
    response = adviser.post(page("validation_check_fraud", request), {"word": "fraude"}, follow=True)
    assert "Cette réponse est déjà écartée : il n'y a plus rien à faire." in text_of(response)
    assert OutboxMessage.objects.filter(kind="validations.set_aside").count() == 1
    assert "J'ai rappelé" not in text_of(adviser.get(page("validation_check", request)))


def test_a_reported_abuse_cannot_be_called_a_fraud_of_the_mailbox(adviser) -> None:
    request = asked(sent=True)
    actions.decline(request, actor=validator(request), reason=DeclineReason.ABUSE)
    response = adviser.post(page("validation_check_fraud", request), {"word": "fraude"}, follow=True)
    assert "Il n'y a pas de réponse à écarter" in text_of(response)
    with pytest.raises(rules.ValidationRefused):
        actions.prove_fraud(request, actor=response.wsgi_request.actor)


@pytest.mark.parametrize("name", ["validation_check", "validation_check_same", "validation_check_fraud"])
def test_what_waits_for_an_answer_or_does_not_exist_is_not_found(adviser, name: str) -> None:
    waiting = asked(sent=True)
    for pk in (waiting.pk, uuid4()):
        address = reverse(name, args=[pk])
        response = adviser.post(address) if name.endswith("same") else adviser.get(address)
        assert response.status_code == 404


@pytest.mark.parametrize("name", ["validation_check", "validation_check_same", "validation_check_fraud"])
def test_an_adviser_of_another_territory_finds_nothing(name: str) -> None:
    request = doubtful()
    stranger = sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))
    assert stranger.get(LIST).context["checks"] == []
    response = stranger.post(page(name, request), {"word": "fraude"})
    assert response.status_code == (405 if name == "validation_check" else 404)
    assert stranger.get(page("validation_check", request)).status_code == 404
    assert again(request).checked_at is None


@pytest.mark.parametrize("name", ["validation_check", "validation_check_same", "validation_check_fraud"])
def test_the_person_herself_may_not_check_her_own_proofs(name: str) -> None:
    request = doubtful()
    client = sign_in(Client(), PersonFactory().user)
    hers = sign_in(Client(), request.person.user)
    for one in (client, hers):
        response = one.post(page(name, request), {"word": "fraude"})
        assert response.status_code == 403
        assert "Votre rôle ne donne pas accès à cette action." in text_of(response)
    assert again(request).checked_at is None


def test_a_double_click_is_recorded_once(adviser) -> None:
    request = doubtful()
    key = adviser.get(page("validation_check", request)).content.decode()
    given = key.split('name="idempotency_key" value="')[1].split('"')[0]
    for _ in range(2):
        response = adviser.post(page("validation_check_same", request), {"idempotency_key": given})
        assert response.url == LIST
    assert JournalEntry.objects.filter(verb="validations.checked").count() == 1


def test_the_pages_are_read_in_few_queries(adviser, django_assert_max_num_queries) -> None:
    requests = [doubtful(contact_email=f"c{n}@garance.example") for n in range(4)]
    adviser.get(LIST)
    with django_assert_max_num_queries(12):
        adviser.get(LIST)
    for name in ("validation_check", "validation_check_fraud"):
        with django_assert_max_num_queries(12):
            adviser.get(page(name, requests[0]))
