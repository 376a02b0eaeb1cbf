"""“I do not know this access”: asked by the person, answered by who leads the agency, read beside the look."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from entremise.accounts.models import Agency
from entremise.kernel import journal, seal_files
from entremise.kernel.actors import Role
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.lib import seals as formats
from entremise.people import actions, queries
from entremise.people.models import Person
from entremise.people.models_access import AccessQuestion
from tests.factories.accounts import AgencyFactory, actor_of, professional, sign_in
from tests.factories.journals import seal
from tests.factories.people import PersonFactory

ANSWER = "Votre profil a été ouvert pour vous proposer un poste de cuisine à Valence."


def page(client: Client, name: str = "my_access", **query: str) -> str:
    return re.sub(r"\s+", " ", client.get(reverse(name), query).content.decode()).replace("&#x27;", "'")


@pytest.fixture
def agency(db: None) -> Agency:
    found: Agency = AgencyFactory(name="Agence de Valence")
    return found


@pytest.fixture
def person(agency: Agency) -> Person:
    found: Person = PersonFactory(consenting=True, agency=agency)
    adviser = actor_of(professional(Role.BUSINESS_ADVISER, agency=agency))
    actions.read_card(found, actor=adviser)
    actions.reveal(found, actor=adviser, purpose="promotion")
    return found


def asked(person: Person) -> AccessQuestion:
    entry = journal.who_read(person.pk).first()
    assert entry
    sign_in(Client(), person.user).post(reverse("my_access"), {"entry": entry.pk})
    return AccessQuestion.objects.unscoped("a test's row").get()


def lead_of(agency: Agency, role: Role = Role.TEAM_LEAD) -> Client:
    return sign_in(Client(), professional(role, agency=agency))


def test_the_question_reaches_the_leads_and_who_protects_the_data(person: Person, agency: Agency, settings) -> None:
    settings.DPO_MAIL = "dpo@emploi.example"
    lead = professional(Role.TEAM_LEAD, agency=agency)
    question = asked(person)
    assert question.agency == agency
    sent = set(OutboxMessage.objects.filter(kind="people.access_questioned").values_list("recipient", flat=True))
    assert sent == {lead.email, "dpo@emploi.example"}


def test_a_lead_answers_and_the_person_reads_it(person: Person, agency: Agency) -> None:
    question = asked(person)
    mine = sign_in(Client(), person.user)
    assert "La réponse s'affichera ici." in page(mine)
    lead = lead_of(agency)
    assert person.reference in page(lead, "access_questions")
    assert "Nadia F." in page(lead, "access_questions")
    lead.post(reverse("access_answer"), {"question": str(question.pk), "answer": ANSWER})
    assert ANSWER in page(mine)
    assert "Aucune question n'attend" in page(lead, "access_questions")
    line = JournalEntry.objects.get(verb="people.access_explained")
    assert line.person_id == person.pk
    assert line.data == {"entry": question.entry_id}


@pytest.mark.parametrize("words", ["", "pour rien", "x" * 601])
def test_an_answer_is_a_sentence(person: Person, agency: Agency, words: str) -> None:
    question = asked(person)
    lead_of(agency).post(reverse("access_answer"), {"question": str(question.pk), "answer": words})
    question.refresh_from_db()
    assert question.answered_at is None


def test_a_question_is_answered_once(person: Person, agency: Agency) -> None:
    question = asked(person)
    lead = lead_of(agency)
    for words in (ANSWER, "Une autre explication, donnée après la première."):
        lead.post(reverse("access_answer"), {"question": str(question.pk), "answer": words})
    question = AccessQuestion.objects.unscoped("a test's row").get()
    assert question.answer == ANSWER


def test_another_agency_neither_sees_nor_answers(person: Person) -> None:
    question = asked(person)
    other = lead_of(AgencyFactory(name="Agence de Montélimar"))
    assert person.reference not in page(other, "access_questions")
    other.post(reverse("access_answer"), {"question": str(question.pk), "answer": ANSWER})
    other.post(reverse("access_answer"), {"question": "rien", "answer": ANSWER})
    assert AccessQuestion.objects.unscoped("a test's row").get().answered_at is None


def test_an_adviser_has_no_such_page(person: Person, agency: Agency) -> None:
    assert lead_of(agency, Role.BUSINESS_ADVISER).get(reverse("access_questions")).status_code == 403


def test_the_list_is_by_day_and_may_be_narrowed(person: Person) -> None:
    mine = sign_in(Client(), person.user)
    whole, named, asked_ones = page(mine), page(mine, voir="nom"), page(mine, voir="questions")
    assert "Tout (2)" in whole
    assert "Avec mon nom (1)" in whole
    assert whole.count('<li class="card') == 2
    assert named.count('<li class="card') == 1
    assert "Votre nom et vos coordonnées" in named
    assert "Aucune consultation de cette sorte." in asked_ones
    assert page(mine, voir="n'importe quoi").count('<li class="card') == 2
    assert len(queries.access_history(person)) == 2


def test_the_list_is_a_file_to_keep(person: Person) -> None:
    response = sign_in(Client(), person.user).get(reverse("my_access_file"))
    text = response.getvalue().decode("utf-8-sig")
    assert response["Content-Disposition"] == 'attachment; filename="consultations.csv"'
    assert text.count("Nadia F.") == 2
    assert "Pour une promotion" in text or "pour une promotion" in text


@pytest.mark.django_db(transaction=True)
def test_the_proof_is_hers_and_holds(tmp_path: Path, settings) -> None:
    settings.VAR, settings.JOURNAL_KEY, settings.JOURNAL_COPY = tmp_path, None, None
    agency = AgencyFactory()
    person = PersonFactory(consenting=True, agency=agency)
    actions.read_card(person, actor=actor_of(professional(agency=agency)))
    mine = sign_in(Client(), person.user)
    assert "La preuve n'est pas encore prête" in page_after(mine, "my_access_proof")
    seal(JournalEntry.objects.count())
    proof = json.loads(mine.get(reverse("my_access_proof")).getvalue())
    lines = formats.check_proof(proof, seal_files.trusted_keys())
    assert "people.card_read" in [columns[3] for columns in lines]
    assert {columns[formats.PERSON] for columns in lines} == {str(person.pk)}


def page_after(client: Client, name: str) -> str:
    return client.get(reverse(name), follow=True).content.decode().replace("&#x27;", "'")
