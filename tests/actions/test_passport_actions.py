"""Experiences, skills said, and what others say of them."""

import datetime as dt
from uuid import UUID

import pytest
import time_machine

from entremise.kernel import clock, journal, notices
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor, ActorKind, Role, job_actor, link_actor
from entremise.kernel.erasure import Rows, declarations
from entremise.lib.uuid7 import uuid7
from entremise.passport import actions, queries, rules
from entremise.passport.actions import PassportRefused
from entremise.passport.enums import Assurance, DoubtKind, EvidenceSource, NextAction, Verb
from entremise.passport.models import Evidence, HeldSkill
from entremise.passport.receivers import erase
from entremise.people.models import Person
from entremise.skills.enums import SkillKind, Weight
from entremise.skills.models import Skill
from tests.factories.employers import EstablishmentFactory
from tests.factories.passport import (
    ExperienceFactory,
    HeldSkillFactory,
    JobTitleFactory,
    SkillFactory,
    calls_for,
    evidence,
)
from tests.factories.people import PersonFactory, identity_of, occupation, owner

pytestmark = pytest.mark.django_db
VALIDATOR = link_actor(uuid7(), Role.VALIDATOR)
JOB = job_actor("tests")


def held_of(person: Person, skill: Skill) -> HeldSkill:
    return queries.held_skill(person.held_skills.get(skill=skill).pk, JOB)


def confirm(
    person: Person, skill: Skill, *, source_id: object = None, actor: Actor = VALIDATOR, **facts: object
) -> Evidence:
    told = {"assurance": Assurance.COMPANY, "origin": "Maison Garance", "witness_role": "cheffe", **facts}
    return actions.record_evidence(
        person, actor=actor, skill=skill, source=EvidenceSource.VALIDATION, source_id=source_id or uuid7(), **told
    )


def proved_count(person: Person) -> int:
    return Person.objects.unscoped("test").get(pk=person.pk).validated_skill_count


def test_an_experience_takes_its_occupation_from_the_job_title() -> None:
    person, job_title = PersonFactory(), JobTitleFactory()
    experience = actions.add_experience(
        person,
        actor=owner(person),
        title=job_title.label,
        job_title=job_title,
        started_on=dt.date(2021, 3, 1),
        establishment=EstablishmentFactory(),
    )
    assert experience.occupation == job_title.occupation
    assert journal.history(experience).get().person_id == person.pk


def test_a_closed_establishment_is_still_part_of_a_past() -> None:
    person = PersonFactory()
    experience = actions.add_experience(
        person,
        actor=owner(person),
        title="Serveuse",
        started_on=dt.date(2019, 1, 1),
        establishment=EstablishmentFactory(closed=True),
    )
    assert experience.establishment.closed_on


def test_an_end_before_the_start_is_refused() -> None:
    person = PersonFactory()
    with pytest.raises(PassportRefused, match="La date de fin doit venir après la date de début"):
        actions.add_experience(
            person,
            actor=owner(person),
            title="Serveuse",
            started_on=dt.date(2022, 5, 1),
            ended_on=dt.date(2022, 4, 30),
        )
    assert not person.experiences.exists()


@time_machine.travel("2026-11-24 10:00 +0100", tick=False)
def test_an_experience_to_come_is_refused_at_its_start() -> None:
    person = PersonFactory()
    with pytest.raises(PassportRefused, match="pas encore passée") as refusal:
        actions.add_experience(person, actor=owner(person), title="Serveuse", started_on=dt.date(2026, 12, 1))
    assert refusal.value.field == "started_on"


def test_a_correction_obeys_the_same_rules() -> None:
    experience = ExperienceFactory()
    with pytest.raises(PassportRefused, match="La date de fin"):
        actions.change_experience(experience, actor=owner(experience.person), ended_on=dt.date(2001, 1, 1))
    changed = actions.change_experience(experience, actor=owner(experience.person), tasks=" Repas pour 80 personnes ")
    assert changed.tasks == "Repas pour 80 personnes"


def test_removing_an_experience_keeps_its_skills() -> None:
    experience = ExperienceFactory()
    person, skill = experience.person, SkillFactory()
    actions.declare_skills(person, actor=owner(person), skill_ids=[skill.pk], experience=experience)
    actions.remove_experience(experience, actor=owner(person))
    assert held_of(person, skill).is_shown
    assert journal.history(person).latest("at").verb == Verb.EXPERIENCE_REMOVED


