"""A person's own data on her screens: a fresh proof first, her archive, back again, receipts, the erasure."""

import datetime as dt
import io
import json
import re
import zipfile

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.kernel import clock
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.lib import archives
from entremise.people import actions as people
from entremise.people.models import Person
from entremise.people.models_rights import PastRecord
from tests.factories.accounts import sign_in
from tests.factories.passport import ExperienceFactory, HeldSkillFactory, evidence
from tests.factories.people import PersonFactory, owner

pytestmark = pytest.mark.django_db
WHY = "a test's row"


@pytest.fixture
def person() -> Person:
    made: Person = PersonFactory(consenting=True, wishing=True)
    return made


@pytest.fixture
def browser(person: Person) -> Client:
    assert person.user is not None
    return sign_in(Client(), person.user)


def code_sent_to(person: Person) -> str:
    assert person.user is not None
    last = OutboxMessage.objects.filter(recipient=person.user.email).latest("created_at")
    found = re.search(r"\b\d{6}\b", last.text)
    assert found
    return found[0]


def prove(browser: Client, person: Person, next_url: str = "/moi/donnees/") -> None:
    page = f"{reverse('my_proof')}?next={next_url}"
    assert browser.post(page).status_code == 302
    answer = browser.post(page, {"code": code_sent_to(person)})
    assert (answer.status_code, answer["Location"]) == (302, next_url)


def taken(browser: Client) -> bytes:
    answer = browser.post(reverse("my_archive"))
    assert answer["Content-Type"] == "application/zip"
    return answer.content


class TestProof:
    """Being signed in is not enough."""

    def test_without_a_fresh_proof_nothing_leaves(self, browser: Client) -> None:
        answer = browser.post(reverse("my_archive"))
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("my_proof"))
        assert not JournalEntry.objects.filter(verb="people.archive_taken").exists()

    def test_a_wrong_code_proves_nothing(self, browser: Client, person: Person) -> None:
        page = reverse("my_proof")
        browser.post(page)
        wrong = "000000" if code_sent_to(person) != "000000" else "111111"
        answer = browser.post(page, {"code": wrong})
        assert answer.status_code == 422
        assert "pas le bon" in answer.content.decode()
        assert browser.post(reverse("my_archive")).status_code == 302

    def test_a_proof_is_worth_ten_minutes(self, browser: Client, person: Person) -> None:
        with time_machine.travel(clock.now(), tick=False) as now:
            prove(browser, person)
            now.shift(dt.timedelta(minutes=9))
            assert browser.post(reverse("my_archive")).status_code == 200
            now.shift(dt.timedelta(minutes=2))
            assert browser.post(reverse("my_archive")).status_code == 302

    def test_the_proof_leads_nowhere_else(self, browser: Client, person: Person) -> None:
        page = f"{reverse('my_proof')}?next=https://ailleurs.example/"
        browser.post(page)
        answer = browser.post(page, {"code": code_sent_to(person)})
        assert answer["Location"] == reverse("my_data")


class TestArchive:
    """What leaves with her."""

    def test_it_holds_a_page_the_linked_data_and_the_receipts(self, browser: Client, person: Person) -> None:
        held = HeldSkillFactory(person=person, example="Un buffet pour 80 personnes")
        evidence(held)
        prove(browser, person)
        with zipfile.ZipFile(io.BytesIO(taken(browser))) as bundle:
            assert set(bundle.namelist()) == {"lisez-moi.html", "donnees.jsonld", "recus/accord-1.json"}
            page = bundle.read("lisez-moi.html").decode()
            said = json.loads(bundle.read("donnees.jsonld"))
            receipt = json.loads(bundle.read("recus/accord-1.json"))
        assert "Diallo" in page
        assert "Un buffet pour 80 personnes" in page
        assert "Maison Garance" in page
        assert "Valence" in page
        assert said["@context"]["@vocab"].startswith("urn:entremise:")
        assert said["tables"]["people.identity"][0]["last_name"] == "Diallo"
        assert said["tables"]["passport.heldskill"][0]["skill"]["label"] == held.skill.label
        assert receipt["schema_version"].startswith("ISO/IEC TS 27560")
        assert [event["event_state"] for event in receipt["events"]] == ["given"]

    def test_nothing_of_others_nor_secret_is_in_it(self, browser: Client, person: Person) -> None:
        PersonFactory(user__email="voisine@example.org")
        prove(browser, person)
        with zipfile.ZipFile(io.BytesIO(taken(browser))) as bundle:
            everything = "".join(bundle.read(name).decode() for name in bundle.namelist())
        assert "voisine@example.org" not in everything
        assert "argon2" not in everything
        assert "password" not in everything

    def test_the_look_is_in_her_journal(self, browser: Client, person: Person) -> None:
        prove(browser, person)
        taken(browser)
        line = JournalEntry.objects.get(verb="people.archive_taken")
        assert line.person_id == person.pk
        assert line.data["people.identity"] == 1


