"""The file of an establishment: what is noted in it, its one timeline, how it is found."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entremise.desk import queries as desk
from entremise.desk.enums import DueKind
from entremise.desk.queries_timeline import Entry, timeline
from entremise.employers import actions, actions_file, queries
from entremise.employers.actions_file import FileRefused
from entremise.employers.enums import LogChannel
from entremise.employers.enums_events import Certainty, ForecastSource, Moment, ServiceKind
from entremise.employers.models import Contact, Establishment
from entremise.employers.models_events import EstablishmentEvent
from entremise.kernel.access import AccessDenied
from entremise.lib.identifiers import siret_with_key
from entremise.promotions import actions as promotions
from entremise.validations.enums import Verdict
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.employers import ContactFactory, ContactLogFactory, EstablishmentFactory, siret
from tests.factories.offers import OfferFactory
from tests.factories.promotions import MONDAY, World, employer, world
from tests.factories.skills import OccupationFactory
from tests.factories.validations import answered

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def small() -> World:
    return world()


def kinds(found: list[Entry]) -> list[str]:
    return [f"{one.kind}{'.' if one.step else ''}{one.step}" for one in found]


def note_all(small: World, place: Establishment) -> None:
    told = {"actor": small.adviser, "agency": small.agency}
    actions_file.note_service(
        place, service=ServiceKind.PMSMP, on=TODAY - dt.timedelta(days=4), note="Deux semaines", **told
    )
    actions_file.note_forecast(
        place, occupation=OccupationFactory(label="Cuisinier"), number=3, expected_on=dt.date(2027, 4, 1),
        source=ForecastSource.SAID, certainty=Certainty.LIKELY, **told,
    )  # fmt: skip
    actions_file.note_satisfaction(
        place, moment=Moment.MEETING, mark=4, on=TODAY - dt.timedelta(days=1), verbatim="Très à l'écoute", **told
    )


def test_everything_is_in_one_timeline_in_one_query(small: World) -> None:
    place = small.first.establishment
    ContactLogFactory(establishment=place, at=MONDAY - dt.timedelta(days=3), contact=small.first)
    note_all(small, place)
    OfferFactory(establishment=place, agency=small.agency, created_at=MONDAY - dt.timedelta(days=10))
    (sent,) = small.send()
    with time_machine.travel(MONDAY + dt.timedelta(hours=2), tick=False):
        promotions.answer(sent, actor=employer(sent), answer="meeting", word="Venez lundi")
    with time_machine.travel(MONDAY + dt.timedelta(days=9), tick=False):
        promotions.record_outcome(
            sent, actor=small.adviser, outcome="hired", on=TODAY + dt.timedelta(days=8), contract="cdi"
        )
        actions.close(place, actor=small.adviser, closed_on=TODAY + dt.timedelta(days=9))
    with CaptureQueriesContext(connection) as captured:
        found = timeline(place, small.adviser).entries
    assert len(captured) == 1
    assert sorted(kinds(found)) == sorted(
        ["event", "hire", "promotion.answered", "forecast", "promotion", "satisfaction", "log", "service", "offer"]
    )
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)
    by_kind = {one.kind + one.step: one for one in found}
    assert (by_kind["log"].contact, by_kind["log"].code) == ("Marc Lemoine", LogChannel.CALL)
    assert by_kind["forecast"].label.startswith("Cuisinier")
    assert by_kind["forecast"].number == 3
    assert (by_kind["satisfaction"].number, by_kind["satisfaction"].words) == (4, "Très à l'écoute")
    assert (by_kind["promotion"].label, by_kind["promotion"].author) == (small.person.reference, small.user.full_name)
    assert (by_kind["promotionanswered"].code, by_kind["promotionanswered"].words) == ("meeting", "Venez lundi")
    assert (by_kind["hire"].code, by_kind["hire"].day) == ("cdi", TODAY + dt.timedelta(days=8))
    assert (by_kind["event"].code, by_kind["event"].second) == ("closed", "adviser")
    confirmed = answered(Verdict.CONFIRMED, Verdict.CONFIRMED, Verdict.CONFIRMED, Verdict.CONFIRMED)
    assert kinds(timeline(confirmed.establishment, small.adviser).entries) == ["validation"]


def test_pages_follow_each_other_without_loss_and_kinds_are_filtered(small: World) -> None:
    place = small.first.establishment
    for number in range(7):
        ContactLogFactory(establishment=place, at=MONDAY - dt.timedelta(days=number // 2))
    note_all(small, place)
    whole = timeline(place, small.adviser).entries
    assert len(whole) == 10
    read: list[Entry] = []
    after = ""
    for _page in range(4):
        page = timeline(place, small.adviser, after=after, limit=3)
        read += page.entries
        after = page.next_key
    assert (read, after) == (whole, "")
    only = timeline(place, small.adviser, kinds={"service", "forecast"}).entries
    assert sorted(kinds(only)) == ["forecast", "service"]
    assert timeline(place, small.adviser, kinds={"jamais"}).entries == []
    assert len(timeline(place, small.adviser, after="n'importe_quoi").entries) == 10


def test_a_stranger_to_the_territory_sees_nothing_and_notes_nothing(small: World) -> None:
    place = small.first.establishment
    ContactLogFactory(establishment=place, at=MONDAY)
    note_all(small, place)
    far = actor_of(professional(agency=AgencyFactory(department_code="38")))
    assert timeline(place, far).entries == []
    with pytest.raises(AccessDenied, match="relève d'un autre territoire"):
        actions_file.note_service(place, actor=far, service=ServiceKind.MRS, on=TODAY)
    with pytest.raises(AccessDenied, match="relève d'un autre territoire"):
        actions_file.note_satisfaction(place, actor=far, moment=Moment.MEETING, mark=5, on=TODAY)


@pytest.mark.parametrize(
    ("what", "facts", "sentence"),
    [
        ("note_service", {"service": "mrs", "on": TODAY + dt.timedelta(days=1)}, "cette date est dans le futur"),
        ("note_forecast", {"number": 0}, "à partir de 1"),
        ("note_forecast", {"expected_on": TODAY - dt.timedelta(days=1)}, "les deux ans qui viennent"),
        ("note_forecast", {"expected_on": TODAY + dt.timedelta(days=800)}, "les deux ans qui viennent"),
        ("note_satisfaction", {"mark": 6}, "La note va de 1"),
        ("note_satisfaction", {"on": TODAY + dt.timedelta(days=1)}, "cette date est dans le futur"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(small: World, what: str, facts: dict, sentence: str) -> None:
    usual = {
        "note_service": {},
        "note_forecast": {
            "occupation": OccupationFactory(), "number": 1, "expected_on": TODAY,
            "source": "said", "certainty": "sure",
        },
        "note_satisfaction": {"moment": "meeting", "mark": 3, "on": TODAY},
    }[what]  # fmt: skip
    with pytest.raises(FileRefused, match=sentence):
        getattr(actions_file, what)(small.first.establishment, actor=small.adviser, **usual | facts)


def test_a_closed_establishment_foresees_nothing_and_a_contact_of_elsewhere_says_nothing(small: World) -> None:
    closed = EstablishmentFactory(closed=True)
    facts = {"number": 1, "expected_on": TODAY, "source": "said", "certainty": "sure"}
    with pytest.raises(FileRefused, match="est fermé depuis le 31 mars 2025"):
        actions_file.note_forecast(closed, actor=small.adviser, occupation=OccupationFactory(), **facts)
    with pytest.raises(FileRefused, match="dans un autre établissement"):
        actions_file.note_satisfaction(
            closed, actor=small.adviser, moment="meeting", mark=2, on=TODAY, contact=small.first
        )


def test_an_establishment_is_found_by_the_phone_or_the_address_of_its_contacts_of_the_territory(small: World) -> None:
    place = EstablishmentFactory(name="Fonderie du Vercors", phone="+33475998877")
    ContactFactory(establishment=place, email="lea.brun@fonderie.example", phone="+33639981234")
    for typed in ("lea.brun@fonderie.example", "LEA.BRUN@", "06 39 98 12 34", "+33 6 39 98 12 34", "04 75 99 88 77"):
        assert queries.search(typed, small.adviser) == [place], typed
    far = actor_of(professional(agency=AgencyFactory(department_code="38")))
    assert queries.search("lea.brun@fonderie.example", far) == []
    assert queries.search("06 39 98 12 34", far) == []
    assert queries.search("04 75 99 88 77", far) == [place]  # the switchboard is in the public directory
    opposed = Contact.objects.unscoped("test").get(establishment=place)
    actions.oppose(opposed, actor=small.adviser)
    assert queries.search("lea.brun@", small.adviser) == [place]


def test_other_establishments_of_the_company_are_listed_open_ones_first() -> None:
    root = siret(4321)[:9]
    first, second, third = (
        EstablishmentFactory(siret=siret_with_key(root, number).value, closed=number == 2) for number in (1, 2, 3)
    )
    EstablishmentFactory()
    assert list(queries.siblings(first)) == [third, second]


def test_the_advisers_who_work_with_an_establishment_are_told_what_happens_there(small: World) -> None:
    talked, offering, presenting, colleague = (professional(agency=small.agency) for _ in range(4))
    place, quiet = small.first.establishment, EstablishmentFactory()
    ContactLogFactory(establishment=place, author=talked)
    OfferFactory(establishment=place, agency=small.agency, adviser=offering, open=True)
    small.send()
    actions.close(place, actor=actor_of(colleague), closed_on=TODAY)
    EstablishmentEvent.objects.unscoped("test").create(
        establishment=quiet, kind="size", before="01", after="11", at=MONDAY
    )
    sister = EstablishmentFactory(siret=siret_with_key(place.siren, 77).value, name="Flore Romans")
    EstablishmentEvent.objects.unscoped("test").create(establishment=sister, kind="created", at=MONDAY)

    def told(user) -> set[str]:
        lines = desk.due_list(actor_of(user), MONDAY + dt.timedelta(hours=1))
        return {line.sentence for line in lines if line.kind == DueKind.EVENT}

    closed = "Les Jardins de Flore : fermeture."
    assert told(talked) == {closed, "Flore Romans : nouvel établissement d'une entreprise connue."}
    assert told(offering) == told(small.user) == {closed}
    assert told(colleague) == set()
    assert told(presenting) == set()
    later = desk.due_list(actor_of(talked), MONDAY + dt.timedelta(days=8))
    assert not [line for line in later if line.kind == DueKind.EVENT]
