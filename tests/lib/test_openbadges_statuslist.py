"""Status lists: the standards' own values, what another library reads, indices without reuse, hostile lists."""

import datetime as dt
import gzip
import itertools
import json
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openvc.status import bitstring as their_bits
from openvc.status import status_list as their_lists
from openvc.status import token_status_list as their_tokens

from entremise.lib.openbadges import di, jws, ob3, statuslist
from entremise.lib.openbadges.claims import StatusPurpose, StatusRef
from entremise.lib.openbadges.encoding import to_base64url
from entremise.lib.openbadges.keys import Algorithm
from entremise.lib.openbadges.reasons import Refused
from entremise.lib.openbadges.statuslist import BitList, Order
from tests.factories.badges import DID, LIST_URL, NOW, claim, key

DAY = dt.timedelta(days=1)
REVOCATION, SUSPENSION = StatusPurpose
SEED = bytes(range(16))
# Token Status List (draft-ietf-oauth-status-list-20), §4.1: the entries and the text of both examples.
ONE_BIT = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]
TWO_BITS = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]
# The same draft, appendix C.1: 2^20 entries, these ones set; the compressed list.
SET_IN_C1 = (0, 1993, 25460, 159495, 495669, 554353, 645645, 723232, 854545, 934534, 1000345)
C1 = (
    "eNrt3AENwCAMAEGogklACtKQPg9LugC9k_ACvreiogEAAKkeCQAAAAAAAAAAAAAAAAAAAIBylgQAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAXG9IAAAAAAAAAPwsJAAAAAAAAAAAAAAAvhsSAAAA"
    "AAAAAAAA7KpLAAAAAAAAAAAAAAAAAAAAAJsLCQAAAAAAAAAAADjelAAAAAAAAAAAKjDMAQAAAACAZC8L2AEb"
)
# Bitstring Status List 1.0, example 5: 131 072 entries, none set.
W3C_NONE = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
# The list of the 1EdTech validator (inspector-vc, ob30/bit-string-list/testlist): entry 23 is set.
ONE_EDTECH = "uH4sIAAAAAAAA_-3BMQEAAAzDoMy_6cnoA9QFAAAAAAAAAAAAAAAAAAAAbD3uPa2cAEAAAA"


def refusal(act, *given) -> str:
    with pytest.raises(Refused) as caught:
        act(*given)
    return caught.value.code


def filled(*indices: int, size: int = statuslist.MIN_ENTRIES) -> BitList:
    bits = BitList(size)
    for index in indices:
        bits[index] = 1
    return bits


def built(bits: BitList | None = None, purpose: StatusPurpose = REVOCATION) -> dict:
    return statuslist.build_bitstring(LIST_URL, DID, purpose, bits or filled(94_567), NOW, NOW + DAY)


def with_list(text: object, **changed: object) -> dict:
    document = built()
    return document | {"credentialSubject": document["credentialSubject"] | {"encodedList": text} | changed}


@given(st.sampled_from(statuslist.WIDTHS), st.sampled_from(list(Order)), st.integers(1, 400), st.data())
def test_entries_do_not_touch_each_other(width, order, size, data):
    entries, values = BitList(size, width, order), [0] * size
    for _ in range(30):
        index, value = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, (1 << width) - 1))
        entries[index] = values[index] = value
    assert [entries[index] for index in range(size)] == values
    again = BitList(size, width, order, bytes(entries))
    assert [again[index] for index in range(size)] == values


def test_a_place_outside_of_the_list_or_a_value_too_large_is_refused():
    bits = BitList(10)
    assert len(bits) == 10
    for index in (-1, 10, 10**9):
        assert refusal(bits.__getitem__, index) == "status_index_outside"
        assert refusal(bits.__setitem__, index, 1) == "status_index_outside"
    for value in (-1, 2):
        with pytest.raises(ValueError, match="does not fit"):
            bits[3] = value
    for given_list in ((0,), (8, 3), (8, 1, Order.LOW_FIRST, b"ab")):
        with pytest.raises(ValueError, match=r"\w"):
            BitList(*given_list)


def test_the_first_entry_is_the_high_bit_of_a_bitstring_and_the_low_bit_of_a_token():
    assert bytes(filled(0, size=16)) == b"\x80\0"
    low = BitList(16, order=Order.LOW_FIRST)
    low[0] = 1
    assert bytes(low) == b"\x01\0"


