"""The matching of the night finds what a search by hand finds, goes on where it stopped, and follows who leaves."""

import datetime as dt
import functools
import os
import random
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import psycopg
import pytest
import time_machine
from django.db import connection

from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.matching import actions, actions_nightly, queries_nightly, queries_offers, queries_reverse
from entremise.matching import clients_workers as workers
from entremise.matching import queries_feed as feed
from entremise.matching.engine import batch
from entremise.matching.engine.layout import IndexUnreadable
from entremise.matching.models import PoolEntry
from entremise.matching.models_nightly import NightlyChunk, NightlyRun, OfferMatches, PersonMatches
from entremise.offers.models import Offer
from entremise.people.enums import ContractKind, Licence, WorkingTime
from entremise.skills.enums import MobilityKind
from entremise.skills.models import Mobility
from tests.conftest import OWNER_URL_VARIABLE
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.batch_killer import kill_once
from tests.factories.employers import EstablishmentFactory, commune
from tests.factories.matching import PoolEntryFactory, place
from tests.factories.offers import OfferFactory
from tests.factories.people import occupation
from tests.factories.skills import SkillFactory

pytestmark = pytest.mark.django_db(transaction=True)
COOK, WAITER = "G1602", "G1803"


@pytest.fixture(autouse=True)
def _numbered_from_one() -> None:
    """Chunks are ranges of numbers: after a test that made thousands of people, hundreds would be empty."""
    with psycopg.connect(os.environ[OWNER_URL_VARIABLE], dbname=connection.settings_dict["NAME"]) as owner:
        for sequence in ("matching_poolentry_number_seq", "offers_offer_number_seq"):
            owner.execute(f"alter sequence {sequence} restart")


@pytest.fixture
def adviser() -> Actor:
    commune()  # with its place on the map, before the agency asks for a bare one
    return actor_of(professional(agency=AgencyFactory()))


def offers_matched() -> Any:
    return OfferMatches.objects.unscoped("a test")


def people_matched() -> Any:
    return PersonMatches.objects.unscoped("a test")


def country(people: int = 30, offers: int = 20) -> None:
    """Fill a small country."""
    rng = random.Random(3)
    Mobility.objects.create(
        source=occupation(COOK, "Cuisinier"), target=occupation(WAITER, "Serveur"), kind=MobilityKind.CLOSE
    )
    skills = [SkillFactory().pk for _ in range(5)]
    places = [place(44.93, 4.89), place(44.99, 4.93), place(45.2, 5.1)]
    codes = [COOK, WAITER]
    for _ in range(people):
        PoolEntryFactory(
            home=rng.choice(places), mobility_km=rng.choice([5, 40]),
            occupation_codes=rng.sample(codes, rng.randint(0, 2)),
            experience_codes=rng.sample(codes, rng.randint(0, 1)), skill_ids=rng.sample(skills, 3),
            validated_skill_ids=rng.sample(skills, rng.randint(0, 2)), contracts=rng.sample(ContractKind.values, 3),
            licences=rng.sample(Licence.values, 1), working_time=rng.choice(WorkingTime.values),
            available_on=rng.choice([None, clock.today()]),
        )  # fmt: skip
    for _ in range(offers):
        OfferFactory(
            open=True, occupation=occupation(rng.choice(codes)), commune=rng.choice(places),
            contract=rng.choice(ContractKind.values[:3]), radius_km=rng.choice([None, 15]),
            working_time=rng.choice(WorkingTime.values), licences=rng.sample(Licence.values, rng.choice([0, 0, 1])),
            needs={pk: rng.randint(1, 3) for pk in rng.sample(skills, rng.randint(0, 3))},
        )  # fmt: skip


def everything() -> tuple[list[Any], list[Any]]:
    kept = ("total", "numbers", "points")
    return (
        list(offers_matched().order_by("pk").values_list("pk", *kept)),
        list(people_matched().order_by("pk").values_list("pk", *kept, "employer_count")),
    )


