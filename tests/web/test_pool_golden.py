"""The pages with profiles' cards say what they said: every element, attribute and word, spaces aside.

They are written for speed, without components: this is what they must go on saying. After a change that is meant,
look at the difference and write the pages again: `GOLDEN=write pytest tests/web/test_pool_golden.py`.
"""

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.matching.models import PoolEntry
from entremise.skills.models import Skill
from entremise.territories.models import EmploymentZone
from tests.factories.accounts import department, professional, sign_in
from tests.factories.matching import PoolEntryFactory
from tests.factories.offers import OfferFactory
from tests.factories.people import occupation
from tests.factories.promotions import World, world
from tests.factories.skills import SkillFactory
from tests.web.pages_told import inside, told

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent / "golden"
NOW = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def small() -> Iterator[World]:
    with time_machine.travel(NOW, tick=False):
        yield world()


@pytest.fixture
def skills() -> list[Skill]:
    labels = ("Conduire un chariot", "Préparer une commande", "Filmer une palette", "Tenir l'inventaire & <ranger>")
    return [SkillFactory(label=label) for label in labels]


@pytest.fixture
def people(small: World, skills: list[Skill]) -> list[PoolEntry]:
    """Make profiles that differ by all that a card may show, each a little farther than the one before."""
    occupation("N1101", "Cariste")
    occupation("N1103", 'Magasinier "cariste" / Magasinière')
    EmploymentZone.objects.create(code="263", name="Bassin d'emploi de Valence", department=department())
    ids = [skill.pk for skill in skills]
    made: list[PoolEntry] = [
        PoolEntryFactory(
            occupation_codes=["N1101"], validated_skill_ids=ids, licences=["b", "caces"], contracts=["cdi", "cdd"],
        ),
        PoolEntryFactory(
            occupation_codes=["N1103"], experience_codes=["N1101"], skill_ids=ids[:2], validated_skill_ids=ids[:1],
            last_promoted_at=NOW - dt.timedelta(days=40), available_on=TODAY + dt.timedelta(days=12),
            mobility_km=30, latitude=44.98, schedules=["day", "night"], languages=["uk"], working_time="part",
        ),
        PoolEntryFactory(
            occupation_codes=["N1101"], available_on=None, skill_ids=ids[1:3], latitude=45.02, licences=["caces"],
        ),
        PoolEntryFactory(occupation_codes=["K1304"], latitude=45.03, validated_skill_ids=ids[2:]),
    ]  # fmt: skip
    made += [PoolEntryFactory(latitude=45.035 + row / 500, mobility_km=40) for row in range(20)]
    return made


def compare(name: str, page: str) -> None:
    """Compare a page with the one kept, or keep it."""
    kept = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        kept.write_text(told(page), encoding="utf-8")
    assert told(page) == kept.read_text(encoding="utf-8")


def main_of(client: Client, address: str, language: str = "fr") -> str:
    response = client.get(address, headers={"accept-language": language}, follow=True)
    assert response.status_code == 200
    return inside(response.content.decode(), '<main id="main"', "</main>")


# Around a place, by distance: an order that no draw decides.
AROUND = "lieu=26362&tri=distance"
SEARCHES = {
    "job_around": f"metier=N1101&{AROUND}&rayon=30",
    "near_jobs": f"metier=N1101&metier=N1103&proches=1&{AROUND}&rayon=200",
    "many_filters": (
        f"{AROUND}&validated=1&never_promoted=1&contrat=cdi&permis=b&bassin=&sans_promotion_jours=30&langue="
    ),
    "others": "departement=26&sans_promotion_jours=30&disponible_au=2026-12-24&langue=uk&temps=part&horaire=night",
    "unusual_values": "sans_promotion_jours=31&rayon=7&bassin=999&lieu=26362",
    "nobody": "permis=caces&contrat=cdi&horaire=night",
    "nobody_at_all": "departement=99&lieu=26362",
}


@pytest.mark.parametrize("name", list(SEARCHES))
def test_a_search_says_what_it_said(small: World, people: list[PoolEntry], name: str) -> None:
    compare(name, main_of(sign_in(Client(), small.user), f"{reverse('pool')}?{SEARCHES[name]}"))


def test_skills_asked_for_are_said(small: World, skills: list[Skill], people: list[PoolEntry]) -> None:
    client = sign_in(Client(), small.user)
    asked = "&".join(f"competence={skill.pk}" for skill in skills[:3])
    compare("skills", main_of(client, f"{reverse('pool')}?{asked}&mode=all&{AROUND}"))


def test_the_next_page_and_the_way_back(small: World, people: list[PoolEntry]) -> None:
    client = sign_in(Client(), small.user)
    after = client.get(f"{reverse('pool')}?{AROUND}").context["next_query"]
    page = main_of(client, f"{reverse('pool')}?{after}")
    compare("second_page", page)


def test_in_english(small: World, people: list[PoolEntry]) -> None:
    compare("english", main_of(sign_in(Client(), small.user), f"{reverse('pool')}?metier=N1101&{AROUND}", "en"))


def test_htmx_receives_the_results_alone_and_the_same(small: World, people: list[PoolEntry]) -> None:
    client, address = sign_in(Client(), small.user), f"{reverse('pool')}?metier=N1101&{AROUND}"
    part = client.get(address, headers={"hx-request": "true"}).content.decode()
    toasts = '<div class="toasts" id="toasts" hx-swap-oob="beforeend"></div>'
    assert toasts in part
    assert told(part.replace(toasts, "")) == told(inside(main_of(client, address), '<div id="pool">', "</main>")[:-7])


def test_the_whole_pool_of_one(small: World) -> None:
    client = sign_in(Client(), small.user)
    compare("empty", main_of(client, reverse("pool")))
    PoolEntryFactory()
    compare("whole", main_of(client, reverse("pool")))
    lead = sign_in(Client(), professional("team_lead", agency=small.agency))
    compare("team_lead", main_of(lead, reverse("pool")))


def test_the_profiles_for_an_offer(small: World, people: list[PoolEntry], skills: list[Skill]) -> None:
    offer = OfferFactory(agency=small.agency, occupation=occupation("N1101"))
    page = main_of(sign_in(Client(), small.user), reverse("offer", args=[offer.pk]))
    compare("offer", inside(page, 'id="profils"', "</section>"))


def test_the_profiles_for_an_establishment(small: World, people: list[PoolEntry]) -> None:
    OfferFactory(
        open=True, agency=small.agency, occupation=occupation("N1101"), establishment=small.first.establishment
    )
    address = reverse("establishment_profiles", args=[small.first.establishment_id])
    compare(
        "establishment", sign_in(Client(), small.user).get(address, headers={"hx-request": "true"}).content.decode()
    )
