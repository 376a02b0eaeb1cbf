"""The same code, the same refresh token, twice at the same moment: one is served, and what was allowed ends."""

import pytest
from django.test import Client

from entremise.accounts.models_partners import Grant, GrantToken
from tests.factories.accounts import sign_in
from tests.factories.partner import Partner
from tests.factories.people import PersonFactory
from tests.web.test_simultaneous import together

pytestmark = pytest.mark.django_db(transaction=True)


def twins(ours: Partner) -> tuple[Partner, Partner]:
    """Return two windows of one platform."""
    known = {"client_id": ours.client_id, "secret": ours.secret, "verifier": ours.verifier, "refresh": ours.refresh}
    return Partner(**known), Partner(**known)


def test_two_arrivals_of_one_code_and_of_one_refresh_token_never_give_two_sets_of_tokens() -> None:
    person = PersonFactory()
    browser = sign_in(Client(), person.user)
    ours = Partner()
    ours.register()
    code = ours.ask(browser)["code"]
    one, two = twins(ours)
    answers = together(lambda: one.exchange(code), lambda: two.exchange(code))
    assert sorted(answer.status_code for answer in answers) == [200, 400]
    assert Grant.objects.get().ending == "reused"
    ours.allowed(browser)
    one, two = twins(ours)
    answers = together(one.renew, two.renew)
    assert sorted(answer.status_code for answer in answers) == [200, 400]
    assert not Grant.objects.filter(ended_at=None).exists()
    assert GrantToken.objects.filter(kind="refresh", used_at=None).count() == 2  # given, and of no use
    one.access = next(answer.json()["access_token"] for answer in answers if answer.status_code == 200)
    assert one.get("/credentials").status_code == 401
