"""The demonstration is coherent: every invented row is one that the product could have written."""

from typing import Any

import pytest
from django.db.models import Count, F, Max, Q

from entremise.accounts.models import Membership, User
from entremise.accounts.queries import demo_accounts
from entremise.demo import actions, story
from entremise.demo.accounts import ACCOUNTS
from entremise.employers.models import Contact, Establishment
from entremise.employers.models_spaces import RecruiterSpace
from entremise.kernel.actors import PROFESSIONALS, Role
from entremise.kernel.models import OutboxMessage
from entremise.lib.identifiers import parse_siret
from entremise.matching.models import PoolEntry
from entremise.passport.models import Evidence, HeldSkill
from entremise.people.models import Consent, Identity, Person
from entremise.promotions.enums import PromotionState
from entremise.promotions.models import Promotion
from entremise.skills import actions as skills
from entremise.territories import actions as territories
from entremise.validations.models import Request

pytestmark = pytest.mark.django_db
PEOPLE = 150


def every(model: Any) -> Any:
    return model.objects.unscoped("a test")


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Any:
    """Build the demonstration once for the module, in a transaction rolled back at its end."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        territories.load_builtin()
        skills.load_builtin()
        seen: list[int] = []
        built = actions.build(people=PEOPLE, seed=3, progress=lambda done, total: seen.append(done))
        yield built, seen
        transaction.set_rollback(True)


def test_it_invents_who_was_asked_for_and_the_two_people_of_the_story(demo: Any) -> None:
    built, seen = demo
    assert built == every(Person).count() == PEOPLE + 2
    assert seen[-1] == PEOPLE
    assert {u.phone for u in User.objects.filter(person__isnull=False)} == {story.AWA_PHONE, story.KARIM_PHONE}


def test_it_is_built_once(demo: Any) -> None:
    with pytest.raises(actions.DemoExists, match="existe déjà"):
        actions.build(people=5)


def test_each_role_can_be_tried(demo: Any) -> None:
    roles = set(Membership.objects.values_list("role", flat=True))
    assert roles == {str(role) for role in PROFESSIONALS}


def test_the_accounts_that_the_command_prints_exist(demo: Any) -> None:
    logins = {login for _label, login in ACCOUNTS}
    found = User.objects.filter(Q(email__in=logins) | Q(phone__in=logins))
    assert found.count() == len(logins) == 7


def test_two_recruiter_spaces_one_certified_and_one_that_waits(demo: Any) -> None:
    spaces = every(RecruiterSpace).order_by("created_at")
    assert [space.state for space in spaces] == ["certified", "to_certify"]
    assert User.objects.filter(is_recruiter=True).count() == 2
    assert Role.RECRUITER in {account.role for account in demo_accounts()}


def test_companies_are_fictional_valid_and_sometimes_closed(demo: Any) -> None:
    rows = Establishment.objects.all()
    assert rows.count() > 250
    assert not rows.filter(is_fictional=False).exists()
    assert all(parse_siret(siret) for siret in rows.values_list("siret", flat=True))
    assert 0 < rows.filter(closed_on__isnull=False).count() < rows.count() / 10
    assert not rows.exclude(pk__in=every(Contact).values("establishment")).exists()


def test_nobody_invented_can_be_reached_for_real(demo: Any) -> None:
    assert not every(Identity).exclude(email__endswith=".example").exists()
    assert not every(Identity).exclude(phone__startswith="+3363998").exists()
    assert not every(Contact).exclude(email__endswith=".example").exists()
    assert all(m.recipient.endswith(".example") for m in OutboxMessage.objects.filter(channel="email"))


def test_the_assurance_of_a_skill_is_that_of_its_best_evidence(demo: Any) -> None:
    wrong = (
        every(HeldSkill)
        .annotate(best=Max("evidence__assurance"))
        .exclude(Q(assurance=F("best")) | Q(assurance=0, best=None))
    )
    assert not wrong.exists()
    assert every(HeldSkill).filter(assurance__gt=0).count() > 50


def test_a_profile_knows_how_many_of_its_skills_are_proved(demo: Any) -> None:
    proved = Count("held_skills", filter=Q(held_skills__assurance__gt=0))
    assert not every(Person).annotate(n=proved).exclude(n=F("validated_skill_count")).exists()


def test_a_promotion_s_facts_agree_with_its_state(demo: Any) -> None:
    rows = every(Promotion)
    answered = [PromotionState.ANSWERED, PromotionState.CLOSED]
    assert rows.count() > 40
    assert not rows.filter(state__in=answered, answered_at=None).exists()
    assert not rows.filter(answer="", state__in=answered).exists()
    assert not rows.exclude(state__in=answered).exclude(answer="").exists()
    assert not rows.filter(state=PromotionState.CLOSED, outcome="").exists()
    assert not rows.filter(answered_at__lt=F("sent_at")).exists()
    assert not rows.filter(state__in=["sent", "opened"], expires_at__lt=actions.clock.now()).exists()
    assert not rows.exclude(person__in=every(Consent).values("person")).exists()


def test_the_rates_are_those_of_the_field(demo: Any) -> None:
    rows = every(Promotion)
    share = rows.exclude(answer="").count() / rows.count()
    assert 0.2 < share < 0.6


def test_requests_are_those_of_one_experience_and_its_company(demo: Any) -> None:
    assert not every(Request).exclude(establishment=F("experience__establishment")).exists()
    assert not every(Request).exclude(person=F("experience__person")).exists()


def test_the_pool_holds_who_agreed_and_nobody_else(demo: Any) -> None:
    pool = set(every(PoolEntry).values_list("pk", flat=True))
    assert pool == set(every(Consent).filter(withdrawn_at=None).values_list("person_id", flat=True))


def test_some_answers_wait_for_a_call_and_level_three_was_called_about(demo: Any) -> None:
    answers = every(Request).filter(answered_at__isnull=False)
    assert 0 < answers.filter(to_check=True).count() < answers.count() / 4
    assert not answers.filter(to_check=True, checked_at__isnull=False).exists()
    called = set(answers.filter(checked_at__isnull=False).values_list("pk", flat=True))
    assert called
    assert set(every(Evidence).filter(assurance=3).values_list("source_id", flat=True)) == called
