"""What ties a recruiter to a company, and what a refused one who comes back under another name keeps."""

import datetime as dt

import pytest

from entremise.employers.enums_spaces import Gravity, SpaceState, VigilanceKind
from entremise.employers.rules_vigilance import points
from entremise.employers.rules_vigilance_facts import Member, OtherSpace, SpaceFacts

NOON = dt.datetime(2026, 11, 23, 11, tzinfo=dt.UTC)
HERE, ELSEWHERE = "80001023300016", "80002023200010"
PAULA = Member("Paula", "Verdier", "paula.v@orange.fr", "+33641526374", NOON)
LINE = "+33475401010"


def facts(member: Member, **told: object) -> SpaceFacts:
    known: dict[str, object] = {
        "space_id": "1", "siret": HERE, "state": SpaceState.TO_CERTIFY, "now": NOON, "created_at": NOON,
        "members": (member,),
    }  # fmt: skip
    return SpaceFacts(**known | told)  # type: ignore[arg-type]


def weight(kind: VigilanceKind, told: SpaceFacts) -> Gravity | None:
    return next((point.gravity for point in points(told) if point.kind == kind), None)


def refused(siret: str = HERE, member: Member = PAULA) -> OtherSpace:
    return OtherSpace("2", siret, SpaceState.REFUSED, NOON - dt.timedelta(days=9), (member,), "Fleurs Verdier")


ANNE = Member("Anne", "Durand", "anne.durand@orange.fr", PAULA.phone, NOON)
ANNE_IN_HER_BOX = Member("Anne", "Durand", PAULA.email, "+33651001122", NOON)
OWN_BOX = Member("Paula", "Verdier", "info@garance.example", "+33651001122", NOON)


@pytest.mark.parametrize(
    ("kind", "told", "expected"),
    [
        (VigilanceKind.SAME_PHONE, facts(ANNE, others=(refused(),)), Gravity.HOLD),
        (VigilanceKind.SAME_PHONE, facts(ANNE, others=(refused(ELSEWHERE),)), Gravity.HOLD),
        (VigilanceKind.SAME_PHONE, facts(ANNE, others=(refused(),), phones=(PAULA.phone,)), None),
        (VigilanceKind.SAME_PHONE, facts(PAULA, others=(refused(),)), None),
        (VigilanceKind.SAME_PHONE, facts(PAULA, others=(refused(ELSEWHERE),)), Gravity.ATTENTION),
        (VigilanceKind.SAME_EMAIL, facts(ANNE_IN_HER_BOX, others=(refused(),)), Gravity.HOLD),
        (
            VigilanceKind.SAME_EMAIL,
            facts(
                Member("Anne", "Durand", OWN_BOX.email, "+33651001123", NOON),
                others=(refused(member=OWN_BOX),), email_domain="garance.example",
            ),
            None,
        ),
        (
            VigilanceKind.DOMAIN_DIFFERS,
            facts(Member("A", "B", "a@embauche.example", LINE, NOON), email_domain="garance.example"),
            Gravity.HOLD,
        ),
        (
            VigilanceKind.DOMAIN_DIFFERS,
            facts(Member("A", "B", "a@embauche.example", LINE, NOON), email_domain="garance.example", phones=(LINE,)),
            Gravity.ATTENTION,
        ),
        (VigilanceKind.FREE_MAIL, facts(PAULA, email_domain="garance.example", is_large=True), Gravity.HOLD),
        (VigilanceKind.FREE_MAIL, facts(PAULA, email_domain="garance.example"), Gravity.ATTENTION),
        (
            VigilanceKind.FREE_MAIL,
            facts(PAULA, email_domain="garance.example", is_large=True, phones=(PAULA.phone,)),
            Gravity.ATTENTION,
        ),
        (VigilanceKind.FREE_MAIL, facts(PAULA, is_large=True), Gravity.ATTENTION),
    ],
)  # fmt: skip
def test_a_tie_weighs_as_it_should(kind: VigilanceKind, told: SpaceFacts, expected: Gravity | None) -> None:
    assert weight(kind, told) == expected
