"""Merkle trees, against the vectors of the transparency logs and against the words of the RFC."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib import merkle

# The eight leaves and the roots of the reference implementation of Certificate Transparency (RFC 6962).
CONTENTS = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
LEAVES = [merkle.leaf_hash(content) for content in CONTENTS]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
contents = st.lists(st.binary(max_size=8), min_size=1, max_size=70, unique=True)
trees = contents.map(lambda them: [merkle.leaf_hash(one) for one in them])


def words_of_the_rfc(leaves: list[bytes]) -> bytes:
    """Compute MTH as RFC 6962 §2.1 writes it."""
    if len(leaves) == 1:
        return leaves[0]
    cut = 1
    while cut * 2 < len(leaves):
        cut *= 2
    inner = words_of_the_rfc(leaves[:cut]) + words_of_the_rfc(leaves[cut:])
    return hashlib.sha256(b"\x01" + inner).digest()


def test_the_empty_tree_is_the_hash_of_nothing() -> None:
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.Peaks(0, lambda end, level: b"").root() == merkle.root([])


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_of_the_reference(size: int) -> None:
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(
    ("index", "size", "path"),
    [
        (0, 1, []),
        (
            0,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    ],
)
def test_the_inclusion_proofs_of_the_reference(index: int, size: int, path: list[str]) -> None:
    found = merkle.inclusion_path(index, size, merkle.ranges_of(LEAVES[:size]))
    assert [step.hex() for step in found] == path
    assert merkle.is_included(LEAVES[index], index, size, found, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(
    ("former", "size", "path"),
    [
        (1, 1, []),
        (
            1,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            6,
            8,
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (
            2,
            5,
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ],
)
def test_the_consistency_proofs_of_the_reference(former: int, size: int, path: list[str]) -> None:
    found = merkle.consistency_path(former, size, merkle.ranges_of(LEAVES[:size]))
    assert [step.hex() for step in found] == path
    before, after = (bytes.fromhex(ROOTS[count - 1]) for count in (former, size))
    assert merkle.is_consistent(former, size, before, after, found)


@given(trees)
def test_a_root_is_what_the_rfc_says(leaves: list[bytes]) -> None:
    assert merkle.root(leaves) == words_of_the_rfc(leaves)


@given(trees, st.data())
def test_a_leaf_is_proved_where_it_is_and_nowhere_else(leaves: list[bytes], data: st.DataObject) -> None:
    size, expected = len(leaves), merkle.root(leaves)
    index = data.draw(st.integers(0, size - 1))
    path = merkle.inclusion_path(index, size, merkle.ranges_of(leaves))
    assert merkle.is_included(leaves[index], index, size, path, expected)
    elsewhere = data.draw(st.integers(-1, size))
    if elsewhere != index:
        assert not merkle.is_included(leaves[index], elsewhere, size, path, expected)
    assert not merkle.is_included(merkle.leaf_hash(b"forged" * 3), index, size, path, expected)
    assert not merkle.is_included(leaves[index], index, size, [*path, b"\0" * 32], expected)
    if path:
        cut = data.draw(st.integers(0, len(path) - 1))
        assert not merkle.is_included(leaves[index], index, size, path[:cut] + path[cut + 1 :], expected)
        bent = [*path[:cut], merkle.leaf_hash(path[cut]), *path[cut + 1 :]]
        assert not merkle.is_included(leaves[index], index, size, bent, expected)


@given(trees, st.data())
def test_a_tree_only_grows(leaves: list[bytes], data: st.DataObject) -> None:
    size = len(leaves)
    former = data.draw(st.integers(1, size))
    before, after = merkle.root(leaves[:former]), merkle.root(leaves)
    path = merkle.consistency_path(former, size, merkle.ranges_of(leaves))
    assert merkle.is_consistent(former, size, before, after, path)
    forged = [merkle.leaf_hash(b"forged" * 3), *leaves[1:]]
    assert not merkle.is_consistent(former, size, before, merkle.root(forged), path)
    assert not merkle.is_consistent(former, size, merkle.root(forged[:former]), after, path)
    assert not merkle.is_consistent(former, size, before, after, [*path, b"\0" * 32])


@given(trees, st.data())
def test_a_long_tree_needs_only_what_each_leaf_completed(leaves: list[bytes], data: st.DataObject) -> None:
    kept: dict[tuple[int, int], bytes] = {}

    def at(end: int, level: int) -> bytes:
        return kept[end, level]

    grown = merkle.Peaks(0, at)
    for number, leaf in enumerate(leaves, start=1):
        kept.update({(number, level): node for level, node in enumerate(grown.add(leaf))})
        assert grown.root() == merkle.root(leaves[:number])
    size = len(leaves)
    resumed = merkle.Peaks(size, at)
    assert resumed.root() == merkle.root(leaves)
    index, former = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    short = merkle.ranges_of(leaves)
    assert merkle.inclusion_path(index, size, resumed.hash_of_range) == merkle.inclusion_path(index, size, short)
    assert merkle.consistency_path(former, size, resumed.hash_of_range) == merkle.consistency_path(former, size, short)


@pytest.mark.parametrize("index", [-1, 8])
def test_no_proof_for_what_is_not_there(index: int) -> None:
    with pytest.raises(IndexError):
        merkle.inclusion_path(index, 8, merkle.ranges_of(LEAVES))
    with pytest.raises(IndexError):
        merkle.consistency_path(index + (index < 0) + (index > 0), 8, merkle.ranges_of(LEAVES))
