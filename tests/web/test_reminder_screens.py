"""The reminders of a territory on their page, and the pause that the owner of an address asks for."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.kernel import mail, reminders, suppression
from entremise.kernel.mail_families import Family
from entremise.kernel.models import JournalEntry
from entremise.kernel.models_mail import MailPause
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.promotions import MONDAY
from tests.web.adviser import text_of

pytestmark = pytest.mark.django_db
ADDRESS = "marc@garance.example"


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def lead() -> Client:
    return sign_in(Client(), professional("team_lead"))


def page(client: Client) -> str:
    return words(client.get(reverse("manager_reminders")))


def words(answer: Any) -> str:
    """Return what is read on a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", text_of(answer)).split())


def ruled(client: Client, name: str = "validations", days: str = "7", end: str = "21", **more: str) -> Any:
    told = {"name": name, f"{name}-days": days, f"{name}-expiry_days": end, **more}
    return client.post(reverse("reminders_set"), told, follow=True)


def test_each_kind_is_told_in_words_with_the_days_of_an_example(lead: Client) -> None:
    shown = page(lead)
    assert "Drôme : quand une demande restée sans réponse est rappelée" in shown
    assert "Rappels après 7, 14 jours, fin après 30 jours. Ils s'arrêtent dès que le contact répond" in shown
    assert "Rappels après 5, 10 jours ouvrés, fin après 20 jours ouvrés." in shown
    assert "Rappels après 7, 21 jours, fin après 60 jours." in shown
    assert "Un rappel après 14 jours, fin après 90 jours." in shown
    example = (
        "Envoyée lundi 23 novembre À venir : Rappel lundi 30 novembre À venir : Dernier rappel lundi 7 décembre "
        "À venir : Close sans réponse mercredi 23 décembre"
    )
    assert example in shown
    assert "Une adresse reçoit au plus 3 rappels en sept jours" in shown


def test_a_lead_changes_a_rule_then_goes_back(lead: Client) -> None:
    saved = words(ruled(lead))
    assert "La règle est enregistrée. Elle vaut pour ce qui part désormais." in saved
    assert "Règle de : Drôme" in saved
    assert "Un rappel après 7 jours, fin après 21 jours." in saved
    assert "La règle commune : Rappels après 7, 14 jours, fin après 30 jours." in saved
    back = words(lead.post(reverse("reminders_usual"), {"name": "validations"}, follow=True))
    assert "La règle commune à tous les territoires s'applique de nouveau." in back
    assert "Règle de : Drôme" not in back
    assert str(reminders.policy("validations", "26")) == "7,14/30"


def test_no_reminder_at_all_is_told_in_words(lead: Client) -> None:
    assert "Aucun rappel, fin après 30 jours." in words(ruled(lead, days="", end="30"))
    assert "Aucun rappel, fin après 20 jours ouvrés." in words(ruled(lead, "promotions", days="", end="20"))


def test_a_rule_that_cannot_be_is_told_beside_its_field(lead: Client) -> None:
    for days, end, said in [
        ("7, 9", "30", "Deux rappels sont séparés d'au moins 3 jours."),
        ("7", "8", "L'attente se termine au moins 3 jours après le dernier message."),
        ("7", "", "Écrivez un nombre de jours, par exemple 30."),
    ]:
        answer = ruled(lead, days=days, end=end)
        assert answer.status_code == 422
        assert said in text_of(answer)
        assert '<details class="disclosure" open>' in answer.content.decode()
    assert str(reminders.policy("validations", "26")) == "7,14/30"


def test_the_weekly_cap_is_set_and_set_back(lead: Client) -> None:
    saved = words(lead.post(reverse("reminders_cap"), {"most": "1"}, follow=True))
    assert "Une adresse reçoit au plus 1 rappel en sept jours" in saved
    assert "Revenir au plafond commun : 3" in saved
    refused = lead.post(reverse("reminders_cap"), {"most": "9"})
    assert refused.status_code == 422
    assert "Choisissez entre 1 et 7 rappels par semaine." in text_of(refused)
    back = words(lead.post(reverse("reminders_cap"), {"most": "3"}, follow=True))
    assert "Revenir au plafond commun" not in back
    lines = JournalEntry.objects.filter(verb="accounts.weekly_cap_set").order_by("pk")
    assert [line.data for line in lines] == [{"before": 3, "after": 1}, {"before": 1, "after": 3}]


