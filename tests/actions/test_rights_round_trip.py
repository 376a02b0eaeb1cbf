"""Taken away, erased, taken back: the same profile, whoever she is; decisions and proofs come back as memories."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entremise.kernel import erasure
from entremise.lib import archives
from entremise.passport import actions as passport
from entremise.passport.enums import Assurance, DoubtKind, ExperienceKind, Level
from entremise.people import actions, actions_rights
from entremise.people.enums import ContractKind, Language, Licence, Schedule, WorkingTime
from entremise.people.models import Person
from entremise.people.models_rights import PastRecord
from entremise.skills.models import JobTitle, Skill
from tests.factories.passport import JobTitleFactory, SkillFactory, evidence
from tests.factories.people import PersonFactory, consent, occupation, owner, valence

pytestmark = pytest.mark.django_db
WHY = "a test's row"
TODAY = dt.date(2026, 11, 22)
words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=60).map(str.strip)
names = words.filter(bool)
days = st.dates(dt.date(1980, 1, 1), TODAY)
# What each domain says again; dates of saying, identifiers and what others said are not hers to bring back.
TOLD_AGAIN = {
    "people.identity": {"first_name", "last_name", "phone"},
    "people.person": {
        "commune__code", "mobility_km", "available_on", "contracts", "working_time", "schedules", "languages",
        "licences",
    },
    "people.wish": {"occupation__rome_code", "rank"},
    "passport.experience": {
        "kind", "title", "job_title__external_id", "employer_name", "started_on", "ended_on", "tasks",
    },
    "passport.heldskill": {"skill__external_id", "level", "last_used_on", "example"},
    "passport.heldskill_experiences": {"heldskill__skill__label", "experience__title"},
    "passport.doubt": {"skill__external_id", "kind", "at"},
}  # fmt: skip


def some(choices: Any) -> Any:
    return st.lists(st.sampled_from(list(choices.values)), unique=True, max_size=3)


experiences = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(ExperienceKind.values), "title": names, "employer_name": words, "tasks": words,
        "dates": st.tuples(days, days).map(sorted), "is_over": st.booleans(), "has_title": st.booleans(),
    }
)  # fmt: skip
skills = st.fixed_dictionaries(
    {
        "level": st.sampled_from(["", *Level.values]), "example": words, "last_used_on": st.none() | days,
        "is_proved": st.booleans(), "is_doubted": st.booleans(), "experience": st.integers(0, 3),
    }
)  # fmt: skip
people = st.fixed_dictionaries(
    {
        "first_name": names, "last_name": names, "mobility_km": st.integers(0, 200), "available_on": st.none() | days,
        "contracts": some(ContractKind), "schedules": some(Schedule), "languages": some(Language),
        "licences": some(Licence), "working_time": st.sampled_from(WorkingTime.values),
        "wishes": st.lists(st.sampled_from(["G1602", "D1106", "N1101"]), unique=True),
        "experiences": st.lists(experiences, max_size=3), "skills": st.lists(skills, max_size=4),
        "is_consenting": st.booleans(),
    }
)  # fmt: skip


def built(told: dict[str, Any], known: list[Skill]) -> Person:
    """Make a person by the product's own actions."""
    person: Person = PersonFactory()
    actor = owner(person)
    actions.set_identity(
        person, actor=actor, first_name=told["first_name"], last_name=told["last_name"], phone="+33612345678"
    )
    profile = ("mobility_km", "available_on", "contracts", "schedules", "languages", "licences", "working_time")
    actions.change_profile(person, actor=actor, commune=valence(), **{name: told[name] for name in profile})
    actions.set_wishes(person, actor=actor, occupation_ids=[occupation(code).pk for code in told["wishes"]])
    made = [experience_of(person, one) for one in told["experiences"]]
    for one, skill in zip(told["skills"], known, strict=False):
        where = made[one["experience"]] if one["experience"] < len(made) else None
        passport.declare_skills(person, actor=actor, skill_ids=[skill.pk], experience=where)
        held = person.held_skills.get(skill=skill)
        facts = {name: one[name] for name in ("level", "example", "last_used_on")}
        passport.change_skill(held, actor=actor, **facts)
        if one["is_proved"]:
            evidence(held, assurance=Assurance.COMPANY)
        elif one["is_doubted"]:
            at = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
            person.doubts.create(skill=skill, kind=DoubtKind.UNCONFIRMED, at=at)
    if told["is_consenting"]:
        consent(person)
    return Person.objects.unscoped(WHY).get(pk=person.pk)


def experience_of(person: Person, one: dict[str, Any]) -> Any:
    began, ended = one["dates"]
    return passport.add_experience(
        person, actor=owner(person), kind=one["kind"], title=one["title"], employer_name=one["employer_name"],
        tasks=one["tasks"], started_on=began, ended_on=ended if one["is_over"] else None,
        job_title=JobTitleFactory(external_id="repris") if one["has_title"] and not _has_title() else None,
    )  # fmt: skip


def _has_title() -> bool:
    return JobTitle.objects.filter(external_id="repris").exists()


def archive(person: Person) -> dict[str, list[archives.Flat]]:
    tables = actions_rights.take_archive(person, actor=owner(person))
    said = archives.document(tables, made_at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC), installation="x")
    return archives.read(json.dumps(said, cls=DjangoJSONEncoder).encode())


