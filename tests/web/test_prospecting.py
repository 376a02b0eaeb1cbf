"""Prospecting: targets with their reasons, a day of visits, its calendar, what came of it."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from entremise.desk import actions_prospecting as actions
from entremise.desk import queries_prospecting as queries
from entremise.desk.actions import DeskRefused
from entremise.desk.models import Visit, VisitPlan
from entremise.desk.queries import due_list
from entremise.employers.models import ContactLog
from entremise.kernel import clock
from entremise.kernel.access import AccessDenied
from tests.factories.accounts import actor_of, professional
from tests.factories.employers import EstablishmentFactory
from tests.factories.offers import OfferFactory
from tests.factories.promotions import World
from tests.web.adviser import pages_queries

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def planned(small: World, on: dt.date | None = None) -> VisitPlan:
    places = [small.first.establishment, small.second.establishment]
    return actions.make_plan(
        small.agency, actor=small.adviser, on=on or clock.today(), starts_at=dt.time(9), establishments=places
    )


def test_who_recruits_comes_first_with_why(small: World, adviser: Client) -> None:
    place = small.second.establishment
    OfferFactory(agency=small.agency, establishment=place, open=True)
    found = queries.targets(queries.Filters(), small.adviser)
    assert found[0].establishment == place
    assert found[0].reasons[:2] == ("1 offre ouverte", "1 offre en deux ans")
    only = queries.targets(queries.Filters(occupation=found[0].occupations[0]), small.adviser)
    assert [one.establishment for one in only] == [place]
    assert queries.targets(queries.Filters(size="32", occupation="A1101"), small.adviser) == []
    address = reverse("prospecting")
    assert place.name in adviser.get(address).content.decode()
    assert len(pages_queries(adviser, address)) <= 12
    unknown = adviser.get(address, {"occupation": "xyzzy"}).content.decode()
    assert "Nous ne connaissons pas ce métier" in unknown


def test_a_day_is_made_from_the_list_carried_in_a_calendar_and_told(small: World, adviser: Client) -> None:
    keys = [str(small.first.establishment_id), str(small.second.establishment_id), "nonsense"]
    told = {"on": clock.today().isoformat(), "starts_at": "08:30", "note": "Restauration", "establishments": keys}
    assert adviser.post(reverse("visit_plan_make"), told).status_code == 302
    (plan,) = VisitPlan.objects.unscoped("test")
    page = adviser.get(reverse("visit_plan", args=[plan.pk])).content.decode()
    assert "Les Jardins de Flore" in page
    assert "Restauration" in page
    events = Calendar.from_ical(adviser.get(reverse("visit_plan_calendar", args=[plan.pk])).content).walk("VEVENT")
    assert len(events) == 2
    first = queries.visits(plan)[0]
    told = {f"{first.pk}-result": "forecast", f"{first.pk}-words": "Deux saisonniers au printemps"}
    assert adviser.post(reverse("visit_result", args=[first.pk]), told).status_code == 302
    log = ContactLog.objects.unscoped("test").get(establishment=first.establishment)
    assert (log.channel, log.purpose) == ("visit", "prospecting")
    assert "Deux saisonniers" in log.outcome


def test_a_visit_not_told_is_on_the_desk(small: World, adviser: Client) -> None:
    planned(small)
    sentences = [due.sentence for due in due_list(small.adviser, clock.now())]
    assert sum("Visite chez" in sentence for sentence in sentences) == 2


def test_refusals(small: World, adviser: Client) -> None:
    facts = {"actor": small.adviser, "starts_at": dt.time(9)}
    here = [small.first.establishment]
    with pytest.raises(DeskRefused, match="à partir d'aujourd'hui"):
        actions.make_plan(small.agency, on=clock.today() - DAY, establishments=here, **facts)
    with pytest.raises(DeskRefused, match="au moins un établissement"):
        actions.make_plan(small.agency, on=clock.today(), establishments=[], **facts)
    with pytest.raises(DeskRefused, match="au plus 12 visites"):
        actions.make_plan(small.agency, on=clock.today(), establishments=here * 13, **facts)
    closed = EstablishmentFactory(name="Fermée", closed_on=clock.today() - DAY)
    with pytest.raises(DeskRefused, match="est fermé"):
        actions.make_plan(small.agency, on=clock.today(), establishments=[closed], **facts)
    page = adviser.post(reverse("visit_plan_make"), {"on": clock.today().isoformat(), "starts_at": "09:00"})
    assert page.status_code == 422
    assert "au moins un établissement" in page.content.decode()
    later = planned(small, clock.today() + DAY)
    visit = queries.visits(later)[0]
    with pytest.raises(DeskRefused, match="pas encore eu lieu"):
        actions.note_result(visit, actor=small.adviser, result="offer")
    with pytest.raises(DeskRefused, match="déjà dans le plan"):
        actions.add_visit(later, actor=small.adviser, establishment=visit.establishment)
    stranger = actor_of(professional(agency=small.agency))
    with pytest.raises(AccessDenied, match="d'un ou d'une collègue"):
        actions.shorten_road(later, actor=stranger)
    actions.remove_visit(visit, actor=small.adviser)
    assert Visit.objects.unscoped("test").filter(plan=later).count() == 1
