"""The invented offers: coherent with their companies, over two years, with people for them, Karim among them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count, F, Q
from pytest_django.plugin import DjangoDbBlocker

from entremise.accounts.models import Membership, User
from entremise.accounts.queries import actor_for
from entremise.demo import actions, business, offers
from entremise.demo.accounts import KARIM_PHONE
from entremise.kernel import clock
from entremise.matching.queries_offers import people_for, relaxations_for
from entremise.matching.queries_reverse import offers_for
from entremise.offers.enums import CloseReason, OfferState
from entremise.offers.models import Offer
from entremise.offers.models_checks import OfferAlert
from entremise.offers.queries import complete
from entremise.offers.queries_attractiveness import position_of
from entremise.offers.queries_duplicates import repeated
from entremise.people.models import Person
from entremise.skills import actions as skills
from entremise.territories import actions as territories

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Build the demonstration once for the module, in a transaction rolled back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        territories.load_builtin()
        skills.load_builtin()
        actions.build(people=200, seed=3)
        yield
        transaction.set_rollback(True)


def every() -> Any:
    return complete(Offer.objects.unscoped("a test")).order_by("created_at")


def test_there_are_some_of_each_kind() -> None:
    states = dict(every().order_by().values_list("state").annotate(n=Count("pk")))
    assert states == {
        "open": offers.OPEN_COUNT + 3, "closed": offers.CLOSED_COUNT + business.MARKET_COUNT,
        "draft": offers.DRAFT_COUNT, "waiting": 1,
    }  # fmt: skip
    days = list(every().order_by("pk").values_list("created_at", flat=True))
    assert days == sorted(days)
    assert every().values("occupation").distinct().count() > 12
    assert every().values("agency").distinct().count() > 3


def test_an_offer_s_dates_and_reason_agree_with_its_state() -> None:
    now = clock.now()
    assert not every().filter(Q(created_at__gt=now) | Q(opened_at__gt=now) | Q(closed_at__gt=now)).exists()
    assert not every().filter(Q(opened_at__lt=F("created_at")) | Q(closed_at__lt=F("opened_at"))).exists()
    assert not every().filter(state=OfferState.OPEN, opened_at=None).exists()
    assert not every().filter(close_reason=CloseReason.FILLED, opened_at=None).exists()
    assert not every().filter(state=OfferState.DRAFT).exclude(opened_at=None).exists()
    assert not every().filter(state=OfferState.CLOSED, closed_at=None).exists()


def test_an_offer_is_one_that_its_adviser_could_have_entered() -> None:
    for offer in every().filter(space=None).prefetch_related("offer_skills"):
        assert offer.establishment.is_open
        assert offer.commune == offer.establishment.commune
        assert offer.job_title is None or offer.job_title.occupation == offer.occupation
        assert Membership.objects.filter(agency=offer.agency, user=offer.adviser, role="business_adviser").exists()
        assert 1 <= len(offer.offer_skills.all()) <= 30


def test_most_open_offers_have_people_and_some_would_have_more() -> None:
    claire = actor_for(User.objects.get(email__startswith="claire.morel"), second_factor=True)
    looked = list(every().filter(state=OfferState.OPEN))
    found = [people_for(offer, actor=claire).total for offer in looked]
    assert sum(total > 0 for total in found) >= len(found) * 0.6
    assert sum(bool(relaxations_for(offer, actor=claire)) for offer in looked) >= len(looked) * 0.5


def test_karim_has_offers() -> None:
    karim = Person.objects.unscoped("a test").get(user__phone=KARIM_PHONE)
    assert len(offers_for(karim, actor=actor_for(karim.user, second_factor=False)).found) >= 1


def test_the_desk_has_an_offer_to_read_one_told_twice_and_a_market_to_compare_with() -> None:
    (waiting,) = every().filter(state=OfferState.WAITING)
    alerts = set(OfferAlert.objects.unscoped("a test").filter(offer=waiting).values_list("code", flat=True))
    assert {"age", "residence"} <= alerts
    first, again = every().filter(title__icontains="commandes", state=OfferState.OPEN, pay_min_cents=1_265)
    assert [repeat.offer.pk for repeat in repeated(first)] == [again.pk]
    assert position_of(first) is not None