def test_nobody_writes_in_the_passport_of_another() -> None:
    experience, stranger = ExperienceFactory(), owner(PersonFactory())
    person = experience.person
    held = HeldSkillFactory(person=person)
    adviser = Actor(
        ActorKind.USER, str(uuid7()), frozenset({Role.PLACEMENT_ADVISER}), frozenset({"26"}), second_factor=True
    )
    for actor in (stranger, adviser, VALIDATOR):
        with pytest.raises(AccessDenied):
            actions.declare_skills(person, actor=actor, skill_ids=[SkillFactory().pk])
        with pytest.raises(AccessDenied):
            actions.remove_experience(experience, actor=actor)
        with pytest.raises(AccessDenied):
            actions.set_shown(held, actor=actor, is_shown=False)


def test_only_new_skills_are_returned_and_all_are_tied_to_the_experience() -> None:
    experience = ExperienceFactory()
    person, known, new = experience.person, SkillFactory(), SkillFactory()
    HeldSkillFactory(person=person, skill=known)
    made = actions.declare_skills(
        person, actor=owner(person), skill_ids=[known.pk, new.pk, new.pk], experience=experience
    )
    assert [one.skill for one in made] == [new]
    assert {one.skill for one in experience.held_skills.all()} == {known, new}


def test_a_skill_out_of_the_referential_is_refused() -> None:
    person, retired = PersonFactory(), SkillFactory(retired_on=dt.date(2026, 1, 1))
    for unknown in (uuid7(), retired.pk):
        with pytest.raises(PassportRefused, match="parmi les propositions"):
            actions.declare_skills(person, actor=owner(person), skill_ids=[unknown])


def test_an_endless_list_of_skills_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MAX_HELD_SKILLS", 2)
    person = PersonFactory()
    with pytest.raises(PassportRefused, match="les 2 compétences qui comptent"):
        actions.declare_skills(person, actor=owner(person), skill_ids=[SkillFactory().pk for _ in range(3)])


def test_a_skill_may_be_told_with_a_level_and_an_example() -> None:
    held = HeldSkillFactory()
    changed = actions.change_skill(held, actor=owner(held.person), level="autonomous", example=" 80 couverts ")
    assert (changed.level, changed.example) == ("autonomous", "80 couverts")


def test_a_skill_cannot_be_last_used_tomorrow() -> None:
    held = HeldSkillFactory()
    tomorrow = clock.today() + dt.timedelta(days=2)
    with pytest.raises(PassportRefused, match="pas encore passée"):
        actions.change_skill(held, actor=owner(held.person), last_used_on=tomorrow)


def test_a_confirmation_gives_date_origin_level_and_counts_on_the_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[object] = []
    monkeypatch.setattr(notices.profile_changed, "_receivers", [heard.append])
    held = HeldSkillFactory()
    confirm(held.person, held.skill, given_on=dt.date(2026, 11, 24))
    (proof,) = queries.proof_wall(held.person)
    assert (proof.assurance, proof.origin, proof.witness_role, proof.given_on) == (
        Assurance.COMPANY,
        "Maison Garance",
        "cheffe",
        dt.date(2026, 11, 24),
    )
    assert proved_count(held.person) == 1
    assert held.person.pk in heard


def test_a_skill_she_forgot_enters_the_passport_proved() -> None:
    person, skill = PersonFactory(), SkillFactory()
    confirm(person, skill)
    assert held_of(person, skill).assurance == Assurance.COMPANY


def test_the_assurance_is_that_of_the_best_living_proof() -> None:
    held = HeldSkillFactory()
    confirm(held.person, held.skill, assurance=Assurance.ANSWERED)
    best = confirm(held.person, held.skill, assurance=Assurance.COMPANY)
    assert held_of(held.person, held.skill).assurance == Assurance.COMPANY
    actions.revoke_evidence(best, actor=VALIDATOR)
    assert held_of(held.person, held.skill).assurance == Assurance.ANSWERED
    assert queries.best_proof(held_of(held.person, held.skill)).count == 1