def test_it_finds_what_searches_by_hand_find(adviser: Actor) -> None:
    country()
    run = actions_nightly.match_everything(chunk=7)
    assert (run.offer_count, run.person_count) == (20, 30)
    compared = 0
    for offer in Offer.objects.unscoped("a test"):
        row = offers_matched().get(pk=offer.pk)
        page = queries_offers.people_for(offer, actor=adviser, limit=100)
        assert (row.total, row.numbers) == (page.total, [one.entry.number for one in page.found])
        assert row.points == [one.score for one in page.found]
        compared += row.total
    for entry in PoolEntry.objects.unscoped("a test").select_related("person__user"):
        row = people_matched().get(pk=entry.number)
        page = queries_reverse.offers_for(entry.person, actor=actor_of(entry.person.user), limit=100)
        assert page.lacks_job == (not entry.occupation_codes and not entry.experience_codes)
        assert (row.total, row.numbers) == (page.total, [one.offer.number for one in page.found])
        assert row.employer_count == len({one.offer.establishment_id for one in page.found})
        compared += row.total
    assert compared > 60


def test_searches_said_from_columns_are_those_said_from_the_database(adviser: Actor) -> None:
    country()
    actions.write_index()
    found = actions_nightly._country(clock.today())
    codes = found.atlas_of_people.codes
    rows = feed.OFFERS.source.all_rows(found.atlas_of_people)
    by_number = {offer.number: offer for offer in Offer.objects.unscoped("a test")}
    assert len(rows.number) == 20
    for i, number in enumerate(rows.number.tolist()):
        offer = by_number[number]
        asked = list(offer.offer_skills.all())
        said = queries_offers.request_for(offer, queries_offers.searches_for({offer: asked})[0], adviser)
        here = batch.request_of_offer(found.of_people, rows, i, codes)
        assert here == replace(said, departments=None, wanted=50, with_counts=False)


class TestAStoppedRun:
    def test_goes_on_where_it_was(self) -> None:
        country()
        actions_nightly.match_everything(chunk=7)
        whole = everything()

        class Cut(workers._Here):
            left = 4

            def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
                Cut.left -= 1
                if Cut.left < 0:
                    raise KeyboardInterrupt
                return super().submit(*args, **kwargs)

        @contextmanager
        def cut() -> Any:
            yield Cut(), 1

        with pytest.raises(KeyboardInterrupt):
            actions_nightly.match_everything(cut, again=True, chunk=7)
        run = NightlyRun.objects.get()
        assert run.finished_at is None
        done = NightlyChunk.objects.count()
        assert 0 < done < 5
        seen: list[tuple[int, int]] = []
        actions_nightly.match_everything(chunk=99, progress=lambda *told: seen.append(told))
        assert NightlyChunk.objects.count() == len(seen) + done
        assert NightlyRun.objects.get().chunk_size == 7
        assert everything() == whole

    def test_a_run_that_is_done_is_not_done_again_unless_asked(self) -> None:
        country(3, 2)
        first = actions_nightly.match_everything()
        assert actions_nightly.match_everything() == first
        again = actions_nightly.match_everything(again=True)
        assert again.pk != first.pk
        assert offers_matched().count() == 2

    def test_the_next_day_starts_anew_and_forgets_offers_that_were_closed(self) -> None:
        country(3, 2)
        actions_nightly.match_everything()
        offer = Offer.objects.unscoped("a test").first()
        Offer.objects.unscoped("a test").filter(pk=offer.pk).update(
            state="closed", close_reason="filled", closed_at=clock.now()
        )
        with time_machine.travel(clock.now() + dt.timedelta(days=1)):
            run = actions_nightly.match_everything()
        assert (run.offer_count, run.person_count) == (1, 3)
        assert not offers_matched().filter(pk=offer.pk).exists()
        assert set(people_matched().values_list("day", flat=True)) == {run.day}

    def test_two_at_once_are_refused(self) -> None:
        import threading

        told: list[str] = []

        def other() -> None:
            try:
                actions_nightly.match_everything()
            except actions_nightly.MatchRefused as refusal:
                told.append(str(refusal))
            finally:
                connection.close()

        with actions_nightly._alone():
            thread = threading.Thread(target=other)
            thread.start()
            thread.join(30)
        assert told == ["Un rapprochement est déjà en cours : laissez-le finir."]
        actions_nightly.match_everything()


