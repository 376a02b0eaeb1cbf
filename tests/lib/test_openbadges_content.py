"""What a badge says, from each form; texts and addresses fit for a page; the fetches of one report."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from entremise.lib.openbadges import content, detect, moments, ob2, ob3
from entremise.lib.openbadges.content import Recipient, RecipientKind
from entremise.lib.openbadges.fetched import Accept, Fetched, Fetches, host, origin
from entremise.lib.openbadges.reasons import Check, Outcome, Refused, Step
from entremise.lib.openbadges.report import Report, Verdict, verdict_of
from tests.factories.badges import HOST, claim

PLACES = ob2.Places(f"{HOST}/i", f"{HOST}/k", f"{HOST}/r", f"{HOST}/b", f"{HOST}/a")


def test_both_forms_of_one_award_say_the_same() -> None:
    newer = content.of_ob3(ob3.build(claim()))
    older = content.of_ob2(
        ob2.hosted(claim(), PLACES, "a@example.org", "s"),
        ob2.badge_class(claim().achievement, PLACES),
        ob2.issuer(claim().issuer, PLACES),
    )
    for name in ("title", "description", "criteria", "criteria_url", "alignments", "tags", "image_url", "narrative"):
        assert getattr(newer, name) == getattr(older, name), name
        assert getattr(newer, name), name
    assert (newer.issuer.name, newer.issuer.url) == (older.issuer.name, older.issuer.url)
    assert newer.alignments == claim().achievement.alignments
    assert newer.awarded_at == older.awarded_at == claim().awarded_at
    assert newer.valid_until == older.valid_until == claim().valid_until
    assert newer.evidence[0].narrative == older.evidence[0].narrative == "Confirmé par courriel."


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ({"id": "urn:uuid:1"}, Recipient()),
        ({"id": "did:jwk:abc"}, Recipient(RecipientKind.WALLET)),
        ({"id": "mailto:a@b.example"}, Recipient(RecipientKind.EMAIL, "a@b.example")),
        ({"id": "https://a.example/1"}, Recipient(RecipientKind.IDENTIFIER, "https://a.example/1")),
        (
            {"identifier": [{"hashed": True, "identityHash": "sha256$a", "identityType": "emailAddress"}]},
            Recipient(RecipientKind.EMAIL_HASHED),
        ),
        (
            {"identifier": {"hashed": False, "identityHash": "Awa", "identityType": "name"}},
            Recipient(RecipientKind.IDENTIFIER, "Awa"),
        ),
        ({}, Recipient()),
    ],
)
def test_the_person_is_told_as_the_badge_names_them(subject: dict[str, Any], expected: Recipient) -> None:
    assert content.of_ob3({"credentialSubject": subject}).recipient == expected


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "https://a b", "//a.example", "ftp://a", 5, None, ["x"]]
)
def test_an_address_that_a_page_may_not_link_to_is_left_out(address: Any) -> None:
    document = {"issuer": {"id": "did:web:a", "url": address}, "evidence": [{"id": address, "narrative": "x"}]}
    read = content.of_ob3(document | {"credentialSubject": {"achievement": {"image": {"id": address}}}})
    assert (read.issuer.url, read.evidence[0].id, read.image_url) == ("", "", "")


def test_pictures_are_shown_from_https_or_from_inside_the_badge() -> None:
    inside = "data:image/png;base64,iVBORw0KGgo="
    assert content.picture({"id": inside}) == inside
    assert content.picture("https://a.example/1.png") == "https://a.example/1.png"
    assert content.picture("http://a.example/1.png") == ""
    assert content.picture("data:image/svg+xml;base64,AAAA") == ""
    assert content.picture("data:image/png;base64," + "A" * 500_000) == ""


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(sorted({*ob3.build(claim()), "id", "achievement", "@value"})), inner, max_size=4
        )
    ),
    max_leaves=9,
)


@given(st.dictionaries(st.sampled_from([*ob3.build(claim()), "recipient", "badge", "skills", "cnf"]), JSON_VALUES))
def test_reading_never_fails_and_gives_texts(document: dict[str, Any]) -> None:
    for read in (
        content.of_ob3(document),
        content.of_ob2(document, document, document),
        content.of_sd_jwt(document),
    ):
        assert isinstance(read.title, str)
        assert len(read.title) <= content.MAX_TITLE
        assert not content.DECEIVING.search(read.title + read.description + read.narrative)


@given(st.binary(max_size=200) | st.text(max_size=200))
@example(b"\xef\xbb\xbf")
def test_detecting_gives_a_kind_or_a_reason(given: bytes | str) -> None:
    try:
        found = detect.detect(given)
    except Refused as refused:
        code = refused.code
    else:
        code = "empty" if not found.payload else "found"
    assert code in {"found", "empty", "unknown_kind", "html_page", "image_kind", "address_malformed"}
    raw = given.encode("utf-8", "replace") if isinstance(given, str) else given
    assert (code == "empty") == (not raw.removeprefix(detect.BYTE_ORDER_MARK).strip(detect.BLANK))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22", "2026-11-22T00:00:00+00:00"),
        ("2026-11-22T10:00:00", "2026-11-22T10:00:00+00:00"),
        ("2026-11-22T10:00:00+0100", "2026-11-22T09:00:00+00:00"),
        (" 2026-11-22T10:00:00.123456Z ", "2026-11-22T10:00:00+00:00"),
    ],
)
def test_dates_of_open_badges_2_are_read_with_patience(text: str, expected: str) -> None:
    assert moments.read_loosely(text).isoformat() == expected


@pytest.mark.parametrize("value", ["", "hier", "2026-13-01", "2026-11-22T25:00:00Z", "0001-01-01T00:00:00+14:00", 5])
def test_a_date_that_is_none_is_refused(value: Any) -> None:
    with pytest.raises(Refused, match="bad_time"):
        moments.read_loosely(value)


@pytest.mark.parametrize("value", [True, "5", None, 1e300, float("inf"), float("nan"), -(10**20)])
def test_seconds_that_are_no_date_are_refused(value: Any) -> None:
    with pytest.raises(Refused, match="bad_time"):
        moments.read_seconds(value)
    assert moments.read_seconds(0) == dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


# --- fetches and verdicts -----------------------------------------------------------------------------------------


def test_one_address_is_asked_once_even_when_it_refuses() -> None:
    asked = []

    def fetch(address: str, accepted: str) -> Fetched:
        asked.append((address, accepted))
        if "b.example" in address:
            raise Refused("too_slow", host="b.example")
        return Fetched(b"{}", "application/json", 404 if "c.example" in address else 500 if "d." in address else 200)

    fetches = Fetches(fetch)
    assert fetches.found("https://a.example/#x") == fetches.found("https://a.example/#y") == b"{}"
    for place, code in [("b", "too_slow"), ("c", "not_found"), ("d", "unreachable")]:
        address = f"https://{place}.example"
        for _turn in range(2):
            with pytest.raises(Refused, match=code) as refused:
                fetches.found(address)
            assert refused.value.facts == {"host": host(address)}
    assert asked == [(f"https://{one}.example" + ("/" if one == "a" else ""), Accept.JSON.value) for one in "abcd"]


def test_an_origin_is_compared_whole() -> None:
    assert origin("HTTPS://A.example:443/x?y") == "https://a.example" == origin("https://a.example")
    assert origin("https://a.example.evil.example/") != origin("https://a.example/")
    assert origin("https://a.example@evil.example/") == ""
    assert origin("https://a.example\\@evil.example/") == ""
    assert origin("https://a.example:8443/") != origin("https://a.example/")
    assert {origin("urn:uuid:1"), origin("https://"), origin("")} == {""}
    assert host("https://user:secret@a.example/path") == "a.example"
    assert host("https://аpple.example/") == "xn--pple-43d.example"  # a Cyrillic letter
    assert {host("https://"), host("urn:uuid:1"), host("https://" + "é" * 100)} == {"?"}


@given(st.lists(st.sampled_from([(step, outcome) for step in Step for outcome in Outcome]), max_size=8))
def test_a_verdict_is_valid_only_with_a_signature_and_nothing_missing(pairs: list[tuple[Step, Outcome]]) -> None:
    checks = tuple(Check(step, outcome, "x") for step, outcome in pairs)
    counted = [(step, outcome) for step, outcome in pairs if step is not Step.ENDORSEMENT]
    verdict = verdict_of(checks)
    if verdict is Verdict.VALID:
        assert (Step.SIGNATURE, Outcome.PASSED) in counted
        assert not {Outcome.FAILED, Outcome.UNKNOWN} & {outcome for _, outcome in counted}
    assert (verdict is Verdict.REFUSED) == any(outcome is Outcome.FAILED for _, outcome in counted)


def test_what_nobody_can_repair_is_told_before_what_time_will() -> None:
    checks = (
        Check(Step.TIME, Outcome.FAILED, "expired"),
        Check(Step.STATUS, Outcome.FAILED, "revoked"),
        Check(Step.STATUS, Outcome.UNKNOWN, "unreachable"),
    )
    assert Report(checks).reason.code == "revoked"
    assert Report(checks[:1] + checks[2:]).reason.code == "expired"
