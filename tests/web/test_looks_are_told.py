"""Whoever sees a name leaves a look in that person's history: at once, with who, when and why."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from uuid import UUID

import pytest
from django.test import Client

from entremise.accounts.models import User
from entremise.kernel import clock, links
from entremise.kernel.actors import Role
from entremise.people import queries as people
from entremise.people.enums import RevealPurpose, Visibility
from entremise.people.models import Person
from tests.factories.accounts import actor_of, professional, sign_in
from tests.factories.people import PersonFactory, set_identity
from tests.factories.stage import Stage, link_about, quiet_client, stranger
from tests.promises import Promise
from tests.web.addresses import PRIVATE, address, is_link_page
from tests.web.test_leaks import FILLED, OWN_FILE, UNKNOWN
from tests.web.walk import put_back

pytestmark = pytest.mark.django_db
TEAM = (Role.BUSINESS_ADVISER, Role.PLACEMENT_ADVISER, Role.TEAM_LEAD, Role.DIRECTOR)
PEOPLE, ACTS = 6, 60
SURNAMES = ["Abricotier", "Bouleaudin", "Cerisaieux", "Douglasson", "Erablanche", "Frenaison"]


def shown_names(client: Client, method: str, path: str, names: dict[str, Person]) -> list[Person]:
    """Return whom a page names."""
    response = getattr(client, method)(path, FILLED if method == "post" else {})
    body = b"" if response.status_code == 204 else response.getvalue()
    text = body.decode("utf-8", errors="replace")
    return [person for name, person in names.items() if name in text]


def is_told(person: Person, since: int, who: str, place: str) -> bool:
    """Tell whether the newest look of a person's history is new, and says who, from where, when and why."""
    looks = people.access_history(person)
    if len(looks) <= since:
        return False
    look = looks[0]
    delay = (clock.now() - look.at).total_seconds()
    return look.who == who and look.place == place and bool(look.role and look.why) and 0 <= delay < 60


def team_addresses(scene: Stage) -> Iterator[tuple[str, str]]:
    things = scene.things()
    for name in PRIVATE:
        if name in OWN_FILE or is_link_page(name):
            continue
        for method in ("get", "post"):
            yield method, address(name, pk=things.get(name, UNKNOWN), step=1)


def crowd(scene: Stage) -> dict[str, Person]:
    """Return people of the territory by their surnames, found nowhere else."""
    names = {}
    for surname in SURNAMES[:PEOPLE]:
        person = PersonFactory(agency=scene.agency, consenting=Visibility.NAMED, department=scene.person.department)
        set_identity(person, first_name="Camille", last_name=surname)
        names[surname] = person
    return names


def walk_everything(scene: Stage, roles: Sequence[Role]) -> tuple[int, list[str]]:
    """Open and post to every address in these roles; return how many pages named her, and which left no look."""
    reads, faults, names = 0, [], {"Oulibicheff": scene.person}
    for role in roles:
        client = scene.signed_in(role)
        for method, path in team_addresses(scene):
            before = len(people.access_history(scene.person))
            with put_back(client):
                for person in shown_names(client, method, path, names):
                    reads += 1
                    if not is_told(person, before, signature(scene.team[role].pk), scene.agency.name):
                        faults.append(f"{role} {method} {path}")
    return reads, faults


def signature(user_id: UUID) -> str:
    user = User.objects.get(pk=user_id)
    return f"{user.first_name} {user.last_name[:1]}."


# Each page of one role is looked at in test_leaks; here, what people do, and at night every page of all roles.
@pytest.mark.parametrize("roles", [(), pytest.param(TEAM, marks=pytest.mark.nightly)], ids=["acts", "pages"])
def test_every_name_shown_is_a_look_the_person_sees(scene: Stage, promise: Promise, roles: Sequence[Role]) -> None:
    with put_back():
        reads, faults = everything_seen(scene, roles)
    assert faults == []
    assert reads > 10
    promise("S4", f"{reads} lectures nommées, {reads - len(faults)} dans le journal à l'instant", is_met=not faults)


def everything_seen(scene: Stage, roles: Sequence[Role]) -> tuple[int, list[str]]:
    """Walk every page, then do acts drawn by chance on several people; return the same."""
    reads, faults = walk_everything(scene, roles)
    chosen, names = random.Random(20261122), crowd(scene)
    before = {person.pk: 0 for person in names.values()}
    users = [professional(role, agency=scene.agency) for role in TEAM[:2] for _ in range(2)]
    for _ in range(ACTS):
        user, person = chosen.choice(users), chosen.choice(list(names.values()))
        page, purpose = chosen.choice(["reveal", "profile", "promote"]), chosen.choice(["promotion", "offer"])
        client = sign_in(quiet_client(), user)
        method = "post" if page == "reveal" else chosen.choice(["get", "post"])
        response = getattr(client, method)(address(page, pk=person.pk), FILLED | {"purpose": purpose})
        text = response.getvalue().decode()
        for surname, shown in names.items():
            if surname in text:
                reads += 1
                if not is_told(shown, before[shown.pk], signature(user.pk), scene.agency.name):
                    faults.append(f"{page} {method} {surname}")
            before[shown.pk] = len(people.access_history(shown))
    return reads, faults


def test_an_employer_who_is_shown_a_profile_is_in_the_history(scene: Stage) -> None:
    """A scanner of mail opens links too: a look is the first gesture of somebody, as the page tells it."""
    with put_back():
        browser = scene.bearer(scene.promotion)
        before = len(people.access_history(scene.person))
        path = address("promotion_opened", token=links.reference(link_about(scene.promotion)))
        assert browser.post(path).status_code in {200, 204}
        looks = people.access_history(scene.person)
    assert len(looks) == before + 1
    assert "employeur" in looks[0].who


def test_a_refused_look_shows_nothing_and_is_no_look(scene: Stage) -> None:

    client = stranger(Role.BUSINESS_ADVISER)
    before = len(people.access_history(scene.person))
    response = client.post(address("reveal", pk=scene.person.pk), {"purpose": "promotion"})
    assert "Oulibicheff" not in response.content.decode()
    assert len(people.access_history(scene.person)) == before


def test_no_line_no_name(scene: Stage, monkeypatch) -> None:
    """The line is written in the transaction of the look: when it cannot be, nobody is shown."""
    from entremise.kernel import journal

    def refuse(*args: object, **facts: object) -> None:
        raise RuntimeError("the journal is full")

    monkeypatch.setattr(journal, "append", refuse)
    response = scene.signed_in(Role.BUSINESS_ADVISER).post(
        address("reveal", pk=scene.person.pk), {"purpose": RevealPurpose.PROMOTION}
    )
    assert response.status_code == 500
    assert "Oulibicheff" not in response.content.decode()
    assert actor_of(scene.team[Role.BUSINESS_ADVISER]).is_professional
