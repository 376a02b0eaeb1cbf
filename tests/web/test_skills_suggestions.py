"""Suggestions of job titles and skills: found whatever the spelling, for who may ask, without flooding."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from entremise.accounts.models import User
from entremise.kernel import links
from entremise.kernel.actors import Role
from entremise.lib.uuid7 import uuid7
from entremise.skills import actions, queries
from entremise.skills.enums import SkillKind, Source
from entremise.skills.models import JobTitle, Occupation, Skill
from entremise.web.kit import suggestions
from tests.factories.skills import JobTitleFactory, OccupationFactory

pytestmark = pytest.mark.django_db
TITLES, SKILLS = "/suggerer/metiers/", "/suggerer/competences/"


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    caches["process"].clear()


@pytest.fixture
def jobseeker(client: Client) -> Client:
    actions.load_builtin()
    client.force_login(User.objects.create(email="awa@example.org"))
    return client


def labels(client: Client, path: str, **query: str) -> list[str]:
    return [row["label"] for row in client.get(path, query).json()]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("caissiere", "Hôte / Hôtesse de caisse"),
        ("boulangé", "Boulanger / Boulangère"),
        ("nounou", "Garde d'enfants à domicile"),
        ("conductrices de bus", "Conducteur / Conductrice de bus"),
    ],
)
def test_a_job_title_is_found_whatever_its_spelling(jobseeker: Client, typed: str, label: str) -> None:
    assert label in labels(jobseeker, TITLES, q=typed)[:3]


def test_the_hint_says_what_matched_and_what_is_done_there(jobseeker: Client) -> None:
    row = jobseeker.get(TITLES, {"q": "nounou"}).json()[0]
    assert row["hint"].startswith("« nounou » · Garde d'enfant · Veille sur des enfants")
    assert JobTitle.objects.get(pk=row["id"]).label == row["label"]


def test_a_skill_is_found_by_its_synonym_and_within_its_kind(jobseeker: Client) -> None:
    assert labels(jobseeker, SKILLS, q="esprit d'équipe")[0] == "Travailler en équipe"
    rows = jobseeker.get(SKILLS, {"q": "equipe", "kind": "soft_skill"}).json()
    kinds = set(Skill.objects.filter(pk__in=[row["id"] for row in rows]).values_list("kind", flat=True))
    assert kinds == {SkillKind.SOFT_SKILL}
    rows = jobseeker.get(SKILLS, {"q": "soud", "kind": "know_how"}).json()
    assert {row["hint"].split(" · ")[-1] for row in rows} == {"savoir-faire"}


@pytest.mark.parametrize("typed", ["", "c", " c ", "zzzzqqqq"])
def test_too_little_or_nothing_known_gives_an_empty_list(jobseeker: Client, typed: str) -> None:
    assert labels(jobseeker, TITLES, q=typed) == []


def test_what_was_retired_is_suggested_no_more(jobseeker: Client) -> None:
    assert labels(jobseeker, TITLES, q="nounou")
    JobTitle.objects.update(retired_on=dt.date(2026, 1, 1))
    assert labels(jobseeker, TITLES, q="nounou") == []


def test_two_writings_of_one_title_are_suggested_once() -> None:
    cook = OccupationFactory()
    JobTitleFactory(occupation=cook, label="Vendeur / Vendeuse en fleurs")
    JobTitleFactory(occupation=cook, label="Vendeur en fleurs / Vendeuse en fleurs", source=Source.ESCO)
    assert len(queries.suggest_job_titles("vendeuse fleurs")) == 1


def test_an_answer_takes_few_queries(jobseeker: Client, django_assert_max_num_queries: Any) -> None:
    labels(jobseeker, TITLES, q="cuisinier")
    with django_assert_max_num_queries(5):
        labels(jobseeker, TITLES, q="cuisiniere")


def test_somebody_unknown_gets_a_sentence_and_no_list(client: Client) -> None:
    answer = client.get(TITLES, {"q": "boulanger"})
    assert answer.status_code == 401
    assert answer.json() == {"reason": "Connectez-vous pour accéder à cette page."}


def test_the_bearer_of_an_open_link_may_ask_until_it_is_revoked(client: Client) -> None:
    actions.load_builtin()
    purpose = next(one for one in links.PURPOSES.values() if one.role is Role.VALIDATOR)
    link = links.issue(purpose, uuid7(), "chef@example.org")
    session = client.session
    session["links"] = {f"{purpose.name}:{links.reference(link)}": links.token(link)}
    session.save()
    assert client.get(SKILLS, {"q": "équipe"}).status_code == 200
    links.revoke(purpose, link.target_id)
    assert client.get(SKILLS, {"q": "équipe"}).status_code == 401


def test_asking_without_end_is_slowed_down_with_a_sentence(jobseeker: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "MOST_ASKED", 2)
    answers = [jobseeker.get(TITLES, {"q": "cuisine"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json() == {"reason": "Trop de recherches à la suite : patientez quelques secondes."}


def test_the_skills_of_an_occupation_come_by_need_then_plain_words() -> None:
    actions.load_builtin()
    cook = Occupation.objects.get(rome_code="G1602")
    found = list(queries.skills_of_occupation(cook, [SkillKind.KNOW_HOW]))
    weights = [skill.weight for skill in found]
    assert len(found) >= 10
    assert weights == sorted(weights, reverse=True)
    assert {skill.kind for skill in found} == {SkillKind.KNOW_HOW}


def test_the_sixteen_soft_skills_are_there_and_occupations_are_found_by_their_titles() -> None:
    actions.load_builtin()
    assert queries.soft_skills().count() == 16
    assert queries.families().count() == 14
    assert queries.occupations().count() == 65
    assert queries.suggest_occupations("caissière")[0].label == "Hôte / Hôtesse de caisse"
