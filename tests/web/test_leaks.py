"""Nobody reads the file of somebody else, and nobody looks unseen: every private address, opened and posted to."""

from collections.abc import Iterable, Iterator

import pytest
from _pytest.mark.structures import ParameterSet
from django.test import Client

from entremise.kernel import links
from entremise.kernel.actors import PROFESSIONALS, Role
from entremise.kernel.journal import READING
from entremise.people.enums import Verb
from tests.factories.stage import (
    FIRST_NAME,
    IDENTITY,
    OTHER_SPELLINGS,
    OTHER_STRANGERS,
    PHONE,
    SECRETS,
    STRANGERS,
    Stage,
    link_about,
    stranger,
)
from tests.web.addresses import PRIVATE, address, names_about_a_thing
from tests.web.headers_told import is_as_it_must_be, is_kept_by_nobody
from tests.web.walk import Visit, put_back, visit

pytestmark = pytest.mark.django_db


def at_night(roles: Iterable[str]) -> list[ParameterSet]:
    """Keep for the long proofs the roles that go through the same doors as others."""
    return [pytest.param(str(role), marks=pytest.mark.nightly) for role in roles]


UNKNOWN = "01900000-0000-7000-8000-000000000000"
DEMO_ONLY = {"demo_message", "demo_message_html"}
# What a real form would send, so that the refusal is the policy's and not a missing field's.
FILLED = {
    "purpose": "promotion", "answer": "meeting", "outcome": "none", "on": "2026-11-21", "word": "", "heard": "false",
    "is_sure": "on", "shown": "yes", "step": "send", "message": "Bonjour", "visibility": "anonymous", "name": "X",
    "email": "x@example.org", "closed_on": "2026-01-01", "channel": "call", "level": "expert", "choice": "meet",
}  # fmt: skip
# The lead's own spreadsheet is shown back to them, before anything in it is looked up.
OWN_FILE = {"import_file", "import_map"}
EXPORTED = "promotions.exported"  # a list that leaves is a look too, at many
READERS = [
    Role.JOBSEEKER, Role.BUSINESS_ADVISER, Role.TEAM_LEAD, *at_night([Role.PLACEMENT_ADVISER, Role.DIRECTOR]),
    "validator", "employer", "recruiter", *at_night(["validator who answered", "employer who answered"]),
]  # fmt: skip


def visits(client: Client, scene: Stage, token: str = "x") -> Iterator[Visit]:
    """Open and post to every private address, about the things of the scene."""
    things = scene.things()
    for name in PRIVATE:
        path = address(name, pk=things.get(name, UNKNOWN), token=token, step=1)
        yield visit(client, name, "get", path)
        yield visit(client, name, "post", path, FILLED, headers={"HX-Request": "true"})


def reader(scene: Stage, who: str) -> tuple[Client, str]:
    """Return the browser of somebody who may read some of the file, and the reference of the link they opened."""
    about = {
        "validator": scene.waiting, "validator who answered": scene.answered,
        "employer": scene.promotion, "employer who answered": scene.replied, "recruiter": scene.access,
    }  # fmt: skip
    if who not in about:
        return scene.signed_in(Role(who)), "x"
    return scene.bearer(about[who]), links.reference(link_about(about[who]))


def words_of_the_file(scene: Stage) -> tuple[str, ...]:
    return (FIRST_NAME, *SECRETS, scene.person.reference)


def test_every_address_about_a_thing_is_tried_with_a_thing_of_the_scene(scene: Stage) -> None:
    assert names_about_a_thing() - DEMO_ONLY == set(scene.things())


@pytest.mark.parametrize("who", [*STRANGERS, *at_night(OTHER_STRANGERS)])
def test_a_stranger_reads_and_changes_nothing_of_the_file(scene: Stage, who: str) -> None:
    faults = []
    with put_back():
        found = list(visits(stranger(who), scene))
    for seen in found:
        if seen.status >= 500 or seen.leaks(SECRETS):
            faults.append(f"{seen} {seen.leaks(SECRETS)}")
        if any(line.person_id == scene.person.pk for line in seen.lines):
            faults.append(f"{seen} writes in her journal: {[line.verb for line in seen.lines]}")
    assert faults == []


