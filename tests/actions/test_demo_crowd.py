"""A crowd written by COPY is made of rows that the product could have written, and every screen shows its people."""

import contextlib
import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Avg, Count, F, Max, Q
from django.test import Client
from django.urls import reverse
from psycopg import sql

from entremise.accounts.models import Agency, User
from entremise.config.environment import django_database
from entremise.demo import actions, crowd, crowd_load, crowd_network, words
from entremise.employers.models import Establishment
from entremise.kernel import clock, vault
from entremise.kernel.models import JournalEntry
from entremise.lib.identifiers import parse_siret
from entremise.matching import actions as matching
from entremise.matching import queries_feed
from entremise.matching.models import PoolEntry
from entremise.passport.models import Evidence, Experience, HeldSkill
from entremise.people.models import Consent, Identity, Person, Wish
from entremise.people.rules import read_reference
from entremise.skills import actions as skills
from entremise.territories import actions as territories
from entremise.validations.models import Request, RequestedSkill
from tests.conftest import OWNER_URL_VARIABLE
from tests.factories.accounts import sign_in
from tests.web.adviser import text_of

pytestmark = pytest.mark.django_db
PEOPLE, STORY, SEED = 2_000, 20, 7
ORPHANS = sql.SQL("select count(*) from {} c where {} is not null and not exists (select from {} p where p.{} = c.{})")
FOREIGN_KEYS = """
select c.relname, a.attname, p.relname, b.attname from pg_constraint k
join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
join pg_attribute b on b.attrelid = k.confrelid and b.attnum = k.confkey[1]
where k.contype = 'f' and c.relname = any(%s)"""


@contextlib.contextmanager
def as_owner() -> Iterator[None]:
    """Act with the account that owns the tables, as the command does."""
    usual = dict(connection.settings_dict)
    address = django_database(os.environ[OWNER_URL_VARIABLE])
    connection.close()
    connection.settings_dict.update(USER=address["USER"], PASSWORD=address["PASSWORD"])
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(usual)


