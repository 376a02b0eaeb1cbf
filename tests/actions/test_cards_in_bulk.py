"""The cards of several candidates are those of each one, in two queries whatever their number."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entremise.passport import queries_card
from entremise.passport.enums import Assurance
from entremise.people.enums import Visibility
from tests.factories.employers import EstablishmentFactory
from tests.factories.passport import ExperienceFactory, HeldSkillFactory, evidence
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def full():
    person = PersonFactory(wishing=True)
    ExperienceFactory(person=person, establishment=EstablishmentFactory())
    ExperienceFactory(person=person, employer_name="Chez Suzanne", ended_on=None)
    for year in range(2010, 2014):
        ExperienceFactory(person=person, started_on=dt.date(year, 1, 1), ended_on=dt.date(year, 6, 1))
    twice = HeldSkillFactory(person=person, proved=True, level="expert", example="Cent couverts.")
    evidence(twice, assurance=Assurance.COMPANY, given_on=dt.date(2026, 1, 2), level="autonomous", origin="Ailleurs")
    HeldSkillFactory(person=person, level="beginner", example="À la maison.")
    HeldSkillFactory(person=person, proved=True, is_shown=False)
    for _ in range(12):
        HeldSkillFactory(person=person)
    return person


def test_each_card_is_the_one_of_the_person_alone() -> None:
    named, anonymous, empty = full(), full(), PersonFactory(elsewhere=True)
    cards = queries_card.cards_of([named, anonymous, empty], {named.pk})
    assert cards == {
        named.pk: queries_card.card_of(named, Visibility.NAMED),
        anonymous.pk: queries_card.card_of(anonymous, Visibility.ANONYMOUS),
        empty.pk: queries_card.card_of(empty, Visibility.ANONYMOUS),
    }
    assert cards[named.pk].name == "Awa Diallo"
    assert cards[anonymous.pk].name == ""


def test_ten_people_cost_what_one_costs() -> None:
    several = [full() for _ in range(4)]
    with CaptureQueriesContext(connection) as seen:
        queries_card.cards_of(several, {one.pk for one in several})
    assert len(seen) == 2
    assert queries_card.cards_of([]) == {}