def test_the_lists_of_the_standards_are_read():
    none = statuslist.read_bitstring(with_list(W3C_NONE), REVOCATION)
    assert len(none) == 131_072
    assert not any(bytes(none))
    theirs = statuslist.read_bitstring(with_list(ONE_EDTECH), REVOCATION)
    assert [index for index in range(len(theirs)) if theirs[index]] == [23]


@pytest.mark.parametrize(
    ("width", "text", "expected"), [(1, "eNrbuRgAAhcBXQ", ONE_BIT), (2, "eNo76fITAAPfAgc", TWO_BITS)]
)
def test_the_examples_of_the_token_status_list_are_read_and_written(width, text, expected):
    values = statuslist.read_values({"bits": width, "lst": text})
    assert [values[index] for index in range(len(expected))] == expected
    mine = BitList(len(expected), width, Order.LOW_FIRST)
    for index, value in enumerate(expected):
        mine[index] = value
    assert bytes(mine) == bytes(values)


def test_the_vector_of_a_million_entries_is_read_and_written():
    values = statuslist.read_values({"bits": 1, "lst": C1})
    assert tuple(index for index in range(1 << 20) if values[index]) == SET_IN_C1
    mine = BitList(1 << 20, order=Order.LOW_FIRST)
    for index in SET_IN_C1:
        mine[index] = 1
    assert token(mine).claims()["status_list"] == {"bits": 1, "lst": C1}


@given(st.sets(st.integers(0, statuslist.MIN_ENTRIES - 1), max_size=20))
@settings(max_examples=20)
def test_openvc_reads_the_same_entries_in_both_kinds(chosen):
    document = built(filled(*chosen))
    theirs = their_bits.decode_bitstring(document["credentialSubject"]["encodedList"])
    low = BitList(statuslist.MIN_ENTRIES, 2, Order.LOW_FIRST)
    for index in chosen:
        low[index] = 2
    packed = token(low).claims()["status_list"]["lst"]
    their_values = their_tokens.decode_status_list(packed)
    for index in {*chosen, 0, 8, statuslist.MIN_ENTRIES - 1}:
        assert their_bits.get_status_bit(theirs, index) == (index in chosen)
        assert their_tokens.get_status(their_values, index, bits=2) == 2 * (index in chosen)
    assert bytes(statuslist.read_bitstring(document, REVOCATION)) == theirs


def test_openvc_follows_a_badge_to_its_revoked_bit():
    badge, calls = ob3.build(claim()), []
    result = their_lists.check_credential_status(
        badge, resolve_status_list=lambda address: calls.append(address) or built()
    )
    assert (result.revoked, result.suspended, calls) == (True, False, [LIST_URL])


def test_the_list_is_a_credential_that_verifies():
    signer = key(Algorithm.EDDSA)
    signed = di.sign(built(), signer, f"{DID}#ed25519-2026-1", NOW)
    assert di.verify(signed, signed["proof"][0], signer.public)
    assert statuslist.read_bitstring(signed, REVOCATION)[94_567] == 1
    altered = json.loads(json.dumps(signed))
    altered["credentialSubject"]["encodedList"] = W3C_NONE
    assert not di.verify(altered, altered["proof"][0], signer.public)


def test_the_same_entries_always_give_the_same_text():
    assert built(filled(5, 9)) == built(filled(9, 5))


@pytest.mark.parametrize("bits", [BitList(131_064), BitList(131_072, 2), BitList(131_072, order=Order.LOW_FIRST)])
def test_a_list_that_the_standard_does_not_allow_is_not_built(bits):
    with pytest.raises(ValueError, match="131 072"):
        built(bits)


def test_a_list_of_2021_is_read():
    document = with_list(W3C_NONE[1:], type="StatusList2021")
    assert len(statuslist.read_bitstring(document | {"type": ["StatusList2021Credential"]}, REVOCATION)) == 131_072


