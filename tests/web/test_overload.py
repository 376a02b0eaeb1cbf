"""The database away, a page too long, too many at once: a 503 says when to come back, and nothing is half done."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from entremise.config.database import limit_statements
from entremise.kernel.actors import ANONYMOUS, Role
from entremise.kernel.models import IdempotencyKey, IndexStamp
from entremise.web.kit.middleware import database_down
from entremise.web.kit.once import once
from entremise.web.kit.overload import REMEMBERED, ShedLoad
from tests.factories.accounts import professional, sign_in

PATIENCE_SECONDS = 20


def cut_the_line() -> None:
    """End this connection from the server's side, as a restart does."""
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(pg_backend_pid())")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/sante/", "/conseil/", "/", "/connexion/"])
def test_a_lost_database_is_a_503_wherever_it_is_met_first(path: str) -> None:
    client = sign_in(Client(raise_request_exception=False), professional(Role.BUSINESS_ADVISER))
    cut_the_line()
    answer = client.get(path)  # signed in: a middleware reads the session before any view
    connection.close()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert "Rien de ce que vous avez enregistré n'est perdu" in answer.content.decode()
    assert client.get("/sante/").status_code == 200


@pytest.mark.django_db
def test_what_takes_too_long_is_told_as_such() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = '50ms'")
        with pytest.raises(OperationalError) as canceled, transaction.atomic():
            cursor.execute("select pg_sleep(10)")
    answer = database_down(canceled.value)
    assert answer.status_code == 503
    assert "demande trop de temps" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_site_bounds_its_statements_its_waits_and_its_silences() -> None:
    options = connection.settings_dict["OPTIONS"]
    before = options.get("options")
    connection.close()
    try:
        limit_statements(statement_seconds=10, lock_seconds=5, idle_seconds=30)
        with connection.cursor() as cursor:
            cursor.execute(
                "select current_setting('statement_timeout'), current_setting('lock_timeout'),"
                " current_setting('idle_in_transaction_session_timeout')"
            )
            assert cursor.fetchone() == ("10s", "5s", "30s")
    finally:
        connection.close()
        options["options"] = before or ""


class Crowd:
    """Requests that stay inside until they are let go."""

    def __init__(self, shed: ShedLoad | None = None) -> None:
        self.gate = threading.Event()
        self.inside = threading.Semaphore(0)
        self.shed = shed or ShedLoad(self.answer)
        self.shed.get_response = self.answer
        self.answers: list[int] = []
        self.threads: list[threading.Thread] = []

    def answer(self, request: HttpRequest) -> HttpResponse:
        self.inside.release()
        assert self.gate.wait(PATIENCE_SECONDS)
        return HttpResponse("ok")

    def come(self, count: int) -> None:
        for _ in range(count):
            thread = threading.Thread(target=lambda: self.answers.append(self.shed(get("/")).status_code))
            self.threads.append(thread)
            thread.start()

    def wait_inside(self, count: int) -> None:
        assert all(self.inside.acquire(timeout=PATIENCE_SECONDS) for _ in range(count))

    def leave(self) -> None:
        self.gate.set()
        for thread in self.threads:
            thread.join(PATIENCE_SECONDS)


def get(path: str) -> HttpRequest:
    return RequestFactory().get(path)


MOST = settings.REQUESTS_AT_ONCE + settings.REQUESTS_WAITING


def test_some_are_served_a_burst_waits_the_others_are_told_at_once() -> None:
    crowd = Crowd()
    crowd.come(MOST)
    crowd.wait_inside(settings.REQUESTS_AT_ONCE)
    wait_present(crowd, MOST)
    refused = crowd.shed(get("/conseil/vivier/"))
    assert (refused.status_code, refused["Retry-After"]) == (503, "5")
    assert "va s'ouvrir toute seule" in refused.content.decode()
    assert 5 <= int(refused["Refresh"]) < 10
    form = crowd.shed(RequestFactory().post("/conseil/vivier/"))
    assert (form.status_code, "rechargez cette page" in form.content.decode()) == (503, True)
    assert "Refresh" not in form  # a form is sent again by its author only
    crowd.leave()
    assert crowd.answers == [200] * MOST
    assert crowd.shed(get("/")).status_code == 200  # the places were given back


def test_nobody_waits_in_a_crowd_that_lasts_until_it_is_over(caplog: pytest.LogCaptureFixture) -> None:
    crowd = Crowd()
    crowd.come(MOST)
    crowd.wait_inside(settings.REQUESTS_AT_ONCE)
    wait_present(crowd, MOST)
    assert {crowd.shed(get("/")).status_code for _ in range(30)} == {503}
    crowd.leave()
    assert caplog.text.count("too many at once") == 1  # not a line for each
    lasting = Crowd(crowd.shed)
    lasting.come(settings.REQUESTS_AT_ONCE)
    lasting.wait_inside(settings.REQUESTS_AT_ONCE)
    assert lasting.shed(get("/")).status_code == 503  # nobody waits
    lasting.leave()
    for _ in range(REMEMBERED):
        assert lasting.shed(get("/")).status_code == 200
    calm = Crowd(crowd.shed)
    calm.come(MOST)
    calm.wait_inside(settings.REQUESTS_AT_ONCE)
    wait_present(calm, MOST)
    calm.leave()
    assert calm.answers == [200] * MOST


def wait_present(crowd: Crowd, count: int) -> None:
    """Wait until everybody who came is counted."""
    turn = threading.Event()
    for _ in range(PATIENCE_SECONDS * 100):
        if crowd.shed.present_count == count:
            return
        turn.wait(0.01)
    raise AssertionError("the requests did not come in")


def test_who_watches_the_site_is_served_in_a_crowd() -> None:
    crowd = Crowd()
    crowd.come(MOST)
    crowd.wait_inside(settings.REQUESTS_AT_ONCE)
    wait_present(crowd, MOST)
    crowd.gate.set()
    assert crowd.shed(get("/sante/")).status_code == 200
    crowd.leave()


def test_a_place_is_given_back_when_the_page_fails() -> None:
    def fail(request: HttpRequest) -> HttpResponse:
        raise RuntimeError("fault")

    shed = ShedLoad(fail)
    for _ in range(3 * MOST):
        with pytest.raises(RuntimeError):
            shed(get("/"))


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "is_kept"), [(503, False), (500, False), (302, True)])
def test_a_failure_told_by_a_page_leaves_nothing_behind(status: int, is_kept: bool) -> None:
    def act(request: Any) -> HttpResponse:
        IndexStamp.objects.create(name="half-done")
        return HttpResponse(status=status, headers={"Location": "/"} if status == 302 else {})

    request = RequestFactory().post("/", {"idempotency_key": "k1"})
    request.actor = ANONYMOUS  # type: ignore[attr-defined]
    once(act)(request)  # type: ignore[arg-type]
    assert IndexStamp.objects.filter(name="half-done").exists() is is_kept
    assert IdempotencyKey.objects.exists() is is_kept


def test_requests_and_transactions_are_not_tied_by_a_setting() -> None:
    """Each action opens its own transaction; tied to requests, a page of failure would commit what it refuses."""
    assert not connection.settings_dict.get("ATOMIC_REQUESTS")