def test_another_territory_is_neither_shown_nor_changed(lead: Client) -> None:
    AgencyFactory(department_code="38")
    assert lead.get(reverse("manager_reminders"), {"departement": "38"}).status_code == 404
    assert ruled(lead, departement="38").status_code == 404
    assert lead.post(reverse("reminders_usual"), {"name": "letters"}).status_code == 404
    assert str(reminders.policy("validations", "38")) == "7,14/30"


@pytest.mark.parametrize(
    ("role", "status"), [("team_lead", 200), ("director", 200), ("admin", 200), ("business_adviser", 403)]
)
def test_who_leads_opens_the_page(role: str, status: int) -> None:
    assert sign_in(Client(), professional(role)).get(reverse("manager_reminders")).status_code == status


def test_the_page_asks_the_same_number_of_questions_whatever_is_set(
    lead: Client, django_assert_max_num_queries
) -> None:
    ruled(lead)
    ruled(lead, "promotions", days="5", end="20")
    with django_assert_max_num_queries(16):
        lead.get(reverse("manager_reminders"))


def stop_page(family: Family = Family.PROMOTION) -> str:
    return reverse("mail_stop", args=[suppression.token(ADDRESS, family)])


def test_an_employer_pauses_from_a_reminder_and_ends_the_pause() -> None:
    browser = Client(enforce_csrf_checks=True)
    reminder = mail.send(mail.KINDS["promotions.reminder"].example(), to=ADDRESS)
    assert "Mettre en pause ou arrêter ce genre de message" in reminder.text
    offered = text_of(browser.get(re.search(r"https?://[^/]+(/\S*arret\S*|/\S+)$", reminder.text.strip())[1]))
    for day in ("7 décembre 2026", "21 décembre 2026", "18 janvier 2027"):
        assert f"Mettre en pause jusqu'au {day}" in offered
    paused = text_of(browser.post(stop_page(), {"action": "pause", "weeks": "4"}, follow=True))
    assert "En pause jusqu'au lundi 21 décembre 2026" in paused
    assert "Ne plus recevoir ces messages ?" in paused  # stopping stays possible
    assert not suppression.is_stopped(ADDRESS, Family.PROMOTION)
    longer = text_of(browser.get(stop_page(Family.VALIDATION_REQUEST)))
    assert "En pause jusqu'au lundi 21 décembre 2026" in longer  # the address is in pause, whatever led here
    ended = text_of(browser.post(stop_page(), {"action": "end_pause"}, follow=True))
    assert "Ou seulement une pause" in ended
    verbs = list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["accounts.mail_paused", "accounts.mail_pause_ended"]


def test_opening_the_page_pauses_nothing_and_a_strange_length_is_refused() -> None:
    browser = Client()
    browser.get(stop_page(), {"action": "pause", "weeks": "4"})
    refused = text_of(browser.post(stop_page(), {"action": "pause", "weeks": "52"}, follow=True))
    assert "Choisissez une pause de 2, 4 ou 8 semaines." in refused
    assert not MailPause.objects.exists()


def test_messages_that_never_come_back_offer_no_pause() -> None:
    browser = Client()
    assert "Ou seulement une pause" not in text_of(browser.get(stop_page(Family.WORK)))
    browser.post(stop_page(Family.WORK), {"action": "pause", "weeks": "4"})
    assert not MailPause.objects.exists()
    assert not suppression.is_stopped(ADDRESS, Family.WORK)
    work = mail.send(mail.KINDS["promotions.answer_notice"].example(), to=ADDRESS)
    assert "Ne plus recevoir ce genre de message" in work.text
