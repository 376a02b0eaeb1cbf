"""Complaints: registered, given to somebody, answered in time, counted."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.desk import actions
from entremise.desk.models import Complaint
from entremise.desk.rules_complaints import counted
from entremise.kernel import clock
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Role
from entremise.kernel.models import JournalEntry
from entremise.people.actions_rights import erase
from entremise.web.adviser import complaints
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.promotions import MONDAY, World
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db
WORDS = "Personne n'a rappelé pendant trois semaines."


def registered(small: World, **told) -> Complaint:
    facts = {"origin": "employer", "about": "delay", "words": WORDS} | told
    return actions.register_complaint(small.agency, actor=small.adviser, **facts)


def again(complaint: Complaint) -> Complaint:
    return Complaint.objects.unscoped("test").get(pk=complaint.pk)


def test_from_the_form_to_the_answer(adviser: Client, small: World) -> None:
    told = {"origin": "employer", "about": "delay", "words": WORDS, "reference": small.person.reference}
    page = adviser.post(reverse("complaint_add"), told, follow=True)
    (made,) = Complaint.objects.unscoped("test")
    assert WORDS.split("'")[0] in page.content.decode()
    assert (made.assigned_to, made.person, made.agency) == (small.user, small.person, small.agency)
    assert "À répondre" in adviser.get(reverse("complaints")).content.decode()
    answer = {"outcome": "founded", "answer": "Nous avons rappelé et présenté des excuses."}
    assert adviser.post(reverse("complaint_answer", args=[made.pk]), answer).status_code == 302
    assert again(made).answered_at is not None
    file = adviser.get(reverse("complaints_export"), {"etat": "repondues", "format": "csv"}).content.decode()
    assert "fondée, réparée" in file
    assert WORDS not in file
    assert len(pages_queries(adviser, reverse("complaints"))) <= 12


def test_a_list_too_long_for_a_file_says_so(adviser: Client, small: World, monkeypatch: pytest.MonkeyPatch) -> None:
    registered(small)
    monkeypatch.setattr(complaints, "MOST_LINES", 0)
    refused = adviser.get(reverse("complaints_export"), follow=True)
    assert "Cette liste compte plus de 0 lignes. Choisissez des filtres" in text_of(refused)


def test_the_time_to_answer_runs_in_working_days_and_what_harms_goes_first(small: World) -> None:
    with time_machine.travel(MONDAY, tick=False):
        usual, urgent = registered(small), registered(small, about="discrimination")
        assert clock.local(urgent.due_at).date() == dt.date(2026, 11, 24)
        assert clock.local(usual.due_at).date() == dt.date(2026, 11, 30)


def test_refusals_are_said_at_their_field(adviser: Client, small: World) -> None:
    told = {"origin": "employer", "about": "delay", "words": "court", "reference": "ZZZZZZZ"}
    page = adviser.post(reverse("complaint_add"), told)
    assert page.status_code == 422
    assert "Aucun profil de votre territoire" in page.content.decode()
    with pytest.raises(actions.DeskRefused, match="en une phrase"):
        registered(small, words="court")
    with pytest.raises(actions.DeskRefused, match="dans le futur"):
        registered(small, received_at=clock.now() + dt.timedelta(days=1))
    with pytest.raises(actions.DeskRefused, match="sur quoi elle porte"):
        registered(small, about="weather")
    assert not Complaint.objects.unscoped("test").exists()


def test_it_is_given_to_a_colleague_of_the_agency_who_alone_answers_with_the_lead(small: World) -> None:
    made, colleague = registered(small), professional(agency=small.agency)
    stranger = professional(agency=AgencyFactory(name="Une autre agence"))
    with pytest.raises(actions.DeskRefused, match="ne travaille pas"):
        actions.assign_complaint(made, actor=small.adviser, colleague=stranger)
    actions.assign_complaint(made, actor=small.adviser, colleague=colleague)
    facts = {"outcome": "unfounded", "answer": "Expliqué par téléphone."}
    with pytest.raises(AccessDenied, match="confiée à un ou une collègue"):
        actions.answer_complaint(again(made), actor=small.adviser, **facts)
    with pytest.raises(AccessDenied, match="autre agence"):
        actions.answer_complaint(again(made), actor=actor_of(stranger), **facts)
    with pytest.raises(actions.DeskRefused, match="quelle suite"):
        actions.answer_complaint(again(made), actor=actor_of(colleague), outcome="", answer=facts["answer"])
    lead = actor_of(professional(agency=small.agency, role=Role.TEAM_LEAD))
    actions.answer_complaint(again(made), actor=lead, **facts)
    with pytest.raises(actions.DeskRefused, match="déjà reçu"):
        actions.answer_complaint(again(made), actor=actor_of(colleague), **facts)
    assert JournalEntry.objects.filter(verb="desk.complaint_answered").count() == 1


def test_an_erased_person_leaves_a_number_and_no_word(small: World) -> None:
    made = registered(small, person=small.person, words="Zéphyrine dit que personne ne répond.")
    erase(small.person, actor=actor_of(small.person.user))
    left = again(made)
    assert (left.person, left.words, left.about) == (None, "", "delay")


def test_a_period_is_counted_with_its_median() -> None:
    day, start = dt.timedelta(days=1), dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    rows = [(start, start + 5 * day, start + after * day if after else None) for after in (1, 3, 9, 0)]
    count = counted(rows)
    assert (count.received, count.answered, count.in_time, count.median_days) == (4, 3, 2, 3)
    assert counted([]).median_days is None