@pytest.fixture(scope="module", autouse=True)
def _there(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Load the crowd once, for good since it comes by several connections, and empty the base at the end."""
    with django_db_blocker.unblock():
        try:
            territories.load_builtin()
            skills.load_builtin()
            actions.build(people=STORY, seed=3)
            with as_owner():
                crowd.load(people=PEOPLE, seed=SEED, lines=2)
            crowd.publish(lines=2)
            queries_feed.PEOPLE.forget()
            yield
        finally:
            with as_owner():
                call_command("flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True)
            queries_feed.PEOPLE.forget()


def every(model: Any) -> Any:
    return model.objects.unscoped("a test") if hasattr(model.objects, "unscoped") else model.objects


def invented(model: Any, path: str = "person_id") -> Any:
    return every(model).filter(**{f"{path}__gte": crowd.FIRST, f"{path}__lte": crowd.LAST})


def people() -> Any:
    return invented(Person, "pk")


def identities_read() -> contextlib.AbstractContextManager[None]:
    """Open the vault on the whole crowd."""
    return vault.handled(list(people().values_list("pk", flat=True)), purpose="test")


def orphan_counts() -> dict[str, int]:
    """Count, for each foreign key of the tables of a crowd, the rows that refer to nothing."""
    counts = {}
    with identities_read(), connection.cursor() as cursor:
        cursor.execute(FOREIGN_KEYS, [[*crowd_load.FILLED, "matching_poolentry"]])
        for child, column, parent, key in cursor.fetchall():
            names = [sql.Identifier(name) for name in (child, column, parent, key, column)]
            cursor.execute(ORPHANS.format(*names))
            counts[f"{child}.{column}"] = cursor.fetchone()[0]
    return counts


def test_it_brings_the_base_to_the_number_that_was_asked_for() -> None:
    assert people().count() == PEOPLE - STORY
    assert every(Person).count() == PEOPLE + 2  # with the two of the story whom a visitor plays


def test_no_row_refers_to_nothing() -> None:
    counts = orphan_counts()
    assert len(counts) > 20
    assert set(counts.values()) == {0}


def test_the_check_of_foreign_keys_would_see_a_fault() -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set constraints all deferred")
            one = "(select min(id) from people_wish)"
            cursor.execute(f"update people_wish set person_id = gen_random_uuid() where id = {one}")
        assert orphan_counts()["people_wish.person_id"] == 1
        transaction.set_rollback(True)


def test_the_owner_alone_may_leave_foreign_keys_unchecked_and_the_site_may_not() -> None:
    with connection.cursor() as cursor:
        cursor.execute(crowd_load.MAY_SUSPEND)
        assert cursor.fetchone() == (False,)
    with psycopg.connect(os.environ[OWNER_URL_VARIABLE]) as owner:
        assert owner.execute(crowd_load.MAY_SUSPEND).fetchone() == (True,)


@pytest.mark.parametrize(
    ("model", "path"),
    [(Person, "pk"), (Identity, "pk"), (Consent, "person_id"), (Wish, "person_id"), (Experience, "person_id"),
     (HeldSkill, "person_id"), (Request, "person_id"), (RequestedSkill, "request__person_id"),
     (Evidence, "held_skill__person_id")],
    ids=lambda value: getattr(value, "__name__", ""),
)  # fmt: skip
def test_rows_are_what_their_model_allows(model: Any, path: str) -> None:
    with identities_read():
        rows = list(invented(model, path).order_by("pk")[:150])
    assert len(rows) == 150
    for row in rows:
        empty = [field.name for field in model._meta.fields if field.null and getattr(row, field.attname) is None]
        row.full_clean(exclude=empty, validate_unique=False, validate_constraints=False)


def test_references_can_be_read_aloud() -> None:
    references = list(people().values_list("reference", flat=True))
    assert all(read_reference(reference) == reference for reference in references)


def test_nobody_can_be_reached_for_real_and_names_are_those_of_the_demonstration() -> None:
    identities = invented(Identity, "pk")
    with identities_read():
        assert identities.count() == PEOPLE - STORY
        assert not identities.exclude(email__endswith=".example").exists()
        assert not identities.exclude(phone__startswith="+3363998", phone__regex=r"^\+\d{11}$").exists()
        assert set(identities.values_list("first_name", flat=True)) == set(words.FIRST_NAMES)
        assert set(identities.values_list("last_name", flat=True)) == set(words.LAST_NAMES)
    assert not invented(Request).exclude(contact_email__endswith=".example").exists()
    assert not people().exclude(user=None).exists()


def test_companies_and_agencies_are_everywhere_and_fictional() -> None:
    departments = set(crowd_network.towns_by_department())
    assert set(Agency.objects.values_list("department_id", flat=True)) == departments
    assert set(Establishment.objects.values_list("commune__department_id", flat=True)) == departments
    rows = Establishment.objects.all()
    assert not rows.filter(is_fictional=False).exists()
    assert all(parse_siret(siret) for siret in rows.values_list("siret", flat=True))
    assert not rows.exclude(email_domain__endswith=".example").exists()


def test_people_live_in_all_sorts_of_places_the_large_ones_more_often_and_their_agency_is_near() -> None:
    assert not people().exclude(department=F("commune__department")).exists()
    assert not people().exclude(agency__department=F("department")).exists()
    homes = people().values("commune__population").annotate(n=Count("pk"))
    assert len(homes) > 500
    assert people().aggregate(mean=Avg("commune__population"))["mean"] > 50_000
    assert people().values("department").distinct().count() > 85


def test_the_adviser_of_the_demonstration_keeps_her_department_and_sees_its_people() -> None:
    claire = User.objects.get(email="claire.morel@demo.entremise.example")
    assert {one.agency.department_id for one in claire.memberships.all()} == {"26"}
    network = Agency.objects.exclude(organisation__kind="training_body")  # which awards badges and follows nobody
    assert network.filter(department="26").count() == 5
    assert people().filter(department="26").count() > 3


def test_how_many_agreed_what_they_look_for_and_what_they_did() -> None:
    count = PEOPLE - STORY
    agreed = invented(Consent).filter(kind="promotion", withdrawn_at=None).count()
    assert 0.87 < agreed / count < 0.93
    wishes = [row["n"] for row in invented(Wish).values("person").annotate(n=Count("pk"))]
    assert (len(wishes), min(wishes), max(wishes)) == (count, 1, 3)
    told = people().annotate(n=Count("experiences")).values_list("n", flat=True)
    assert set(told) == {0, 1, 2, 3}
    first = invented(Wish).filter(rank=1).values("occupation").annotate(n=Count("pk")).order_by("-n")
    assert first[0]["n"] > 4 * first[len(first) // 2]["n"]  # a few occupations for many people


def test_about_fifteen_skills_each_and_one_in_fourteen_proved() -> None:
    held = invented(HeldSkill)
    assert 13.5 < held.count() / (PEOPLE - STORY) < 16
    assert 0.055 < held.filter(assurance__gt=0).count() / held.count() < 0.09
    shares = dict(held.filter(assurance__gt=0).values_list("assurance").annotate(Count("pk")))
    assert set(shares) == {1, 2, 3}
    assert shares[2] > shares[1] > shares[3]


def test_a_skill_is_as_sure_as_its_best_evidence_and_the_profile_counts_them() -> None:
    best = invented(HeldSkill).annotate(best=Max("evidence__assurance"))
    assert not best.exclude(Q(assurance=F("best")) | Q(assurance=0, best=None)).exists()
    proved = Count("held_skills", filter=Q(held_skills__assurance__gt=0))
    assert not people().annotate(n=proved).exclude(n=F("validated_skill_count")).exists()


def test_evidence_comes_from_an_answer_about_an_experience_at_that_company() -> None:
    requests = invented(Request)
    assert not requests.exclude(establishment=F("experience__establishment")).exists()
    assert not requests.exclude(person=F("experience__person")).exists()
    assert not requests.exclude(state="answered").exists()
    answers = {row.pk: row for row in requests.select_related("establishment")}
    rows = invented(Evidence, "held_skill__person_id").select_related("held_skill")
    asked = {(row.request_id, row.skill_id) for row in RequestedSkill.objects.filter(verdict="confirmed")}
    for row in rows:
        answer = answers[row.source_id]
        assert row.origin == answer.establishment.name
        assert row.held_skill.person_id == answer.person_id
        assert row.given_on == clock.local(answer.answered_at).date() or row.given_on == answer.answered_at.date()
        assert (row.assurance == 3) == (answer.checked_at is not None)
        assert (answer.pk, row.held_skill.skill_id) in asked


def test_nothing_happened_in_the_future() -> None:
    now = clock.now()
    assert not people().filter(Q(confirmed_at__gt=now) | Q(created_at__gt=F("confirmed_at"))).exists()
    assert not invented(Request).filter(Q(checked_at__gt=now) | Q(answered_at__gt=now)).exists()
    assert not invented(Experience).filter(Q(ended_on__gt=now.date()) | Q(started_on__gt=now.date())).exists()
    assert not invented(Consent).filter(given_at__gt=now).exists()


def test_the_pool_holds_those_who_agreed_as_one_by_one_it_would() -> None:
    agreed = set(invented(Consent).values_list("person_id", flat=True))
    rows = invented(PoolEntry, "pk")
    assert set(rows.values_list("pk", flat=True)) == agreed
    some = sorted(agreed)[:50]
    before = list(rows.filter(pk__in=some).order_by("pk").values())
    matching.refresh(some)
    assert list(rows.filter(pk__in=some).order_by("pk").values()) == before


def test_the_load_is_one_line_of_the_journal() -> None:
    line = JournalEntry.objects.get(verb="demo.crowd_loaded")
    assert line.data == {"people": PEOPLE - STORY, "first_rank": 0, "seed": SEED}
    assert not JournalEntry.objects.filter(person_id__gte=crowd.FIRST, person_id__lte=crowd.LAST).exists()


def test_a_second_load_of_the_same_number_adds_nobody() -> None:
    assert crowd.missing(people=PEOPLE, seed=SEED) == 0
    assert crowd.load(people=PEOPLE, seed=SEED) == 0
    assert crowd.publish() == 0
    assert people().count() == PEOPLE - STORY


def test_another_seed_is_refused_and_says_which_one_is_there() -> None:
    with pytest.raises(crowd.OtherSeed) as refusal:
        crowd.missing(people=PEOPLE, seed=SEED + 1)
    assert f"une foule inventée avec --seed {SEED}" in refusal.value.reason


@pytest.fixture
def adviser() -> Client:
    return sign_in(Client(), User.objects.get(email="claire.morel@demo.entremise.example"))


def test_an_adviser_finds_them_in_the_pool(adviser: Client) -> None:
    invented_here = invented(PoolEntry, "pk").filter(department="26").count()
    response = adviser.get(reverse("pool"), follow=True)
    assert response.status_code == 200
    told = set(people().filter(department="26").values_list("reference", flat=True))
    shown = {card.reference for card in response.context["cards"]}
    assert invented_here
    assert shown & told


def test_an_adviser_reads_the_profile_of_each(adviser: Client) -> None:
    agreed = people().filter(department="26", pool_entry__isnull=False)
    assert agreed
    for person in agreed.prefetch_related("held_skills__skill"):
        response = adviser.get(reverse("profile", args=[person.pk]))
        assert response.status_code == 200
        said = text_of(response)
        assert person.reference in said
        proved = [held for held in person.held_skills.all() if held.assurance]
        assert all(held.evidence.get().origin.split()[0] in said for held in proved)
