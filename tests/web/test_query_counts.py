"""Every page of the story, on the demonstration's data, keeps within its queries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from bench.pages import MOST_QUERIES
from bench.story_pages import StoryPage, query_count, story_pages
from entremise.demo import actions as demo
from entremise.skills import actions as skills
from entremise.territories import actions as territories

pytestmark = pytest.mark.django_db
PEOPLE, PAGES = 60, 26


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[StoryPage]]:
    """Build the demonstration once, in a transaction rolled back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        territories.load_builtin()
        skills.load_builtin()
        demo.build(people=PEOPLE, seed=2)
        yield story_pages()
        transaction.set_rollback(True)


def test_no_page_of_the_story_asks_too_much(pages: list[StoryPage]) -> None:
    counts = {page.name: _count(page) for page in pages}
    assert len(counts) >= PAGES
    assert {name: count for name, count in counts.items() if count > MOST_QUERIES} == {}


def _count(page: StoryPage) -> int:
    page.client.get(page.path)  # once: what a process reads a single time is not a page's cost
    with CaptureQueriesContext(connection) as captured:
        answer = page.client.get(page.path)
    assert answer.status_code == 200, f"{page.name}: {answer.status_code}"
    return query_count(captured)