ZEROS = bytes(statuslist.MIN_ENTRIES // 8)


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (built() | {"type": ["VerifiableCredential"]}, "bad_status_list"),
        (built() | {"credentialSubject": "x"}, "bad_status_list"),
        (with_list(W3C_NONE, type="Profile"), "bad_status_list"),
        (with_list(W3C_NONE, statusPurpose="suspension"), "status_list_purpose"),
        (with_list(W3C_NONE, statusPurpose=7), "status_list_purpose"),
        (with_list(None), "bad_status_list"),
        (with_list("u&"), "bad_status_list"),
        (with_list(W3C_NONE[:-9]), "bad_status_list"),
        (with_list("u" + to_base64url(zlib.compress(ZEROS))), "bad_status_list"),
        (with_list("u" + to_base64url(gzip.compress(ZEROS) + b"more")), "bad_status_list"),
        (with_list("u" + to_base64url(gzip.compress(ZEROS[1:]))), "status_list_too_short"),
        (with_list("u" + to_base64url(gzip.compress(bytes(1 << 24), 9))), "status_list_bomb"),
    ],
)
def test_a_list_that_is_wrong_is_refused(document, code):
    assert refusal(statuslist.read_bitstring, document, REVOCATION) == code


def test_a_list_that_would_inflate_without_end_takes_little_memory():
    bomb = to_base64url(zlib.compress(bytes(1 << 27), 9))
    tracemalloc.start()
    code = refusal(statuslist.read_values, {"bits": 1, "lst": bomb})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (code, peak < 20e6) == ("status_list_bomb", True)


def test_a_list_may_serve_several_purposes():
    document = with_list(ONE_EDTECH, statusPurpose=["revocation", "suspension"])
    assert all(statuslist.read_bitstring(document, purpose)[23] for purpose in StatusPurpose)


def token(values: BitList | None = None, **changed: object) -> jws.Token:
    signer = key(Algorithm.ES256)
    values = BitList(32, 2, Order.LOW_FIRST) if values is None else values
    text = statuslist.sign_token(LIST_URL, "https://a.example", values, signer, "k", NOW, NOW + DAY, DAY / 24)
    read = jws.read(text)
    read.check(signer.public)
    if not changed:
        return read
    header, claims = read.header | changed.pop("header", {}), read.claims() | changed
    return jws.read(jws.sign(header, jws.compact(claims), signer))


def test_a_token_says_who_where_and_until_when():
    values = BitList(32, 2, Order.LOW_FIRST)
    values[7] = statuslist.SUSPENDED
    read = token(values)
    assert read.header == {"alg": "ES256", "kid": "k", "typ": "statuslist+jwt"}
    now = int(NOW.timestamp())
    packed = read.claims().pop("status_list")
    assert {**read.claims(), "status_list": None} == {
        "iss": "https://a.example", "sub": LIST_URL, "iat": now, "exp": now + 86_400, "ttl": 3600, "status_list": None,
    }  # fmt: skip
    assert packed["bits"] == 2
    assert [statuslist.read_token(read, LIST_URL, NOW)[index] for index in (6, 7, 8)] == [0, 2, 0]
    with_chain = statuslist.sign_token(
        LIST_URL, "https://a.example", values, key(Algorithm.ES256), "k", NOW, NOW + DAY, DAY, ["MIIB"]
    )
    assert jws.read(with_chain).header["x5c"] == ["MIIB"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"header": {"typ": "JWT"}}, "token_type"),
        ({"sub": "https://other.example/1"}, "status_list_address"),
        ({"iat": int((NOW + DAY).timestamp())}, "status_list_from_future"),
        ({"exp": int((NOW - DAY).timestamp())}, "status_list_expired"),
        ({"iat": "yesterday"}, "bad_status_list"),
        ({"iat": None}, "bad_status_list"),
        ({"exp": True}, "bad_status_list"),
        ({"status_list": []}, "bad_status_list"),
        ({"status_list": {"bits": 3, "lst": "eNrbuRgAAhcBXQ"}}, "bad_status_list"),
        ({"status_list": {"bits": True, "lst": "eNrbuRgAAhcBXQ"}}, "bad_status_list"),
        ({"status_list": {"bits": 1.0, "lst": "eNrbuRgAAhcBXQ"}}, "bad_status_list"),
        ({"status_list": {"bits": [1], "lst": "eNrbuRgAAhcBXQ"}}, "bad_status_list"),
        ({"status_list": {"bits": 1, "lst": 5}}, "bad_status_list"),
        ({"status_list": {"bits": 1, "lst": "eNrbuRgAAhcBX"}}, "bad_status_list"),
        ({"status_list": {"bits": 1, "lst": to_base64url(zlib.compress(b""))}}, "bad_status_list"),
        ({"status_list": {"bits": 1, "lst": to_base64url(zlib.compress(bytes(1 << 24), 9))}}, "status_list_bomb"),
    ],
)
def test_a_token_that_is_wrong_is_refused(changed, code):
    assert refusal(statuslist.read_token, token(**changed), LIST_URL, NOW) == code


