"""Without a second factor a professional's account opens no page, whatever its role and whatever the address."""

from __future__ import annotations

import pytest
from django.test import Client

from entremise.accounts import queries
from entremise.kernel.actors import PROFESSIONALS, Role
from entremise.web.kit.screens import PUBLIC
from tests.factories.accounts import PASSWORD, add_totp, professional, sign_in
from tests.factories.stage import SECRETS, Stage, quiet_client
from tests.promises import Promise
from tests.web.addresses import URLS, address, guard_of, is_link_page
from tests.web.walk import put_back, visit

pytestmark = pytest.mark.django_db
PRIVATE = sorted(name for name, url in URLS.items() if guard_of(url.callback) != PUBLIC and not is_link_page(name))
LOGIN, SET_UP, NEEDED = "/connexion/professionnels/", "/connexion/second-facteur/", "second_factor_needed"
MOST_FAILURES = 10


def failures_before_the_lock(client: Client) -> int:
    """Return how many wrong passwords an account takes before the right one no longer opens it either."""
    user = professional(Role.BUSINESS_ADVISER)
    add_totp(user)
    for count in range(MOST_FAILURES):
        client.post(LOGIN, {"email": user.email, "password": f"faux numéro {count}"})
    page = client.post(LOGIN, {"email": user.email, "password": PASSWORD})
    return MOST_FAILURES if page.status_code == 422 else MOST_FAILURES + 1


@pytest.mark.parametrize(
    "roles",
    [[Role.BUSINESS_ADVISER], pytest.param(sorted(PROFESSIONALS), marks=pytest.mark.nightly)],
    ids=["1", "all"],
)
def test_no_address_opens_without_a_second_factor(scene: Stage, promise: Promise, roles: list[Role]) -> None:
    faults, tried = [], 0
    for role in roles:
        with put_back():
            user = professional(role, agency=scene.agency)
            client = sign_in(quiet_client(), user, second_factor=False)
            things = scene.things()
            for name in PRIVATE:
                path = address(name, **({"pk": things[name]} if name in things else {}))
                for method in ("get", "post"):
                    seen = visit(client, name, method, path)
                    tried += 1
                    is_refused = seen.status in {403, 405} or (seen.status in {204, 302} and SET_UP in seen.headers)
                    if not is_refused or seen.leaks(SECRETS) or seen.written:
                        faults.append(f"{role}: {seen} {seen.leaks(SECRETS)} {seen.written}")
    assert faults == []
    lock = failures_before_the_lock(quiet_client())
    client = sign_in(quiet_client(), professional(), second_factor=False)
    offered = client.get(SET_UP).content.decode()
    has_key = address("second_factor_key") in offered
    promise(
        "S3",
        f"{tried} requêtes à {len(PRIVATE)} adresses sous {len(roles)} rôle(s) : toutes refusées ; "
        f"{lock} échecs au plus ; clé de sécurité proposée",
        is_met=not faults and lock <= MOST_FAILURES and has_key,
    )


def test_a_professional_who_never_had_one_is_no_exception() -> None:
    user = professional(Role.DIRECTOR)
    assert not queries.has_second_factor(user)
    client = sign_in(quiet_client(), user, second_factor=False)
    assert client.get(address("members")).url == address(NEEDED)
