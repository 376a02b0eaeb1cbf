"""The page of the follow-up: presenting somebody, the recruiter's word, tasks, the file."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from entremise.kernel import clock
from entremise.offers.models import Offer
from entremise.offers.models_followup import FollowUpTask, Introduction
from tests.factories.offers import OfferFactory
from tests.factories.promotions import World
from tests.web.adviser import pages_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer(small: World) -> Offer:
    return OfferFactory(agency=small.agency, adviser=small.user, open=True)


def test_from_the_presentation_to_the_recruiter_s_word(adviser: Client, small: World, offer: Offer) -> None:
    page = reverse("offer_followup", args=[offer.pk])
    assert "Personne n'a encore été présenté" in adviser.get(page).content.decode()
    told = {"reference": small.person.reference, "note": "Motivée"}
    assert adviser.post(reverse("offer_introduce", args=[offer.pk]), told).status_code == 302
    (made,) = Introduction.objects.unscoped("test")
    again = adviser.post(reverse("offer_introduce", args=[offer.pk]), told | {"note": "bis"})
    assert again.status_code == 422
    assert "déjà été présentée" in again.content.decode()
    feedback = reverse("introduction_feedback", args=[made.pk])
    unsaid = adviser.post(feedback, {f"{made.pk}-feedback": "not_kept"})
    assert unsaid.status_code == 422
    assert "a droit à une réponse" in unsaid.content.decode()
    said = {f"{made.pk}-feedback": "not_kept", f"{made.pk}-not_kept": "availability"}
    assert adviser.post(feedback, said).status_code == 302
    html = adviser.get(page).content.decode()
    assert "la disponibilité ne convient pas" in html
    assert len(pages_queries(adviser, page)) <= 12
    file = adviser.get(reverse("offer_followup_export", args=[offer.pk]), {"format": "csv"}).content.decode()
    assert small.person.reference in file
    assert "Motivée" not in file


def test_an_unknown_reference_is_said_at_its_field(adviser: Client, offer: Offer) -> None:
    page = adviser.post(reverse("offer_introduce", args=[offer.pk]), {"reference": "ZZZZZZZ"})
    assert page.status_code == 422
    assert "Aucun profil de votre territoire" in page.content.decode()


def test_tasks_are_planned_put_off_and_done(adviser: Client, offer: Offer) -> None:
    today = clock.today()
    add = reverse("offer_task_add", args=[offer.pk])
    late = adviser.post(add, {"kind": "call", "due_on": (today - dt.timedelta(days=1)).isoformat()})
    assert late.status_code == 422
    assert "à partir d" in late.content.decode()
    assert adviser.post(add, {"kind": "call", "due_on": today.isoformat(), "words": "planning"}).status_code == 302
    (task,) = FollowUpTask.objects.unscoped("test")
    later = (today + dt.timedelta(days=3)).isoformat()
    put_off = reverse("offer_task_put_off", args=[task.pk])
    assert adviser.post(put_off, {f"{task.pk}-due_on": "hier"}).status_code == 422
    assert adviser.post(put_off, {f"{task.pk}-due_on": later}).status_code == 302
    assert adviser.post(reverse("offer_task_done", args=[task.pk])).status_code == 302
    assert FollowUpTask.objects.unscoped("test").get().done_at is not None
    assert adviser.get(reverse("offer_followup", args=[task.pk])).status_code == 404
