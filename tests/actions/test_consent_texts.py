"""A second text of the consent: read before it counts, the first keeps its meaning; a receipt for each decision."""

import pytest
from django.test import Client
from django.urls import reverse

from entremise.kernel.models import OutboxMessage
from entremise.people import actions, queries, queries_receipts, rules
from entremise.people.enums import Visibility
from entremise.people.models import Consent, ConsentText, Person
from tests.factories.accounts import sign_in
from tests.factories.people import PersonFactory, owner

pytestmark = pytest.mark.django_db
BANNER = "Le texte de votre accord a changé"


@pytest.fixture
def former() -> Person:
    """Return somebody who agreed to the first text, to be shown with her name."""
    made: Person = PersonFactory(consenting=Visibility.NAMED)
    made.consents.update(text=ConsentText.objects.get(kind="promotion", language="fr", version=1))
    return made


def browser_of(person: Person) -> Client:
    assert person.user is not None
    return sign_in(Client(), person.user)


def version_now(person: Person) -> int | None:
    current = queries.current_consent(person)
    return current.text.version if current else None


def is_searched(person: Person) -> bool:
    return queries.recruiter_search_consents().filter(person=person).exists()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_second_text_names_the_search_and_keeps_the_first_words(language: str) -> None:
    actions.load_builtin()
    first, second = (
        ConsentText.objects.get(kind="promotion", language=language, version=number).body for number in (1, 2)
    )
    assert {"fr": "recherche dans les profils", "en": "a search among the profiles"}[language] in second
    assert set(first.split("\n\n")) < set(second.split("\n\n"))
    assert rules.RECRUITERS_FROM == 2


def test_who_agreed_to_the_first_text_is_still_promoted_but_not_searched(former: Person) -> None:
    assert queries.has_consent(former.pk)
    assert not is_searched(former)


def test_she_is_asked_and_nothing_stops_her(former: Person) -> None:
    home = browser_of(former).get(reverse("my_home"))
    assert home.status_code == 200
    assert BANNER in home.content.decode()


def test_reading_and_agreeing_ends_the_question(former: Person) -> None:
    browser = browser_of(former)
    assert "trente jours" in browser.get(reverse("my_consent")).content.decode()
    assert browser.post(reverse("my_consent"), {"visibility": "named"}).status_code == 302
    assert version_now(former) == 2
    assert is_searched(former)
    assert BANNER not in browser.get(reverse("my_home")).content.decode()
    assert former.consents.count() == 2  # the former one is kept, with its end


def test_narrowing_in_one_click_accepts_no_text_that_was_not_read(former: Person) -> None:
    browser = browser_of(former)
    browser.post(reverse("my_visibility"), {"visibility": "anonymous"})
    assert (version_now(former), is_searched(former)) == (1, False)
    current = queries.current_consent(former)
    assert current is not None
    assert current.visibility == "anonymous"


def test_taking_a_withdrawal_back_brings_the_same_text_back(former: Person) -> None:
    actions.withdraw_consent(former, actor=owner(former))
    actions.give_consent(former, actor=owner(former), visibility="named", same_text=1)
    assert version_now(former) == 1


def test_a_text_that_she_never_accepted_cannot_be_named(former: Person) -> None:
    actions.withdraw_consent(former, actor=owner(former))
    actions.give_consent(former, actor=owner(former), visibility="named", same_text=7)
    assert version_now(former) == 2  # the latest, which the page shows


def test_a_newcomer_is_asked_nothing_twice() -> None:
    person = PersonFactory(consenting=True)
    assert BANNER not in browser_of(person).get(reverse("my_home")).content.decode()
    assert BANNER not in browser_of(PersonFactory()).get(reverse("my_home")).content.decode()


class TestReceipts:
    """Each decision is written to her, word for word."""

    def test_a_consent_and_its_withdrawal_give_two_receipts(self) -> None:
        person = PersonFactory()
        actions.load_builtin()
        consent: Consent = actions.give_consent(person, actor=owner(person), visibility="anonymous")
        actions.withdraw_consent(person, actor=owner(person))
        given, withdrawn = OutboxMessage.objects.filter(kind="people.consent_receipt").order_by("created_at", "pk")
        assert given.recipient == person.user.email
        assert consent.text.body.split("\n")[0] in given.text
        assert str(consent.pk) in given.text
        assert "sans votre nom" in given.text
        assert "vous avez retiré votre accord" in withdrawn.text

    def test_they_are_in_her_language(self) -> None:
        person = PersonFactory(user__language="en")
        actions.load_builtin()
        actions.give_consent(person, actor=owner(person), visibility="named", language="en")
        receipt = OutboxMessage.objects.get(kind="people.consent_receipt")
        assert "You allow us" in receipt.text
        assert receipt.language == "en"

    def test_who_has_no_address_reads_it_on_her_page(self) -> None:
        person = PersonFactory(user__email=None, user__phone="+33698765432")
        actions.load_builtin()
        actions.give_consent(person, actor=owner(person), visibility="named")
        assert not OutboxMessage.objects.filter(kind="people.consent_receipt").exists()
        assert len(queries_receipts.receipts(owner(person))) == 1

    def test_the_machine_s_receipt_says_what_is_shown(self) -> None:
        person = PersonFactory(consenting=Visibility.NAMED)
        (consent,) = queries_receipts.receipts(owner(person))
        (purpose,) = queries_receipts.receipt(consent)["purposes"]
        assert "nom et coordonnées" in purpose["pii_information"]
        assert purpose["lawful_basis"] == "consent"