@pytest.mark.parametrize("who", READERS)
def test_a_get_writes_nothing_but_looks_and_no_name_is_seen_without_one(scene: Stage, who: str) -> None:
    faults = []
    with put_back():
        client, token = reader(scene, who)
        found = list(visits(client, scene, token))
    assert len(found) > 200
    for seen in found:
        looks = {line.verb for line in seen.lines if line.verb.endswith(READING)}
        names = seen.leaks((FIRST_NAME, *IDENTITY)) if who in PROFESSIONALS else []
        if names and seen.name not in OWN_FILE and Verb.IDENTITY_READ not in looks:
            faults.append(f"{seen} shows {names} without a trace")
        others = {line.verb for line in seen.lines} - looks - {EXPORTED}
        is_writing = bool(others or set(seen.written) - {"kernel_journalentry"})
        if seen.status >= 500 or (seen.method == "get" and is_writing):
            faults.append(f"{seen} writes {others} {seen.written}")
        if wrong := is_as_it_must_be(seen):
            faults.append(f"{seen} {wrong}")
        is_page = who in {*PROFESSIONALS, Role.JOBSEEKER} or (seen.method, seen.status) == ("get", 200)
        if is_page and not is_kept_by_nobody(seen):
            faults.append(f"{seen} may be kept by the browser")
        if who == "recruiter" and (told := seen.leaks(words_of_the_file(scene))):
            faults.append(f"{seen} tells {told}")
    assert faults == []


def test_what_must_not_leak_is_really_shown_to_those_it_is_for(scene: Stage) -> None:
    shown: set[str] = set()
    pages = {
        Role.JOBSEEKER: (
            "my_contest", "my_identity", "my_validation", "my_validations", "my_promotions", "my_foreign_badge",
            "my_badge_shares", "my_cv", "my_cv_change", "my_applications",
        ),
        Role.BUSINESS_ADVISER: (
            "establishment", "promotion", "validation_check", "offer", "space", "complaint", "offer_followup",
            "adviser_application", "adviser_rating", "adviser_report", "adviser_count", "adviser_advice",
        ),
        Role.TEAM_LEAD: ("contest", "members", "segments", "imports", "import_file", "issuer_given"),
    }  # fmt: skip
    with put_back():
        for role, names in pages.items():
            client, things = scene.signed_in(role), scene.things()
            for name in names:
                shown.update(visit(client, name, "get", address(name, pk=things.get(name, UNKNOWN))).leaks(SECRETS))
    spellings = {PHONE, *OTHER_SPELLINGS}  # of one number: any of them tells it
    assert shown - spellings == set(SECRETS) - spellings
    assert shown & spellings


def test_a_recruiter_reads_not_a_word_of_the_file(scene: Stage) -> None:
    with put_back():
        client, token = reader(scene, "recruiter")
        made = scene.access.searches.get()
        page = visit(client, "profiles", "get", address("profiles", token=token), {"recherche": str(made.pk)})
        assert "Cherche ce métier" in page.body  # she is on it
    assert page.leaks((*words_of_the_file(scene), str(scene.person.pk))) == []


def test_the_looks_of_the_team_are_told_to_the_person(scene: Stage) -> None:
    with put_back():
        adviser = scene.signed_in(Role.BUSINESS_ADVISER)
        adviser.get(address("profile", pk=scene.person.pk))
        adviser.post(address("reveal", pk=scene.person.pk), {"purpose": "promotion"})
        told = scene.signed_in(Role.JOBSEEKER).get(address("my_access")).content.decode()
    assert "Nadia F." in told
    assert "Votre nom et vos coordonnées" in told
    assert "Votre profil, sans votre nom" in told