def test_a_token_without_end_is_read_and_a_bitstring_is_not_made_a_token():
    claims = token().claims()
    del claims["exp"]
    endless = jws.read(jws.sign({"typ": statuslist.TOKEN_TYPE}, jws.compact(claims), key(Algorithm.ES256)))
    assert len(statuslist.read_token(endless, LIST_URL, NOW)) == 32
    with pytest.raises(ValueError, match="low bits"):
        token(BitList(8))


def test_the_places_of_a_badge_are_read_as_they_were_written():
    several = (StatusRef(LIST_URL, 1, REVOCATION), StatusRef(f"{LIST_URL}s", 131_071, SUSPENSION))
    assert statuslist.places(ob3.build(claim(statuses=several))) == several
    assert statuslist.places(ob3.build(claim())) == claim().statuses
    assert statuslist.places(ob3.build(claim(statuses=()))) == ()


ENTRY = ob3.build(claim())["credentialStatus"]
NO_INDICES = ("-1", "1.0", "", None, True, 2.0, "²", "9" * 20)


def test_places_of_others_are_read():
    """1EdTech's sample writes the index as a number; a list of messages does not tell whether a badge holds."""
    given_entries = [ENTRY | {"statusListIndex": 23}, ENTRY | {"statusPurpose": "message", "statusSize": 4}]
    assert statuslist.places({"credentialStatus": given_entries}) == (StatusRef(LIST_URL, 23),)
    assert statuslist.places({"credentialStatus": ENTRY | {"type": "StatusList2021Entry"}})[0].index == 94_567


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("https://a.example", "bad_status_entry"),
        ([[ENTRY]], "bad_status_entry"),
        (ENTRY | {"type": "1EdTechRevocationList"}, "unknown_status_entry"),
        (ENTRY | {"type": None}, "unknown_status_entry"),
        (ENTRY | {"statusPurpose": 1}, "bad_status_entry"),
        (ENTRY | {"statusListCredential": None}, "bad_status_entry"),
        (ENTRY | {"statusSize": 2}, "bad_status_entry"),
        *[(ENTRY | {"statusListIndex": index}, "bad_status_entry") for index in NO_INDICES],
    ],
)  # fmt: skip
def test_a_place_that_is_wrong_is_refused(entry, code):
    assert refusal(statuslist.places, {"credentialStatus": entry}) == code


@given(st.integers(1, 3000), st.binary(min_size=16, max_size=32))
@settings(max_examples=25)
def test_no_index_is_given_twice_and_none_is_left_out(size, seed):
    assert sorted(statuslist.permuted(counter, size, seed) for counter in range(size)) == list(range(size))


def test_the_first_indices_of_a_real_list_are_distinct_and_in_no_order():
    size = statuslist.MIN_ENTRIES
    given_indices = [statuslist.permuted(counter, size, SEED) for counter in range(5000)]
    assert len(set(given_indices)) == 5000
    rising = sum(one < following for one, following in itertools.pairwise(given_indices))
    assert 2300 < rising < 2700
    in_each_eighth = [sum(index * 8 // size == eighth for index in given_indices) for eighth in range(8)]
    assert min(in_each_eighth) > 500
    other = [statuslist.permuted(counter, size, SEED[::-1]) for counter in range(5000)]
    assert sum(one == another for one, another in zip(given_indices, other, strict=True)) < 10


def test_a_full_list_gives_no_index_and_a_short_seed_none_at_all():
    for counter in (-1, 131_072):
        assert refusal(statuslist.permuted, counter, 131_072, SEED) == "status_list_full"
    for seed in (b"", SEED[1:], bytes(33)):
        with pytest.raises(ValueError, match="16 to 32"):
            statuslist.permuted(1, 131_072, seed)
