"""Sealed files: what is written is read again with the right key, and any other change, cut or mix is refused."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entremise.lib.sealing import (
    HEADER_BYTES,
    PIECE_BYTES,
    TAG_BYTES,
    Opener,
    Sealer,
    SealRefused,
    check_public_key,
    new_keys,
    public_key_of,
)

PUBLIC, SECRET = new_keys()
SEALED_PIECE = PIECE_BYTES + TAG_BYTES


def sealed(text: bytes, key: str = PUBLIC, step: int = 300_000) -> bytes:
    target = io.BytesIO()
    sealer = Sealer(target, key)
    for start in range(0, len(text), step):
        sealer.write(text[start : start + step])
    sealer.finish()
    return target.getvalue()


def opened(whole: bytes, key: str = SECRET) -> bytes:
    return io.BufferedReader(Opener(io.BytesIO(whole), key)).read()


def three_pieces() -> bytes:
    return b"".join(bytes([letter]) * PIECE_BYTES for letter in b"abc")


@pytest.mark.parametrize("length", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES])
def test_what_is_sealed_is_read_again_whatever_its_length(length: int) -> None:
    text = bytes(range(256)) * (length // 256 + 1)
    assert opened(sealed(text[:length])) == text[:length]


def test_the_text_is_not_in_the_sealed_file_and_never_sealed_twice_alike() -> None:
    one, two = sealed(b"Awa Diallo" * 10), sealed(b"Awa Diallo" * 10)
    assert b"Awa" not in one
    assert one != two


def test_another_key_is_refused_by_name() -> None:
    with pytest.raises(SealRefused, match="Cette clé n'est pas celle de cette sauvegarde"):
        opened(sealed(b"text"), new_keys()[1])


def test_a_header_given_another_recipient_is_refused() -> None:
    other_public, other_secret = new_keys()
    forged = bytearray(sealed(b"text"))
    forged[HEADER_BYTES - 8 : HEADER_BYTES] = sealed(b"", other_public)[HEADER_BYTES - 8 : HEADER_BYTES]
    with pytest.raises(SealRefused, match="abîmée"):
        opened(bytes(forged), other_secret)


@settings(max_examples=200)
@given(st.data())
def test_one_changed_bit_anywhere_is_seen(data: st.DataObject) -> None:
    whole = bytearray(sealed(b"a text of some length" * 20))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealRefused):
        opened(bytes(whole))


@settings(max_examples=200)
@given(st.integers(0, 500))
def test_a_file_cut_anywhere_is_seen(cut: int) -> None:
    whole = sealed(b"x" * 410)
    if cut < len(whole):
        with pytest.raises(SealRefused):
            opened(whole[:cut])


def test_a_file_cut_between_two_pieces_is_seen() -> None:
    whole = sealed(three_pieces())
    for pieces in (0, 1, 2):
        with pytest.raises(SealRefused):
            opened(whole[: HEADER_BYTES + pieces * SEALED_PIECE])


def test_a_piece_moved_repeated_removed_or_added_is_seen() -> None:
    whole = sealed(three_pieces())
    header = whole[:HEADER_BYTES]
    one, two, three = (whole[HEADER_BYTES + n * SEALED_PIECE :][:SEALED_PIECE] for n in range(3))
    for changed in (two + one + three, one + one + three, one + three, one + two + three + three):
        with pytest.raises(SealRefused, match="abîmée ou incomplète"):
            opened(header + changed)


def test_a_piece_of_another_file_is_seen() -> None:
    one, other = sealed(b"a" * 100), sealed(b"b" * 100)
    with pytest.raises(SealRefused):
        opened(one[:HEADER_BYTES] + other[HEADER_BYTES:])


def test_an_interrupted_writing_is_seen_as_cut() -> None:
    target = io.BytesIO()
    Sealer(target, PUBLIC).write(three_pieces())
    with pytest.raises(SealRefused):
        opened(target.getvalue())


def test_something_else_is_refused() -> None:
    with pytest.raises(SealRefused, match="n'est pas une sauvegarde"):
        opened(b"PK\3\4" + b"\0" * 200)


def test_keys_are_checked_letter_by_letter() -> None:
    assert check_public_key(f" {PUBLIC}\n") == PUBLIC
    assert public_key_of(SECRET) == PUBLIC
    changed = PUBLIC[:-5] + ("a" if PUBLIC[-5] != "a" else "b") + PUBLIC[-4:]
    with pytest.raises(SealRefused, match="mal recopiée"):
        check_public_key(changed)
    with pytest.raises(SealRefused, match="commence par « entremise-publique- »"):
        check_public_key(SECRET)
    with pytest.raises(SealRefused, match="commence par « entremise-secrete- »"):
        opened(sealed(b""), PUBLIC)
    for odd in ("entremise-publique-", "entremise-publique-é", "entremise-publique-a1"):
        with pytest.raises(SealRefused):
            check_public_key(odd)