class TestTakingBack:
    """An archive read again, in an empty account."""

    def archive_of(self, browser: Client, person: Person) -> bytes:
        ExperienceFactory(person=person, tasks="Repas pour 80 personnes")
        evidence(HeldSkillFactory(person=person, skill__external_id="repris"))
        prove(browser, person)
        return taken(browser)

    def send(self, browser: Client, content: bytes):
        return browser.post(reverse("my_take_back"), {"file": io.BytesIO(content)})

    def test_the_profile_comes_back_and_proofs_as_memories(self, browser: Client, person: Person) -> None:
        content = self.archive_of(browser, person)
        newcomer = PersonFactory(identity__first_name="", identity__last_name="")
        answer = self.send(sign_in(Client(), newcomer.user), content)
        assert answer.status_code == 302, answer.content.decode()[:2000]
        back = Person.objects.unscoped(WHY).get(pk=newcomer.pk)
        assert [one.tasks for one in back.experiences.all()] == ["Repas pour 80 personnes"]
        (held,) = back.held_skills.all()
        assert (held.skill.external_id, held.assurance, held.evidence.count()) == ("repris", 0, 0)
        assert not back.consents.exists()
        assert back.validated_skill_count == 0
        tables = set(PastRecord.objects.unscoped(WHY).values_list("table", flat=True))
        assert {"passport.evidence", "people.consent"} <= tables

    def test_a_filled_profile_is_not_mixed_with_another(self, browser: Client, person: Person) -> None:
        content = self.archive_of(browser, person)
        answer = self.send(browser, content)
        assert answer["Location"] == reverse("my_data")
        assert "est pas vide" in browser.get(reverse("my_data")).content.decode()

    @pytest.mark.parametrize("content", [b"PK\x03\x04 rien", b"{}", b'{"tables": 3}', b"\x00\xff", b"[" * 100_000])
    def test_anything_else_is_refused_with_a_sentence(self, browser: Client, content: bytes) -> None:
        answer = self.send(browser, content)
        assert answer.status_code == 422
        assert "pas une archive" in answer.content.decode()

    def test_a_bomb_is_not_unpacked(self, browser: Client) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr(archives.NAME, b" " * (archives.LARGEST_BYTES + 10))
        answer = self.send(browser, out.getvalue())
        assert answer.status_code == 422
        assert "trop gros" in answer.content.decode()


class TestReceipts:
    """Word for word what she said yes to."""

    def test_a_receipt_is_listed_and_read(self, browser: Client, person: Person) -> None:
        consent = person.consents.get()
        people.withdraw_consent(person, actor=owner(person))
        page = browser.get(reverse("my_data")).content.decode()
        assert reverse("my_receipt", args=[consent.pk]) in page
        receipt = browser.get(reverse("my_receipt", args=[consent.pk])).content.decode()
        assert "Vous restez libre." in receipt
        told = browser.get(reverse("my_receipt", args=[consent.pk]), {"format": "json"}).json()
        assert [event["event_state"] for event in told["events"]] == ["given", "withdrawn"]
        assert told["notice"]["text"] == consent.text.body

    def test_somebody_else_s_receipt_is_not_found(self, browser: Client) -> None:
        other = PersonFactory(consenting=True)
        assert browser.get(reverse("my_receipt", args=[other.consents.get().pk])).status_code == 404


class TestErasure:
    """The last screen."""

    def test_it_needs_a_proof_and_a_tick(self, browser: Client, person: Person) -> None:
        assert browser.post(reverse("my_erasure"), {"is_sure": "on"})["Location"].startswith(reverse("my_proof"))
        prove(browser, person, reverse("my_erasure"))
        assert browser.post(reverse("my_erasure"), {}).status_code == 422
        assert Person.objects.unscoped(WHY).get(pk=person.pk).user is not None

    def test_then_everything_goes_and_the_session_with_it(self, browser: Client, person: Person, tmp_path, settings):
        settings.VAR = tmp_path
        prove(browser, person, reverse("my_erasure"))
        answer = browser.post(reverse("my_erasure"), {"is_sure": "on"})
        assert answer["Location"] == reverse("erased")
        assert "Tout est effacé" in browser.get(reverse("erased")).content.decode()
        assert Person.objects.unscoped(WHY).get(pk=person.pk).user is None
        assert browser.get(reverse("my_home"))["Location"].startswith(reverse("account_login"))
