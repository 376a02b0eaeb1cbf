"""The same offer deposited twice: found, set aside for the other, brought back; neighbours are left alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Role, job_actor
from entremise.kernel.models import JournalEntry
from entremise.lib.nearduplicates import OfferText, Reason, compare
from entremise.offers import actions, actions_duplicates, queries_duplicates, queries_signatures
from entremise.offers.actions import OfferRefused
from entremise.offers.actions_signatures import sign_missing, sign_offers
from entremise.offers.enums import CloseReason
from entremise.offers.enums_duplicates import KeptBecause
from entremise.offers.models import Offer
from entremise.offers.models_duplicates import DuplicateDecision, OfferSignature, OfferSignatureKey
from entremise.offers.queries_duplicates import duplicates_of, duplicates_of_many, same_within, text_of
from entremise.offers.queries_signatures import KnownOffers
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.offers import OfferFactory, again

pytestmark = pytest.mark.django_db
TEXT = (
    "Vos missions :\n- Préparer les repas du midi et du soir\n- Commander les denrées et ranger la réserve\n"
    "- Respecter les règles d'hygiène\n- Adapter les menus aux régimes sans sel\nTemps plein, 35 h par semaine. "
    "2 ans d'expérience. Poste de jour."
)
REWRITTEN = (
    "<p>Offre n° 812</p><ul><li>Préparation des repas midi et soir</li><li>Commande des denrées, rangement de "
    "la réserve"
    "</li><li>Respect des règles d'hygiène</li><li>Adapter les menus aux régimes sans "
    "sel</li></ul>35h/semaine, exp. 2 ans"
)
RULE = job_actor("offers.duplicates")


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def adviser(agency):
    return actor_of(professional(agency=agency))


@pytest.fixture
def offer(agency):
    return OfferFactory(open=True, agency=agency, description=TEXT)


@pytest.fixture
def twin(agency, offer):
    return OfferFactory(
        open=True, agency=agency, establishment=offer.establishment, title="CUISINIÈRE DE COLLECTIVITÉ F/H",
        description=REWRITTEN,
    )  # fmt: skip


def match_of(offer: Offer, other: Offer):
    (found,) = [one for one in duplicates_of(offer) if one.offer_id == other.pk]
    return found.match


def set_aside(twin: Offer, offer: Offer, adviser) -> DuplicateDecision:
    sign_missing()
    return actions_duplicates.set_aside(twin, actor=adviser, kept=offer, match=match_of(offer, twin))


def test_the_same_offer_is_found_and_its_neighbours_are_not(agency, offer, twin) -> None:
    for changes in ({"contract": "cdd"}, {"title": "Plongeur en restauration"}, {"schedules": ["night"]}):
        OfferFactory(
            **{"open": True, "agency": agency, "establishment": offer.establishment, "description": TEXT} | changes
        )
    OfferFactory(open=True, agency=agency, description=TEXT)  # another employer
    OfferFactory(closed=True, agency=agency, establishment=offer.establishment, description=TEXT)
    assert duplicates_of(offer) == []  # nothing is signed yet
    assert sign_missing() == 6
    assert sign_missing() == 0
    (found,) = duplicates_of(offer)
    assert found.offer_id == twin.pk
    assert found.match.same_employer
    assert {Reason.SAME_SITE, Reason.SAME_PLACE, Reason.SAME_CONTRACT} <= set(found.match.reasons)
    assert [one.offer_id for one in duplicates_of(twin)] == [offer.pk]


def test_an_offer_is_looked_for_under_the_words_it_has_now(offer, twin) -> None:
    sign_missing()
    Offer.objects.unscoped("a test").filter(pk=twin.pk).update(
        title="Jardinier d'espaces verts",
        description="Tondre, tailler les haies, planter les massifs, arroser.",
        version=2,
    )
    assert OfferSignature.objects.get(pk=twin.pk).offer_version == 1
    assert sign_missing() == 1
    assert duplicates_of(offer) == []
    sign_offers([again(twin)])  # once more changes nothing
    assert OfferSignature.objects.count() == 2


def test_a_file_is_compared_at_once_with_the_base_and_with_itself(
    offer, twin, monkeypatch, django_assert_max_num_queries
) -> None:
    sign_missing()
    other = OfferText(
        "Soudeur", "Souder des châssis en acier, lire les plans, meuler les pièces finies, ranger l'atelier."
    )
    lines = {1: other, 2: text_of(offer), 7: text_of(twin)}
    with django_assert_max_num_queries(4):
        found = duplicates_of_many(lines, besides=[twin.pk])
    assert {line: one.offer_id for line, one in found.items()} == {2: offer.pk, 7: offer.pk}
    monkeypatch.setattr(queries_signatures, "FEW_TEXTS", 1)  # a big file reads every signature once
    with django_assert_max_num_queries(4):
        assert duplicates_of_many(lines, besides=[twin.pk]) == found
    assert {line: earlier for line, (earlier, _match) in same_within(lines).items()} == {7: 2}
    assert duplicates_of_many({}) == {} == same_within({})


def test_a_long_file_reads_every_signature_once_then_only_the_new_ones(offer, twin, monkeypatch) -> None:
    sign_missing()
    monkeypatch.setattr(queries_signatures, "FEW_TEXTS", 1)
    base, lines = KnownOffers(), {1: text_of(offer)}
    assert duplicates_of_many(lines, besides=[offer.pk], known=base)[1].offer_id == twin.pk
    copy = OfferFactory(open=True, agency=offer.agency, establishment=offer.establishment, description=TEXT)
    known = [offer.pk, twin.pk]
    assert duplicates_of_many(lines, besides=known, known=base) == {}  # it is not signed yet
    sign_missing()
    with CaptureQueriesContext(connection) as queries:
        assert duplicates_of_many(lines, besides=known, known=base)[1].offer_id == copy.pk
    (read_keys,) = [one["sql"] for one in queries if "ARRAY" in one["sql"]]
    assert copy.pk.hex in read_keys
    assert twin.pk.hex not in read_keys
    rows = Offer.objects.unscoped("a test")
    rows.filter(pk=copy.pk).update(state="expired")
    assert duplicates_of_many(lines, besides=known, known=base) == {}  # ended since it was read


def test_what_is_erased_leaves_no_key(offer, twin) -> None:
    sign_missing()
    count = OfferSignatureKey.objects.count()
    sign_offers([offer, twin])
    assert OfferSignatureKey.objects.count() == count > 20
    Offer.objects.unscoped("a test").filter(pk=twin.pk).delete()
    assert set(OfferSignatureKey.objects.values_list("signature_id", flat=True)) == {offer.pk}


def test_one_is_set_aside_with_its_reason_and_comes_back(offer, twin, adviser) -> None:
    decision = set_aside(twin, offer, adviser)
    assert (again(twin).state, again(twin).close_reason) == ("closed", CloseReason.DUPLICATE)
    assert (decision.kept, decision.reason, decision.decided_by_id) == (offer, KeptBecause.CHOSEN, adviser.user_id)
    assert "same_site" in decision.likeness
    assert decision.score_percent > 70
    line = JournalEntry.objects.get(verb="offers.duplicate_set_aside")
    assert line.data == {"kept": str(offer.pk), "reason": "chosen", "score": decision.score_percent}
    assert list(queries_duplicates.decisions_about(offer, adviser)) == [decision]
    assert duplicates_of(offer) == []

    actions_duplicates.undo(queries_duplicates.decision(decision.pk, adviser), actor=adviser)
    assert again(twin).state == "open"
    assert duplicates_of(offer) == []  # somebody said they are two: it is not asked again
    with pytest.raises(OfferRefused, match="déjà revenue"):
        actions_duplicates.undo(decision, actor=adviser)
    assert actions_duplicates.set_aside(again(twin), actor=adviser, kept=offer, match=any_match(offer, twin)).pk


def test_the_order_of_precedence_sets_aside_in_the_name_of_nobody(offer, twin) -> None:
    sign_missing()
    verdict = queries_duplicates.ranked(offer), queries_duplicates.ranked(twin)
    assert all(one.is_direct for one in verdict)
    decision = actions_duplicates.set_aside(
        twin, actor=RULE, kept=offer, match=match_of(offer, twin), reason=KeptBecause.FIRST
    )
    assert (decision.decided_by_id, decision.get_reason_display()) == (None, "publiée la première")


def test_refusals_are_said(offer, twin, adviser) -> None:
    match = any_match(offer, twin)
    with pytest.raises(OfferRefused, match="son propre doublon"):
        actions_duplicates.set_aside(offer, actor=adviser, kept=offer, match=match)
    actions_duplicates.set_aside(twin, actor=adviser, kept=offer, match=match)
    third = OfferFactory(open=True, agency=offer.agency)
    with pytest.raises(OfferRefused, match="déjà écartée comme doublon"):
        actions_duplicates.set_aside(again(twin), actor=adviser, kept=third, match=match)
    with pytest.raises(OfferRefused, match="au profit de celle-ci"):
        actions_duplicates.set_aside(offer, actor=adviser, kept=twin, match=match)
    assert again(offer).state == "open"


def test_only_the_territory_decides(offer, twin, adviser) -> None:
    match = any_match(offer, twin)
    stranger = actor_of(professional(agency=AgencyFactory(department_code="38")))
    placement = actor_of(professional(agency=offer.agency, role=Role.PLACEMENT_ADVISER))
    for actor in (stranger, placement):
        with pytest.raises(AccessDenied):
            actions_duplicates.set_aside(twin, actor=actor, kept=offer, match=match)
    decision = actions_duplicates.set_aside(twin, actor=adviser, kept=offer, match=match)
    assert not queries_duplicates.decisions_about(offer, stranger)
    with pytest.raises(DuplicateDecision.DoesNotExist):
        queries_duplicates.decision(decision.pk, stranger)
    with pytest.raises(AccessDenied, match="autre territoire"):
        actions_duplicates.undo(decision, actor=stranger)


def test_an_offer_that_somebody_opened_again_only_loses_its_decision(offer, twin, adviser) -> None:
    decision = set_aside(twin, offer, adviser)
    actions.reopen(again(twin), actor=adviser)
    actions_duplicates.undo(decision, actor=adviser)
    assert again(twin).state == "open"


def any_match(offer: Offer, twin: Offer):
    match = compare(text_of(offer), text_of(twin))
    assert match is not None
    return match