def test_a_proof_taken_back_leaves_a_skill_that_is_only_said() -> None:
    held = HeldSkillFactory()
    actions.revoke_evidence(confirm(held.person, held.skill), actor=VALIDATOR)
    again = held_of(held.person, held.skill)
    assert (again.assurance, again.is_shown) == (Assurance.DECLARED, True)
    assert proved_count(held.person) == 0
    assert queries.proof_wall(held.person) == []


def test_the_same_source_corrects_its_own_word() -> None:
    held, source = HeldSkillFactory(), uuid7()
    first = confirm(held.person, held.skill, source_id=source, level="beginner")
    actions.revoke_evidence(first, actor=VALIDATOR)
    again = confirm(held.person, held.skill, source_id=source, level="expert")
    assert (again.pk, again.level, again.revoked_at) == (first.pk, "expert", None)


def test_the_person_cannot_prove_her_own_skill() -> None:
    held = HeldSkillFactory()
    with pytest.raises(AccessDenied):
        confirm(held.person, held.skill, actor=owner(held.person))


def test_an_adviser_of_another_territory_proves_nothing() -> None:
    held = HeldSkillFactory()
    far = Actor(
        ActorKind.USER, str(uuid7()), frozenset({Role.PLACEMENT_ADVISER}), frozenset({"38"}), second_factor=True
    )
    with pytest.raises(AccessDenied, match="autre territoire"):
        confirm(held.person, held.skill, actor=far)


def test_what_was_not_confirmed_is_seen_by_the_person_alone() -> None:
    held = HeldSkillFactory()
    actions.hide_unconfirmed(held.person, actor=VALIDATOR, skill_ids=[held.skill_id])
    assert queries.shown_skills(held.person) == []
    assert [one.skill for one in queries.held_skills(held.person)] == [held.skill]
    assert queries.doubts(held.person) == {held.skill_id: DoubtKind.UNCONFIRMED}


def test_what_was_not_confirmed_cannot_be_shown_again() -> None:
    held = HeldSkillFactory()
    actions.hide_unconfirmed(held.person, actor=VALIDATOR, skill_ids=[held.skill_id])
    with pytest.raises(PassportRefused, match="n'a pas été confirmée"):
        actions.set_shown(held, actor=owner(held.person), is_shown=True)


def test_removing_and_saying_it_again_does_not_launder_a_doubt() -> None:
    held = HeldSkillFactory()
    person, actor = held.person, owner(held.person)
    actions.hide_unconfirmed(person, actor=VALIDATOR, skill_ids=[held.skill_id])
    actions.remove_skill(held, actor=actor)
    actions.declare_skills(person, actor=actor, skill_ids=[held.skill_id])
    assert queries.shown_skills(person) == []


def test_what_could_not_be_judged_may_be_shown_again_by_the_person() -> None:
    held = HeldSkillFactory()
    actions.hide_unconfirmed(held.person, actor=VALIDATOR, skill_ids=[], unjudged_ids=[held.skill_id])
    assert queries.shown_skills(held.person) == []
    actions.set_shown(held, actor=owner(held.person), is_shown=True)
    assert [one.skill for one in queries.shown_skills(held.person)] == [held.skill]


def test_a_doubt_does_not_hide_what_somebody_else_confirmed() -> None:
    held = HeldSkillFactory()
    confirm(held.person, held.skill)
    actions.hide_unconfirmed(held.person, actor=VALIDATOR, skill_ids=[held.skill_id])
    assert [one.skill for one in queries.shown_skills(held.person)] == [held.skill]


def test_a_doubted_skill_is_shown_as_soon_as_somebody_confirms_it_and_hidden_when_that_falls() -> None:
    held = HeldSkillFactory()
    actions.hide_unconfirmed(held.person, actor=VALIDATOR, skill_ids=[held.skill_id])
    proof = confirm(held.person, held.skill)
    assert held_of(held.person, held.skill).is_shown
    actions.revoke_evidence(proof, actor=VALIDATOR)
    assert not held_of(held.person, held.skill).is_shown


def test_a_witness_who_rectifies_lifts_her_own_doubt() -> None:
    held, source = HeldSkillFactory(), uuid7()
    actions.hide_unconfirmed(held.person, actor=VALIDATOR, skill_ids=[held.skill_id], source_id=source)
    confirm(held.person, held.skill, source_id=source)
    assert queries.doubts(held.person) == {}