def test_who_leaves_the_pool_takes_her_results_away() -> None:
    country(3, 2)
    actions_nightly.match_everything()
    entry = PoolEntry.objects.unscoped("a test").first()
    actions.refresh([entry.person_id])  # no consent behind these rows: she is not in the pool any more
    assert not people_matched().filter(pk=entry.number).exists()
    assert people_matched().count() == 2


def test_an_empty_country_is_matched() -> None:
    run = actions_nightly.match_everything()
    assert (run.offer_count, run.person_count) == (0, 0)
    assert run.finished_at is not None


def test_another_generation_of_files_is_refused_by_the_worker() -> None:
    country(2, 1)
    actions.write_index()
    found = actions_nightly._country(clock.today())
    rows = feed.PEOPLE.source.all_rows(found.atlas_of_offers)
    with pytest.raises(IndexUnreadable, match="the run searches generation-old"):
        batch.run(found.of_offers._replace(generation="generation-old"), batch.Chunk(False, rows))


def test_employers_are_counted_once_each(adviser: Actor) -> None:
    both, other = EstablishmentFactory(), EstablishmentFactory()
    entry = PoolEntryFactory(occupation_codes=[COOK], contracts=["cdi"])
    for establishment in (both, both, other):
        OfferFactory(open=True, establishment=establishment)
    actions_nightly.match_everything()
    assert queries_nightly.looking_for([entry.number], adviser) == {entry.number: 2}
    assert queries_nightly.looking_for([], adviser) == {}


class Killing(Executor):
    """Gives to another executor work that kills its worker once."""

    def __init__(self, behind: Executor, marker: str) -> None:
        self.behind, self.marker = behind, marker

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self.behind.submit(kill_once, *args, marker=self.marker)


def killing(made: Any, marker: str) -> Any:
    @contextmanager
    def around() -> Any:
        with made() as (executor, count):
            yield Killing(executor, marker), count

    return around


def test_a_killed_process_of_this_machine_loses_nothing(tmp_path: Any) -> None:
    country(8, 6)
    actions_nightly.match_everything(chunk=3)
    whole = everything()
    marker = tmp_path / "killed"
    made = killing(functools.partial(workers.processes, 2), str(marker))
    run = actions_nightly.match_everything(made, again=True, chunk=3)
    assert marker.exists()
    assert (run.offer_count, run.person_count) == (6, 8)
    assert everything() == whole


@pytest.mark.nightly
def test_a_killed_worker_of_a_cluster_loses_nothing(tmp_path: Any) -> None:
    from distributed import LocalCluster

    country(8, 6)
    actions_nightly.match_everything(chunk=3)
    whole = everything()
    marker = tmp_path / "killed"
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None,
        local_directory=str(tmp_path),
    ) as machines:  # fmt: skip
        made = killing(functools.partial(workers.cluster, machines.scheduler_address), str(marker))
        run = actions_nightly.match_everything(made, again=True, chunk=3)
    assert marker.exists()
    assert (run.offer_count, run.person_count) == (6, 8)
    assert everything() == whole


def test_a_cluster_that_does_not_answer_is_told() -> None:
    country(2, 1)
    with pytest.raises(workers.ClusterRefused, match="Aucun ordonnanceur Dask"):
        actions_nightly.match_everything(functools.partial(workers.cluster, "tcp://127.0.0.1:9"))
    assert NightlyRun.objects.get().finished_at is None


def test_arrays_of_distinct_employers() -> None:
    assert actions_nightly._distinct(np.array([[0, 0, 0], [3, 3, 1], [2, 0, 2]])) == [0, 2, 1]
