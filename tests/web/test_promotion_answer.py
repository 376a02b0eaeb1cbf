"""The employer's page: a GET shows, a POST acts, everything works without JavaScript and without an account."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.kernel import links
from entremise.kernel.models import JournalEntry, MailLink, OutboxMessage
from entremise.people import actions as people
from entremise.people.enums import Visibility
from entremise.promotions import actions, jobs
from entremise.promotions.models import Promotion
from tests.factories.passport import ExperienceFactory, HeldSkillFactory, evidence
from tests.factories.people import owner
from tests.factories.promotions import MONDAY, again, employer, link_of

pytestmark = pytest.mark.django_db
SCANNERS = [
    "Mozilla/5.0 (compatible; SafeLinks)",
    "Barracuda Sentinel",
    "GoogleImageProxy",
    "Mimecast URL Protect",
    "curl/8.5",
]


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sent(small) -> Promotion:
    return small.send()[0]


def address(promotion: Promotion) -> str:
    return reverse("promotion_answer", args=[links.token(link_of(promotion))])


def page(promotion: Promotion, place: str = "") -> str:
    return reverse("promotion_answer", args=[links.reference(link_of(promotion))]) + place


def opened(promotion: Promotion) -> Client:
    client = Client()
    response = client.get(address(promotion), follow=True)
    assert response.status_code == 200
    return client


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def test_the_page_shows_the_profile_with_its_proofs_and_no_name(small) -> None:
    held = HeldSkillFactory(person=small.person)
    evidence(held, origin="Chez Suzanne", witness_role="chef", assurance=2)
    hidden = HeldSkillFactory(person=small.person, is_shown=False)
    (sent,) = small.send()
    text = text_of(opened(sent).get(page(sent)))
    assert held.skill.label in text
    assert "Chez Suzanne, chef" in text
    assert hidden.skill.label not in text
    assert "Diallo" not in text
    assert small.person.reference in text


def test_the_name_and_the_contact_are_shown_when_the_person_agreed(small) -> None:
    (sent,) = small.send(visibility=Visibility.NAMED)
    text = text_of(opened(sent).get(page(sent)))
    assert "Awa Diallo" in text
    assert "tel:+33612345678" in text


def test_a_person_who_becomes_anonymous_is_not_named_any_more(small) -> None:
    (sent,) = small.send(visibility=Visibility.NAMED)
    people.give_consent(small.person, actor=owner(small.person), visibility=Visibility.ANONYMOUS)
    assert "Diallo" not in text_of(opened(sent).get(page(sent)))


@pytest.mark.parametrize("agent", SCANNERS)
def test_a_scanner_that_opens_the_link_changes_nothing(sent, agent) -> None:
    def everything() -> list[object]:
        rows = Promotion.objects.unscoped("test").values()
        return [
            list(rows),
            list(MailLink.objects.values()),
            OutboxMessage.objects.count(),
            JournalEntry.objects.count(),
        ]

    before = everything()
    client = Client(headers={"user-agent": agent})
    for verb in (client.get, client.head, client.options):
        for place in ("", "modifier/", "ne-plus-me-solliciter/"):
            verb(address(sent) + place, follow=True)
        verb(page(sent, "vue/"))
    assert everything() == before


def test_the_token_leaves_the_address(sent) -> None:
    response = Client().get(address(sent))
    assert (response.status_code, response["Location"]) == (302, page(sent))
    assert response["Referrer-Policy"] in {"no-referrer", "same-origin"}


def test_one_choice_and_one_confirmation_are_an_answer(small, sent) -> None:
    response = opened(sent).post(page(sent), {"choice": "kept"}, follow=True)
    text = text_of(response)
    assert "Merci, votre réponse est enregistrée" in text
    assert "Nous ne vous relançons plus" in text
    assert again(sent).answer == "kept"


@pytest.mark.parametrize(
    ("variant", "answer"), [("", "meeting"), ("meeting", "meeting"), ("immersion", "immersion"), ("offer", "offer")]
)
def test_meeting_has_its_variants(sent, variant, answer) -> None:
    opened(sent).post(page(sent), {"choice": "meet", "variant": variant, "word": "Mardi"})
    assert (again(sent).answer, again(sent).answer_word) == (answer, "Mardi")


def test_a_no_without_a_reason_is_asked_for_it(sent) -> None:
    response = opened(sent).post(page(sent), {"choice": "no"})
    assert response.status_code == 422
    assert "choisissez une raison" in text_of(response)
    assert again(sent).state == "sent"
    response = opened(sent).post(page(sent), {"choice": "no", "no_reason": "skills"}, follow=True)
    assert "Compétences trop éloignées de nos besoins." in text_of(response)


@pytest.mark.parametrize("posted", [{}, {"choice": "perhaps"}])
def test_no_choice_is_no_answer(sent, posted) -> None:
    response = opened(sent).post(page(sent), posted)
    assert response.status_code == 422
    assert again(sent).state == "sent"


def test_a_second_answer_leads_to_the_receipt_of_the_first(sent) -> None:
    client, other = opened(sent), opened(sent)
    client.post(page(sent), {"choice": "kept"})
    text = text_of(other.post(page(sent), {"choice": "not_now"}, follow=True))
    assert "L'employeur a déjà répondu" in text.replace("&#x27;", "'")
    assert "je garde ce profil" in text
    assert again(sent).answer == "kept"


def test_the_answer_may_be_changed_from_the_receipt(sent, moment) -> None:
    client = opened(sent)
    client.post(page(sent), {"choice": "not_now"})
    assert page(sent, "modifier/") in client.get(page(sent)).content.decode()
    form = client.get(page(sent, "modifier/")).content.decode()
    assert 'value="not_now"' in form
    client.post(page(sent, "modifier/"), {"choice": "meet"})
    assert again(sent).answer == "meeting"
    moment.shift(dt.timedelta(days=31))
    late = opened(sent).get(page(sent, "modifier/"), follow=True)
    assert "se modifie pendant 30 jours" in text_of(late)
    assert "Changer ma réponse" not in text_of(late)


def test_the_first_gesture_is_noted_by_a_post_only(sent) -> None:
    client = opened(sent)
    assert again(sent).state == "sent"
    assert client.post(page(sent, "vue/")).status_code == 204
    assert client.post(page(sent, "vue/")).status_code == 204
    assert again(sent).state == "opened"


def test_a_late_answer_is_welcome_then_too_late(sent, moment) -> None:
    moment.move_to(MONDAY + dt.timedelta(days=28))
    jobs.run_due()
    assert "votre réponse nous intéresse toujours" in text_of(opened(sent).get(page(sent)))
    moment.move_to(MONDAY + dt.timedelta(days=60))
    text = text_of(opened(sent).get(page(sent)))
    assert "Le délai pour répondre est passé" in text
    assert "Envoyer ma réponse" not in text
    assert "tel:+33475000000" in text


def test_a_withdrawn_consent_leaves_no_personal_data_on_the_page(small) -> None:
    (sent,) = small.send(visibility=Visibility.NAMED)
    client = opened(sent)
    people.withdraw_consent(small.person, actor=owner(small.person))
    for response in (
        client.get(page(sent)),
        client.post(page(sent), {"choice": "kept"}),
        Client().get(address(sent), follow=True),
    ):
        text = text_of(response)
        assert response.status_code == 410
        assert "Ce profil n'est plus partagé" in text.replace("&#x27;", "'")
        assert "Diallo" not in text
        assert "Cuisini" not in text
    assert again(sent).state == "withdrawn"


def test_an_answered_profile_disappears_too_when_the_consent_is_withdrawn(small, sent) -> None:
    actions.answer(sent, actor=employer(sent), answer="kept")
    people.withdraw_consent(small.person, actor=owner(small.person))
    response = Client().get(address(sent), follow=True)
    assert response.status_code == 410
    assert small.person.reference not in text_of(response)


@pytest.mark.parametrize(
    ("change", "status"),
    [(lambda token: token[:-3], 404), (lambda token: "x" * 65, 404), (lambda token: token[::-1], 404)],
)
def test_an_altered_link_is_explained(sent, change, status) -> None:
    response = Client().get(reverse("promotion_answer", args=[change(links.token(link_of(sent)))]), follow=True)
    assert response.status_code == status
    assert "incomplet" in text_of(response)


def test_a_link_made_for_another_purpose_is_refused(sent) -> None:
    other = links.issue(links.PURPOSES["validations.answer"], sent.pk, "a@b.fr")
    response = Client().get(reverse("promotion_answer", args=[links.token(other)]), follow=True)
    assert response.status_code == 404


def test_an_old_link_has_expired(sent, moment) -> None:
    moment.shift(dt.timedelta(days=173))
    response = Client().get(address(sent), follow=True)
    assert response.status_code == 410
    assert "expiré" in text_of(response)


def test_an_opposition_is_one_page_and_one_confirmation(small, sent) -> None:
    client = opened(sent)
    assert "Ne plus recevoir de profils" in text_of(client.get(page(sent, "ne-plus-me-solliciter/")))
    small.first.refresh_from_db()
    assert small.first.opposed_at is None
    response = client.post(page(sent, "ne-plus-me-solliciter/"))
    assert "C'est noté" in text_of(response).replace("&#x27;", "'")
    small.first.refresh_from_db()
    assert small.first.opposed_at is not None


def test_a_closed_promotion_says_so(small, sent) -> None:
    actions.record_outcome(sent, actor=small.adviser, outcome="none", on=MONDAY.date())
    assert "La suite de cette présentation est connue" in text_of(opened(sent).get(page(sent)))


def test_the_page_is_never_kept_by_a_cache(sent) -> None:
    assert opened(sent).get(page(sent))["Cache-Control"] == "no-store"


def test_the_page_is_read_in_few_queries(small, django_assert_max_num_queries) -> None:
    for _ in range(5):
        evidence(HeldSkillFactory(person=small.person))
    (sent,) = small.send()
    client = opened(sent)
    with django_assert_max_num_queries(12):
        client.get(page(sent))
    client.post(page(sent), {"choice": "meet"})
    with django_assert_max_num_queries(12):
        client.get(page(sent))


def test_two_profiles_opened_side_by_side_each_get_their_own_answer(small) -> None:
    kept, refused = small.send()[0], small.send(small.first, acknowledged=True)[0]
    client = opened(kept)
    client.get(address(refused), follow=True)  # another tab of the same browser
    client.post(page(kept), {"choice": "kept"})
    client.post(page(refused), {"choice": "not_now"})
    assert (again(kept).answer, again(refused).answer) == ("kept", "not_now")


def test_the_page_counts_the_years_as_the_message_does(small) -> None:
    started_on, ended_on = MONDAY.date() - dt.timedelta(days=30 * 56), MONDAY.date()  # four years and a half
    ExperienceFactory(person=small.person, started_on=started_on, ended_on=ended_on)
    sent = small.send()[0]
    page = opened(sent).get(address(sent), follow=True).content.decode()
    assert "(4 ans" in page
    assert "(5 ans" not in page