def told_by(tables: dict[str, list[archives.Flat]]) -> dict[str, list[str]]:
    """Return what an archive says of what comes back, in no order."""
    return {
        table: sorted(json.dumps({name: row.get(name) for name in sorted(columns)}) for row in tables.get(table, []))
        for table, columns in TOLD_AGAIN.items()
    }


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(told=people)
def test_taken_away_erased_and_taken_back_the_profile_is_the_same(told: dict[str, Any], tmp_path_factory: Any) -> None:
    with override_settings(VAR=tmp_path_factory.mktemp("var")), transaction.atomic():
        point = transaction.savepoint()
        known = [SkillFactory(external_id=f"retour-{number}") for number in range(4)]
        before = archive(person := built(told, known))
        actions_rights.erase(person, actor=owner(person))
        newcomer: Person = PersonFactory()
        lost = actions_rights.take_back(newcomer, actor=owner(newcomer), tables=before)
        newcomer = Person.objects.unscoped(WHY).get(pk=newcomer.pk)
        after = archive(newcomer)
        assert lost == []
        assert told_by(after) == told_by(before)
        assert not newcomer.consents.exists()
        assert {held.assurance for held in newcomer.held_skills.all()} <= {Assurance.DECLARED}
        check_memories(before, newcomer)
        transaction.savepoint_rollback(point)


def check_memories(before: dict[str, list[archives.Flat]], newcomer: Person) -> None:
    """Everything that nobody says again is kept word for word."""
    restored = {table for one in erasure.declarations() for table in one.restored}
    expected = sorted(
        json.dumps([table, row]) for table, rows in before.items() for row in rows if table not in restored
    )
    kept = [
        json.dumps([one.table, dict(one.facts)], sort_keys=False)
        for one in PastRecord.objects.unscoped(WHY).filter(person=newcomer)
    ]
    assert sorted(map(_stable, kept)) == sorted(map(_stable, expected))


def _stable(said: str) -> str:
    return json.dumps(json.loads(said), sort_keys=True)


class TestForgedArchives:
    """Nobody vouches for a file: it says, it proves nothing."""

    def take(self, tables: dict[str, Any]) -> tuple[Person, list[str]]:
        person: Person = PersonFactory()
        content = json.dumps({"@type": "PersonalArchive", "format": 1, "tables": tables}).encode()
        lost = actions_rights.take_back(person, actor=owner(person), tables=archives.read(content))
        return Person.objects.unscoped(WHY).get(pk=person.pk), lost

    def test_a_proof_written_by_hand_proves_nothing(self) -> None:
        skill = SkillFactory(external_id="forge")
        held = {"@id": f"urn:uuid:{skill.pk}", "skill": {"source": "builtin", "external_id": "forge"}, "assurance": 4}
        proof = {"held_skill": {"@id": held["@id"]}, "assurance": 4, "origin": "Grande maison"}
        person, _lost = self.take({"passport.heldskill": [held], "passport.evidence": [proof]})
        (mine,) = person.held_skills.all()
        assert (mine.assurance, mine.evidence.count(), person.validated_skill_count) == (0, 0, 0)

    def test_a_doubt_hides_the_skill_again(self) -> None:
        SkillFactory(external_id="doute")
        named = {"skill": {"source": "builtin", "external_id": "doute"}}
        held = {"@id": "urn:uuid:019a9e1c-6a5e-7c11-8b1d-0f2a9c3e4d5f", **named, "is_shown": True}
        doubt = {**named, "kind": "unconfirmed", "at": "2026-05-01T00:00:00+00:00"}
        person, _lost = self.take({"passport.heldskill": [held], "passport.doubt": [doubt]})
        assert [one.is_shown for one in person.held_skills.all()] == [False]

    def test_a_consent_written_by_hand_opens_nothing(self) -> None:
        person, _lost = self.take({"people.consent": [{"kind": "promotion", "visibility": "named"}]})
        assert not person.consents.exists()
        assert person.past_records.count() == 1

    def test_what_this_installation_does_not_know_is_said(self) -> None:
        experience = {"@id": "urn:uuid:019a9e1c-6a5e-7c11-8b1d-0f2a9c3e4d5f", "title": "Sans date"}
        held = {"skill": {"source": "esco", "external_id": "inconnue", "label": "Parler aux oiseaux"}}
        wish = {"rank": 1, "occupation": {"rome_code": "Z9999", "label": "Fauconnier"}}
        _person, lost = self.take(
            {"passport.experience": [experience], "passport.heldskill": [held], "people.wish": [wish]}
        )
        assert any("Parler aux oiseaux" in sentence for sentence in lost)
        assert any("Fauconnier" in sentence for sentence in lost)
        assert any("date de début" in sentence for sentence in lost)

    @pytest.mark.parametrize(
        "row",
        [
            {"title": 3, "started_on": []}, {"started_on": "2030-13-40"}, {"title": "x" * 10_000},
            {"title": "\x00", "started_on": "2020-01-01", "job_title": {"source": {}, "external_id": 4}},
        ],
    )  # fmt: skip
    def test_nonsense_breaks_nothing(self, row: dict[str, Any]) -> None:
        person, lost = self.take({"passport.experience": [row], "unknown.table": [row], "people.person": [{"x": 1}]})
        assert person.user is not None
        assert lost
