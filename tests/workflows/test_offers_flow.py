"""The life of an offer: draft, open, closed with a reason; what is refused, and in which words."""

import pytest

from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Role
from entremise.kernel.models import JournalEntry
from entremise.kernel.workflow import TransitionRefused
from entremise.offers import actions
from entremise.offers.actions import OfferRefused
from entremise.offers.enums import CloseReason, OfferState
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.employers import EstablishmentFactory
from tests.factories.offers import OfferFactory, again
from tests.factories.people import JobseekerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser():
    return actor_of(professional())


def last_line() -> JournalEntry:
    return JournalEntry.objects.latest("pk")


def test_a_draft_is_opened_then_closed_with_a_reason(adviser) -> None:
    offer = OfferFactory()
    opened = actions.open_offer(offer, actor=adviser)
    assert (opened.state, opened.opened_at is not None) == (OfferState.OPEN, True)
    closed = actions.close(opened, actor=adviser, reason=CloseReason.FILLED)
    assert (closed.state, closed.close_reason) == (OfferState.CLOSED, CloseReason.FILLED)
    assert closed.closed_at is not None
    line = last_line()
    assert (line.verb, line.before, line.after, line.data) == ("offers.close", "open", "closed", {"reason": "filled"})


def test_an_offer_is_opened_once(adviser) -> None:
    with pytest.raises(TransitionRefused, match="déjà ouverte"):
        actions.open_offer(OfferFactory(open=True), actor=adviser)


def test_a_closed_offer_is_opened_again_and_keeps_the_day_it_was_first_opened(adviser) -> None:
    opened = actions.open_offer(OfferFactory(), actor=adviser)
    closed = actions.close(opened, actor=adviser, reason=CloseReason.ABANDONED)
    again_open = actions.reopen(closed, actor=adviser)
    assert (again_open.state, again_open.close_reason, again_open.closed_at) == (OfferState.OPEN, "", None)
    assert again_open.opened_at == opened.opened_at
    line = last_line()
    assert (line.verb, line.before, line.after) == ("offers.reopen", "closed", "open")
    assert line.data == {"reason": "abandoned", "closed_at": closed.closed_at.isoformat()}
    assert actions.close(again_open, actor=adviser, reason=CloseReason.FILLED).close_reason == CloseReason.FILLED


def test_a_draft_closed_then_opened_again_is_opened_that_day(adviser) -> None:
    closed = actions.close(OfferFactory(), actor=adviser, reason=CloseReason.MISTAKEN)
    assert closed.opened_at is None
    assert actions.reopen(closed, actor=adviser).opened_at is not None


@pytest.mark.parametrize(("facts", "sentence"), [({}, "encore un brouillon"), ({"open": True}, "déjà ouverte")])
def test_only_a_closed_offer_is_opened_again(adviser, facts, sentence) -> None:
    with pytest.raises(TransitionRefused, match=sentence):
        actions.reopen(OfferFactory(**facts), actor=adviser)


def test_no_offer_is_opened_again_where_nobody_works_any_more(adviser) -> None:
    offer = OfferFactory(closed=True, establishment=EstablishmentFactory(closed=True))
    with pytest.raises(TransitionRefused, match="ne peut pas être rouverte"):
        actions.reopen(offer, actor=adviser)
    assert again(offer).close_reason == CloseReason.ABANDONED


@pytest.mark.parametrize("move", [actions.open_offer, lambda o, actor: actions.close(o, actor=actor, reason="filled")])
def test_a_closed_offer_stays_closed(adviser, move) -> None:
    with pytest.raises(TransitionRefused, match="Cette offre est close"):
        move(OfferFactory(closed=True), actor=adviser)


def test_no_offer_is_opened_where_nobody_works_any_more(adviser) -> None:
    offer = OfferFactory(establishment=EstablishmentFactory(closed=True))
    with pytest.raises(TransitionRefused, match="Cet établissement est fermé"):
        actions.open_offer(offer, actor=adviser)
    assert again(offer).state == OfferState.DRAFT


@pytest.mark.parametrize("reason", ["", "fatigue"])
def test_an_offer_is_not_closed_without_a_reason(adviser, reason) -> None:
    offer = OfferFactory(open=True)
    with pytest.raises(OfferRefused, match="Dites pourquoi"):
        actions.close(offer, actor=adviser, reason=reason)
    assert again(offer).state == OfferState.OPEN


def test_a_draft_cannot_have_been_filled_by_somebody_presented(adviser) -> None:
    offer = OfferFactory()
    with pytest.raises(OfferRefused, match="Un brouillon n'a encore été proposé à personne"):
        actions.close(offer, actor=adviser, reason=CloseReason.FILLED)
    assert actions.close(offer, actor=adviser, reason=CloseReason.MISTAKEN).state == OfferState.CLOSED


def test_a_colleague_of_another_territory_moves_nothing() -> None:
    stranger = actor_of(professional(agency=AgencyFactory(department_code="38")))
    for move, facts in ((actions.open_offer, {}), (actions.reopen, {"closed": True})):
        with pytest.raises(AccessDenied, match="un autre territoire"):
            move(OfferFactory(**facts), actor=stranger)


@pytest.mark.parametrize("role", [Role.PLACEMENT_ADVISER, Role.ADMIN, Role.MODERATOR])
def test_another_role_moves_nothing(role) -> None:
    for move, facts in ((actions.open_offer, {}), (actions.reopen, {"closed": True})):
        with pytest.raises(AccessDenied, match="Votre rôle ne donne pas accès"):
            move(OfferFactory(**facts), actor=actor_of(professional(role)))


def test_a_jobseeker_moves_nothing() -> None:
    with pytest.raises(AccessDenied):
        actions.open_offer(OfferFactory(), actor=actor_of(JobseekerFactory()))


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.DIRECTOR])
def test_a_lead_may_as_much_as_the_team(role) -> None:
    assert actions.open_offer(OfferFactory(), actor=actor_of(professional(role))).state == OfferState.OPEN