def test_another_witness_does_not_lift_the_doubt_of_the_first() -> None:
    held = HeldSkillFactory()
    actions.hide_unconfirmed(held.person, actor=VALIDATOR, skill_ids=[held.skill_id], source_id=uuid7())
    actions.hide_unconfirmed(
        held.person, actor=VALIDATOR, skill_ids=[], unjudged_ids=[held.skill_id], source_id=uuid7()
    )
    assert queries.doubts(held.person) == {held.skill_id: DoubtKind.UNCONFIRMED}


def test_a_proved_skill_that_its_owner_keeps_for_herself_stays_so_and_does_not_count() -> None:
    held = HeldSkillFactory(proved=True)
    actions.set_shown(held, actor=owner(held.person), is_shown=False)
    assert proved_count(held.person) == 0
    confirm(held.person, held.skill)
    assert queries.shown_skills(held.person) == []


def test_a_proved_skill_is_kept_but_may_be_hidden() -> None:
    held = HeldSkillFactory(proved=True)
    with pytest.raises(PassportRefused, match="garder pour vous"):
        actions.remove_skill(held, actor=owner(held.person))


def test_skills_are_proposed_by_weight_know_how_first_without_those_already_held() -> None:
    job, person = occupation(), PersonFactory()
    team = calls_for(job, SkillFactory(kind=SkillKind.SOFT_SKILL, label="Travailler en équipe"), Weight.CORE)
    usual = calls_for(job, SkillFactory(label="Dresser une assiette"))
    core = calls_for(job, SkillFactory(label="Cuire une viande"), Weight.CORE)
    calls_for(job, HeldSkillFactory(person=person).skill)
    calls_for(job, SkillFactory(retired_on=dt.date(2026, 1, 1)))
    assert queries.proposed_skills(JobTitleFactory(), person) == [core, usual, team]
    assert queries.proposed_skills(job, person) == [core, usual, team]
    assert queries.proposed_skills(None, person) == []


def test_proposals_stay_readable() -> None:
    job = occupation()
    for number in range(20):
        calls_for(job, SkillFactory(kind=SkillKind.SOFT_SKILL if number % 2 else SkillKind.KNOW_HOW))
    for _ in range(10):
        calls_for(job, SkillFactory())
    found = queries.proposed_skills(job, PersonFactory())
    soft = sum(skill.kind == SkillKind.SOFT_SKILL for skill in found)
    assert (len(found) - soft, soft) == (rules.PROPOSED_KNOW_HOW, rules.PROPOSED_SOFT_SKILLS)


def test_the_meter_counts_what_others_may_see(django_assert_max_num_queries: object) -> None:
    person = PersonFactory(wishing=True)
    ExperienceFactory(person=person)
    for _ in range(5):
        HeldSkillFactory(person=person)
    hidden = HeldSkillFactory(person=person, proved=True)
    actions.set_shown(hidden, actor=owner(person), is_shown=False)
    identity = identity_of(person)
    with django_assert_max_num_queries(2):
        meter = queries.meter(person, identity, clock.today())
    assert (meter.facts.skill_count, meter.facts.proved_count) == (5, 0)
    assert meter.next_action is NextAction.PROOF
    assert queries.meter(person, identity, dt.date(2026, 11, 24), waiting_count=1).next_action is not NextAction.PROOF


def test_everything_is_exported_then_erased() -> None:
    experience = ExperienceFactory(tasks="Repas pour 80 personnes")
    held = HeldSkillFactory(person=experience.person, example="Un buffet de mariage")
    evidence(held)
    actions.hide_unconfirmed(held.person, actor=VALIDATOR, skill_ids=[SkillFactory().pk])
    exported = str(export(held.person_id))
    assert all(words in exported for words in ("80 personnes", "buffet", "Maison Garance", "unconfirmed"))
    assert erase(held.person_id) >= 4
    assert export(held.person_id) == []


def export(person_id: UUID) -> Rows:
    """Return what this domain gives a person of what it keeps about her."""
    (mine,) = [one for one in declarations() if one.domain == "passport"]
    return mine.export(person_id)
