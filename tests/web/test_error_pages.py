"""What a person reads when nothing else can be shown."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse


@pytest.mark.django_db
def test_an_unknown_address_leads_back_home() -> None:
    answer = Client().get("/nulle-part/")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "Cette page n&#x27;existe pas" in page or "Cette page n'existe pas" in page
    assert f'href="{reverse("home")}"' in page


@pytest.mark.django_db
def test_a_form_sent_from_a_page_open_for_too_long_says_that_nothing_was_sent() -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"identifier": "06 12 34 56 78"})
    assert answer.status_code == 403
    assert "Par sécurité, rien n'a été envoyé." in answer.content.decode()


def test_a_failure_of_ours_is_told_without_the_database_nor_the_request() -> None:
    page = render_to_string("500.html")
    assert "Vous n'y êtes pour rien" in page
    assert "<script" not in page


def test_an_unreadable_request_is_told() -> None:
    assert "Rien n'a été enregistré" in render_to_string("400.html")
