"""What makes somebody look twice at a space: each kind with what tells it and what does not; domains that imitate."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.employers.enums_spaces import Gravity, SpaceState, VigilanceKind
from entremise.employers.rules_vigilance import ContactChange, Member, OtherSpace, Point, SpaceFacts, holding, points
from entremise.employers.rules_vigilance_facts import Origin, box_of, is_known_number, name_of, origin
from entremise.lib.lookalikes import Likeness, likeness

NOW = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
BEFORE = NOW - dt.timedelta(days=400)
MARC = Member("Marc", "Lemoine", "marc.lemoine@jardins-flore.fr", "+33475445566", BEFORE)
HONEST = SpaceFacts(
    space_id="a", siret="81234567800017", state=SpaceState.TO_CERTIFY, now=NOW, created_at=NOW, members=(MARC,),
    email_domain="jardins-flore.fr", phones=("+33475445566",), opened_on=dt.date(2001, 1, 1),
)  # fmt: skip
ELSEWHERE = "82345678900012"


def kinds(facts: SpaceFacts) -> dict[VigilanceKind, Gravity]:
    return {point.kind: point.gravity for point in points(facts)}


def one(kind: VigilanceKind, facts: SpaceFacts) -> Point:
    (found,) = [point for point in points(facts) if point.kind == kind]
    return found


def facts(**told: object) -> SpaceFacts:
    return dataclasses.replace(HONEST, **told)  # type: ignore[arg-type]


def member(**told: object) -> SpaceFacts:
    return facts(members=(dataclasses.replace(MARC, **told),))  # type: ignore[arg-type]


def other(state: str = SpaceState.TO_CERTIFY, siret: str = ELSEWHERE, **told: object) -> OtherSpace:
    stranger = Member("Ada", "Rey", "ada@rey.example", "+33611111111", BEFORE)
    people = (dataclasses.replace(stranger, **told),)  # type: ignore[arg-type]
    return OtherSpace("b", siret, state, BEFORE, people, "Rey et Fils")


def test_an_honest_company_that_writes_from_its_own_domain_has_nothing_to_answer() -> None:
    assert points(HONEST) == []


@pytest.mark.parametrize(
    ("told", "kind", "gravity"),
    [
        (member(email="marc.lemoine26@orange.fr"), VigilanceKind.FREE_MAIL, Gravity.ATTENTION),
        (member(email="jardinsflore.rh@gmail.com"), VigilanceKind.FREE_MAIL, Gravity.HOLD),
        (member(email="x@yopmail.com"), VigilanceKind.DISPOSABLE_MAIL, Gravity.HOLD),
        (member(email="rh@jardins-fiore.fr"), VigilanceKind.DOMAIN_LOOKALIKE, Gravity.HOLD),
        (member(email="rh@jardins-flore.co"), VigilanceKind.DOMAIN_LOOKALIKE, Gravity.HOLD),
        (member(email="rh@jardinsflore.fr"), VigilanceKind.DOMAIN_LOOKALIKE, Gravity.HOLD),
        (member(email="rh@cabinet-martin.fr"), VigilanceKind.DOMAIN_DIFFERS, Gravity.ATTENTION),
        (member(phone="+33612345678"), VigilanceKind.PHONE_UNKNOWN, Gravity.INFORMATION),
        (member(phone="+33899123456"), VigilanceKind.PHONE_ABROAD, Gravity.HOLD),
        (member(phone="+2250102030405"), VigilanceKind.PHONE_ABROAD, Gravity.HOLD),
        (member(phone="+41223456789"), VigilanceKind.PHONE_ABROAD, Gravity.ATTENTION),
        (facts(closed_on=dt.date(2026, 11, 23)), VigilanceKind.CLOSED_PLACE, Gravity.HOLD),
        (facts(opened_on=dt.date(2026, 9, 1)), VigilanceKind.RECENT_SIREN, Gravity.INFORMATION),
        (facts(excluded=(("siret", HONEST.siret),)), VigilanceKind.BANNED, Gravity.HOLD),
        (facts(views_in_day=150), VigilanceKind.MANY_VIEWS, Gravity.ATTENTION),
        (facts(views_in_day=400), VigilanceKind.MANY_VIEWS, Gravity.HOLD),
        (facts(offers_in_week=50), VigilanceKind.MANY_OFFERS, Gravity.ATTENTION),
        (facts(offers_in_week=9, opened_on=dt.date(2026, 10, 1)), VigilanceKind.MANY_OFFERS, Gravity.HOLD),
        (facts(others=(other(phone=MARC.phone),)), VigilanceKind.SAME_PHONE, Gravity.INFORMATION),
        (facts(phones=(), others=(other(phone=MARC.phone),)), VigilanceKind.SAME_PHONE, Gravity.ATTENTION),
        (facts(others=(other(SpaceState.BLOCKED, phone=MARC.phone),)), VigilanceKind.SAME_PHONE, Gravity.HOLD),
        (facts(others=(other(email=MARC.email),)), VigilanceKind.SAME_EMAIL, Gravity.ATTENTION),
        (facts(others=(other(SpaceState.BLOCKED, email=MARC.email),)), VigilanceKind.SAME_EMAIL, Gravity.HOLD),
        (facts(others=(other(first_name="LEMOINE", last_name="Marc"),)), VigilanceKind.SAME_NAME, Gravity.INFORMATION),
        (facts(others=(other(siret=HONEST.siret),)), VigilanceKind.SECOND_CLAIM, Gravity.HOLD),
        (
            facts(others=(other(siret=HONEST.siret, email="ada@jardins-flore.fr"),)),
            VigilanceKind.SECOND_CLAIM,
            Gravity.ATTENTION,
        ),
        (
            facts(contact_changes=(ContactChange("Ada Rey", NOW - dt.timedelta(hours=71), "+33611111111"),)),
            VigilanceKind.CONTACT_CHANGED,
            Gravity.ATTENTION,
        ),
        (
            facts(contact_changes=(ContactChange("Ada Rey", NOW - dt.timedelta(hours=71), MARC.phone),)),
            VigilanceKind.CONTACT_CHANGED,
            Gravity.HOLD,
        ),
    ],
)
def test_each_kind_is_told_with_its_weight_and_its_evidence(told, kind, gravity) -> None:
    found = one(kind, told)
    assert (found.gravity, found.evidence.endswith(".")) == (gravity, True)
    assert len(found.evidence) <= 300
    assert len(found.key) <= 64


def test_what_is_like_a_fraud_and_is_none_is_not_told() -> None:
    sister = other(siret=HONEST.siret[:9] + "00025", phone=MARC.phone, email=MARC.email, first_name="Marc")
    quiet = [
        (facts(others=(sister,)), {VigilanceKind.SAME_PHONE, VigilanceKind.SAME_EMAIL, VigilanceKind.SAME_NAME}),
        (facts(opened_on=None), {VigilanceKind.RECENT_SIREN}),
        (facts(others=(other(SpaceState.CLOSED, siret=HONEST.siret),)), {VigilanceKind.SECOND_CLAIM}),
        (member(email="rh@mail.jardins-flore.fr"), {VigilanceKind.DOMAIN_DIFFERS, VigilanceKind.DOMAIN_LOOKALIKE}),
        (facts(contact_changes=(ContactChange("A", NOW - dt.timedelta(hours=72)),)), {VigilanceKind.CONTACT_CHANGED}),
        (facts(email_domain="", members=(dataclasses.replace(MARC, email="a@b.fr"),)), {VigilanceKind.DOMAIN_DIFFERS}),
    ]
    for told, unexpected in quiet:
        assert not unexpected & set(kinds(told)), told


def test_a_certified_space_is_not_taken_down_by_a_second_claim_made_after_it() -> None:
    later = dataclasses.replace(other(siret=HONEST.siret), created_at=NOW + dt.timedelta(days=1))
    certified = facts(state=SpaceState.CERTIFIED, decided_at=NOW, others=(later,))
    assert one(VigilanceKind.SECOND_CLAIM, certified).gravity == Gravity.ATTENTION


def test_who_comes_after_the_certification_with_another_mailbox_is_looked_at() -> None:
    new = Member("Luc", "Roy", "luc.roy@gmail.com", "", NOW - dt.timedelta(days=2))
    certified = facts(state=SpaceState.CERTIFIED, decided_at=NOW - dt.timedelta(days=100), members=(MARC, new))
    assert one(VigilanceKind.NEW_MEMBER, certified).gravity == Gravity.HOLD
    colleague = dataclasses.replace(new, email="luc.roy@jardins-flore.fr")
    assert VigilanceKind.NEW_MEMBER not in kinds(dataclasses.replace(certified, members=(MARC, colleague)))


def test_one_fact_is_told_once_and_the_gravest_comes_first() -> None:
    twice = facts(members=(MARC, MARC), others=(other(SpaceState.BLOCKED, phone=MARC.phone, email=MARC.email),))
    found = points(twice)
    assert len({(point.kind, point.key) for point in found}) == len(found)
    assert [point.gravity for point in found] == sorted((point.gravity for point in found), reverse=True)
    assert {point.kind for point in holding(found)} >= {VigilanceKind.SAME_PHONE, VigilanceKind.SAME_EMAIL}


def test_mailboxes_names_and_numbers_are_compared_whatever_their_spelling() -> None:
    assert box_of("Marc.Lemoine+emploi@GMAIL.com") == box_of("marclemoine@googlemail.com")
    assert box_of("marc.lemoine@orange.fr") == box_of("marclemoine@orange.fr")
    assert box_of("marc.lemoine@flore.fr") != box_of("marclemoine@flore.fr")
    assert name_of(Member("Élodie", "Le Goff", "")) == name_of(Member("LE GOFF", "Elodie", ""))
    assert name_of(Member("Ana", "Rey", "")) != name_of(Member("Ana", "Roy", ""))
    assert is_known_number("+33475445599", ("+33475445566",))  # a direct line of the same switchboard
    assert not is_known_number("+33612345699", ("+33612345678",))  # two mobiles are two people
    origins = {"+33475445566": Origin.FRANCE, "+33639981234": Origin.FRANCE, "+596696123456": Origin.FRANCE,
               "+3222345678": Origin.NEAR, "+447911123456": Origin.FAR, "+33899123456": Origin.PREMIUM,
               "+331": Origin.UNREAL, "abc": Origin.UNREAL}  # fmt: skip
    assert {number: origin(number) for number in origins} == origins


@pytest.mark.parametrize(
    ("seen", "real", "how"),
    [
        ("garance.fr", "garance.fr", None),
        ("rh.garance.fr", "garance.fr", None),
        ("www.garance.fr", "garance.fr", None),
        ("garancé.fr", "garance.fr", Likeness.HOMOGRAPH),
        ("gаrance.fr", "garance.fr", Likeness.HOMOGRAPH),  # a Cyrillic letter
        ("xn--grance-3nf.fr", "garance.fr", Likeness.HOMOGRAPH),  # the same, as it is sent
        ("garance-1ogistique.fr", "garance-logistique.fr", Likeness.HOMOGRAPH),
        ("modeme.fr", "moderne.fr", Likeness.HOMOGRAPH),
        ("garence.fr", "garance.fr", Likeness.LETTER),
        ("garnace.fr", "garance.fr", Likeness.LETTER),
        ("garance.com", "garance.fr", Likeness.ENDING),
        ("garance.asso.fr", "garance.fr", Likeness.ENDING),
        ("ga-rance.fr", "garance.fr", Likeness.HYPHEN),
        ("garance-recrutement.fr", "garance.fr", Likeness.ADDED),
        ("rh-garance.fr", "garance.fr", Likeness.ADDED),
        ("garance.fr.mail-emploi.com", "garance.fr", Likeness.ADDED),
        ("garance-marie.fr", "garance.fr", None),  # a shop of the name, and the first name of its owner
        ("edf.fr", "sdf.fr", None),
        ("transports-martin.fr", "garance.fr", None),
    ],
)
def test_a_domain_that_imitates_is_told_from_one_that_is_another(seen, real, how) -> None:
    assert likeness(seen, real) == how


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_may_be_compared(seen: str, real: str) -> None:
    assert likeness(seen, real) in {None, *Likeness}
    assert likeness(real, real) is None
