"""The page of the mail link: the same cards and answers without account nor JavaScript; a GET changes nothing."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.employers.models_spaces import SpaceMember
from entremise.kernel import links
from entremise.kernel.models import JournalEntry, MailLink, OutboxMessage
from entremise.people import queries as people
from entremise.reciprok import actions, queries, queries_words
from entremise.reciprok.links import INBOX
from entremise.reciprok.models import Application
from tests.factories.applications import MONDAY, Recruitment, fresh, recruitment
from tests.factories.employers import ContactFactory
from tests.factories.people import owner
from tests.web.adviser import text_of

pytestmark = pytest.mark.django_db
SCANNERS = ["Mozilla/5.0 (compatible; SafeLinks)", "Barracuda Sentinel", "curl/8.5"]


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def here() -> Recruitment:
    return recruitment()


@pytest.fixture
def application(here: Recruitment) -> Application:
    return here.apply(words="Je connais votre maison.")


def page(here: Recruitment, name: str = "inbox", application: Application | None = None) -> str:
    told = {"token": links.reference(here.link)} | ({"pk": application.pk} if application else {})
    return reverse(name, kwargs=told)


@pytest.fixture
def bearer(here: Recruitment, application: Application) -> Client:
    client = Client()
    response = client.get(reverse("inbox", args=[links.token(here.link)]))
    assert (response.status_code, response["Location"]) == (302, page(here))
    return client


def test_the_page_shows_the_candidates_without_account(here, bearer) -> None:
    text = text_of(bearer.get(page(here)))
    for expected in ("1 personne attend votre réponse", "Je connais votre maison.", here.offer.title):
        assert expected in text


@pytest.mark.parametrize("agent", SCANNERS)
def test_a_scanner_changes_nothing(here, application, agent) -> None:
    def everything() -> list[object]:
        rows = Application.objects.unscoped("test").values()
        return [
            list(rows),
            list(MailLink.objects.values()),
            OutboxMessage.objects.count(),
            JournalEntry.objects.count(),
        ]

    address = reverse("inbox", args=[links.token(here.link)])
    before = everything()
    client = Client(headers={"user-agent": agent})
    for verb in (client.get, client.head, client.options):
        for place in ("", "repondre/", "repondre-a-tous/", "rendez-vous.ics", f"{application.pk}/",
                      f"{application.pk}/repondre/", f"{application.pk}/vue/"):  # fmt: skip
            verb(address + place, follow=True)
    assert everything() == before


def test_one_choice_and_one_confirmation_answer_without_javascript(here, bearer, application) -> None:
    html = bearer.get(page(here)).content.decode()
    form = re.search(r'<form method="post" action="([^"]+)" class="candidate-answer"', html)
    assert form
    assert form.group(1) == page(here, "inbox_answer", application)
    assert "required" in html[form.start() : form.start() + 2_000]
    response = bearer.post(form.group(1), {"choice": "refuse:filled", "vu": "acknowledged"}, follow=True)
    assert "La personne a votre réponse." in text_of(response)
    after = fresh(application)
    assert (after.state, after.channel, after.answer_words) == ("refused", "link", queries_words.draft("filled"))


def test_the_name_comes_with_the_look_that_the_person_finds_in_her_history(here, bearer, application) -> None:
    for address in (page(here), page(here, "inbox_application", application)):
        text = text_of(bearer.get(address))
        assert application.person.reference in text
        assert "Diallo" not in text
    assert fresh(application).read_at is None
    html = bearer.get(page(here, "inbox_application", application)).content.decode()
    assert f'<form method="post" action="{page(here, "inbox_opened", application)}"' in html  # without JavaScript too
    response = bearer.post(page(here, "inbox_opened", application), follow=True)
    assert "Awa Diallo" in text_of(response)
    assert fresh(application).state == "read"
    (look,) = people.access_history(application.person)
    assert (look.who, look.why) == ("L'employeur Les Jardins de Flore", "pour une candidature")


def test_each_further_look_is_noted_by_its_first_gesture(here, bearer, application, moment) -> None:
    address = page(here, "inbox_opened", application)
    for seconds in (0, 60, 3600):  # the second one is the same look
        moment.shift(seconds)
        assert bearer.post(address, headers={"HX-Request": "true"}).status_code == 204
    assert len(people.access_history(application.person)) == 2


def test_a_contact_who_is_not_of_the_space_is_shown_no_name(here) -> None:
    contact = ContactFactory(establishment=here.offer.establishment, email="accueil@flore.example")
    made = here.read(here.apply(offer=None))
    link = queries.link_to(made.inbox, contact.email)
    client = Client()
    told = text_of(client.get(reverse("inbox", args=[links.token(link)]), follow=True))
    address = reverse("inbox_application", kwargs={"token": links.reference(link), "pk": made.pk})
    for text in (told, text_of(client.get(address))):
        assert made.person.reference in text
        assert "Diallo" not in text
    by_member = queries.link_to(made.inbox, here.space.members.unscoped("test").get().email)
    assert "Awa Diallo" in text_of(Client().get(reverse("inbox", args=[links.token(by_member)]), follow=True))


def test_who_left_says_nothing_about_the_silence_either(here, bearer) -> None:
    address = page(here, "inbox_silence")
    SpaceMember.objects.unscoped("test").filter(space=here.space).update(left_at=MONDAY)
    for response in (bearer.get(address), bearer.post(address, {"reason": "no_time"})):
        assert response.status_code == 403
        assert "Vous ne lisez plus ces candidatures" in text_of(response)


def test_the_name_of_a_later_answer_is_kept_from_a_stale_list(here, bearer, application) -> None:
    other = here.read(here.apply())
    html = bearer.get(page(here)).content.decode()
    seen = re.search(r'name="vu" value="(2026[^"]+)"', html)
    assert seen
    with time_machine.travel(MONDAY + dt.timedelta(minutes=5), tick=False):
        here.favour(other)
        told = {"ids": [str(other.pk)], "reason": "no_need", "vu": seen.group(1)}
        text = text_of(bearer.post(page(here, "inbox_many"), told, follow=True))
    assert "1 avait déjà reçu une réponse ou s'était retirée." in text
    assert fresh(other).state == "favourable"


def test_several_are_answered_at_once(here, bearer, application) -> None:
    actions.read(application, actor=here.by_link)
    told = {"ids": [str(application.pk)], "reason": "no_need"}
    assert "1 personne a votre réponse." in text_of(bearer.post(page(here, "inbox_many"), told, follow=True))
    assert "Choisissez au moins une candidature." in text_of(
        bearer.post(page(here, "inbox_many"), {"reason": "no_need"})
    )


def test_a_meeting_is_proposed_and_opens_in_a_calendar(here, bearer, application) -> None:
    bearer.post(page(here, "inbox_answer", application), {"choice": "favour:call"})
    told = {"kind": "call", "minutes": "15", "slot1": "2026-12-01T09:30"}
    text = text_of(bearer.post(page(here, "inbox_meeting", application), told, follow=True))
    assert "Vos créneaux sont proposés" in text
    application.meetings.unscoped("test").update(state="chosen", chosen_at=MONDAY)
    body = bearer.get(page(here, "inbox_calendar")).content.decode()
    assert "BEGIN:VEVENT" in body
    assert "Diallo" not in body


def test_insulting_words_are_refused_with_others(here, bearer, application) -> None:
    told = {"choice": "refuse:skills", "words": "Sale connasse"}
    response = bearer.post(page(here, "inbox_answer", application), told)
    assert response.status_code == 422
    assert "Ces mots peuvent blesser ou sont interdits" in text_of(response)
    assert "Merci de votre candidature." in text_of(response)
    assert fresh(application).state == "acknowledged"


def test_who_withdrew_gets_no_answer(here, bearer, application) -> None:
    actions.withdraw(application, actor=owner(application.person))
    response = bearer.post(page(here, "inbox_answer", application), {"choice": "refuse:skills"}, follow=True)
    text = text_of(response)
    assert "Cette personne a retiré sa candidature : elle n'attend plus de réponse." in text
    assert "Diallo" not in text


def test_of_two_who_answer_at_once_the_second_reads_the_first(here, bearer, application) -> None:
    here.refuse(application, reason="distance", words="Le trajet serait trop long.")
    told = {"choice": "favour:call", "vu": "acknowledged"}
    text = text_of(bearer.post(page(here, "inbox_answer", application), told, follow=True))
    assert "Quelqu'un vient de répondre : voici ce qui a été dit." in text
    assert "Le trajet serait trop long." in text


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_left_the_space_is_told_so(here, bearer, application, method) -> None:
    address = page(here, "inbox_answer", application) if method == "post" else page(here)
    SpaceMember.objects.unscoped("test").filter(space=here.space).update(left_at=MONDAY)
    response = getattr(bearer, method)(address, {"choice": "refuse:skills"})
    assert response.status_code == 403
    text = text_of(response)
    assert "Vous ne lisez plus ces candidatures" in text
    assert "Agence de Valence" in text
    assert "Diallo" not in text
    assert fresh(application).state == "acknowledged"


def test_a_space_that_is_not_certified_any_more_closes_the_page(here, bearer) -> None:
    here.space.__class__.objects.unscoped("test").filter(pk=here.space.pk).update(state="under_review")
    assert "Vous ne lisez plus ces candidatures" in text_of(bearer.get(page(here)))


def test_a_known_contact_reads_spontaneous_applications_until_they_refuse(here) -> None:
    place = here.offer.establishment
    SpaceMember.objects.unscoped("test").filter(space=here.space).update(left_at=MONDAY)
    contact = ContactFactory(establishment=place, email="accueil@flore.example")
    made = here.apply(offer=None, parts=[])
    link = queries.link_to(made.inbox, contact.email)
    client = Client()
    text = text_of(client.get(reverse("inbox", args=[links.token(link)]), follow=True))
    assert made.person.reference in text
    assert "Diallo" not in text
    contact.__class__.objects.unscoped("test").filter(pk=contact.pk).update(opposed_at=MONDAY)
    address = reverse("inbox", args=[links.reference(link)])
    assert "Vous ne lisez plus ces candidatures" in text_of(client.get(address))


def test_an_application_of_another_inbox_is_not_found(here, bearer) -> None:
    other = recruitment().apply()
    assert bearer.get(page(here, "inbox_application", other)).status_code == 404
    assert bearer.post(page(here, "inbox_answer", other), {"choice": "refuse:skills"}).status_code == 404
    assert fresh(other).state == "acknowledged"


def test_a_dead_link_is_sent_again_to_who_still_reads(here, application) -> None:
    dead = here.link
    links.revoke(INBOX, here.inbox.pk)
    before = set(OutboxMessage.objects.values_list("pk", flat=True))
    response = Client().get(reverse("inbox", args=[links.token(dead)]), follow=True)
    assert response.status_code == 410
    assert links.can_be_sent_again(dead)
    links.send_again(dead)
    (sent,) = OutboxMessage.objects.exclude(pk__in=before)
    assert sent.recipient == dead.recipient
    assert links.token(MailLink.objects.get(purpose=INBOX.name, revoked_at=None)) in sent.text


def test_a_dead_link_of_who_left_is_not_sent_again(here, application) -> None:
    dead = here.link
    links.revoke(INBOX, here.inbox.pk)
    SpaceMember.objects.unscoped("test").filter(space=here.space).update(left_at=MONDAY)
    before = OutboxMessage.objects.count()
    links.send_again(dead)
    assert OutboxMessage.objects.count() == before
