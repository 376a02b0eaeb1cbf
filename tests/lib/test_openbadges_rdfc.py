"""Canonical form of RDF: the standard's own values, PyLD's answers, JavaScript's escapes, poison refused."""

import copy
import itertools
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import canon

from entremise.lib.openbadges import rdf, rdfc
from entremise.lib.openbadges.rdf import Quad
from entremise.lib.openbadges.reasons import Refused

SUITE = Path(__file__).parent / "openbadges"
P, Q, R, S, T, U = (f"<http://example.com/#{letter}>" for letter in "pqrstu")
UNIQUE = [Quad(P, Q, "_:e0"), Quad(P, R, "_:e1"), Quad("_:e0", S, U), Quad("_:e1", T, U)]
SHARED = [
    Quad(P, Q, "_:e0"),
    Quad(P, Q, "_:e1"),
    Quad("_:e0", P, "_:e2"),
    Quad("_:e1", P, "_:e3"),
    Quad("_:e2", R, "_:e3"),
]

LABELS = st.sampled_from([f"_:x{number}" for number in range(5)])
TERMS = LABELS | st.sampled_from([P, Q, R])
GRAPHS = st.builds(
    lambda subjects: [Quad(*one) for one in dict.fromkeys(subjects)],
    st.lists(st.tuples(TERMS, st.sampled_from([S, T]), TERMS | st.just('"text"'), st.just("") | LABELS), max_size=9),
)


def renamed(quads: list[Quad], seed: int) -> list[Quad]:
    """The same graph, its blank nodes called otherwise and its quads in another order."""
    labels = sorted({label for quad in quads for _, label in quad.blanks()})
    others = [f"_:z{number}" for number in range(len(labels))]
    shuffle = random.Random(seed)
    shuffle.shuffle(others)
    names = dict(zip(labels, others, strict=True))
    moved = [Quad(*(names.get(term, term) for term in (q.subject, q.predicate, q.object, q.graph))) for q in quads]
    shuffle.shuffle(moved)
    return moved


def by_pyld(quads: list[Quad]) -> str:
    """PyLD's answer, which passes the official suite but for escapes."""
    dataset: dict[str, list[object]] = {}
    for quad in quads:
        triple = {
            "subject": _term(quad.subject),
            "predicate": _term(quad.predicate),
            "object": _term(quad.object),
        }
        dataset.setdefault(quad.graph or "@default", []).append(triple)
    answer: str = canon.URDNA2015().main(copy.deepcopy(dataset), {"format": "application/n-quads"})
    return answer


def _term(written: str) -> dict[str, str]:
    if written.startswith("_:"):
        return {"type": "blank node", "value": written}
    if written.startswith('"'):
        return {"type": "literal", "value": written.strip('"'), "datatype": rdf.XSD_STRING}
    return {"type": "IRI", "value": written.strip("<>")}


def test_the_first_hashes_are_those_of_the_recommendation() -> None:
    unique = rdfc._Canonicalizer(UNIQUE, rdfc.MAX_WORK).first
    shared = rdfc._Canonicalizer(SHARED, rdfc.MAX_WORK).first

    assert unique == {
        "_:e0": "21d1dd5ba21f3dee9d76c0c00c260fa6f5d5d65315099e553026f4828d0dc77a",
        "_:e1": "6fa0b9bdb376852b5743ff39ca4cbf7ea14d34966b2828478fbf222e7c764473",
    }
    assert shared["_:e0"] == shared["_:e1"] == "3b26142829b8887d011d779079a243bd61ab53c3990d550320a17b59ade6ba36"
    assert shared["_:e2"] == "15973d39de079913dac841ac4fa8c4781c0febfba5e83e5c6e250869587f8659"
    assert shared["_:e3"] == "7e790a99273eed1dc57e43205d37ce232252c85b26ca4a6ff74ff3b5aea7bccd"


def test_the_example_of_shared_hashes_gets_the_names_of_the_recommendation() -> None:
    assert rdfc.canonical(SHARED) == (
        f"{P} {Q} _:c14n2 .\n{P} {Q} _:c14n3 .\n_:c14n0 {R} _:c14n1 .\n_:c14n2 {P} _:c14n1 .\n_:c14n3 {P} _:c14n0 .\n"
    )


@pytest.mark.parametrize("seed", range(5))
def test_test075_of_the_suite_whatever_the_names_and_the_order(seed: int) -> None:
    expected = (SUITE / "rdfc10-test075.nq").read_text()
    quads = [Quad(*line.removesuffix(" .").split(" ")) for line in expected.splitlines()]

    assert rdfc.canonical(renamed(quads, seed), algorithm="sha384") == expected


@given(GRAPHS)
def test_any_graph_gets_the_same_form_as_from_pyld(quads: list[Quad]) -> None:
    """But for a blank node twice in one quad, which PyLD counts twice; `rdf-canonize` (JavaScript) once, as we do."""
    plain = [quad for quad in quads if len(set(quad.blanks())) == len({label for _, label in quad.blanks()})]

    assert rdfc.canonical(plain) == by_pyld(plain)


def test_a_blank_node_twice_in_a_quad_is_counted_once() -> None:
    """The answer of `rdf-canonize` 5.0.0."""
    assert rdfc.canonical([Quad("_:x1", S, "_:x0", "_:x1")]) == f"_:c14n1 {S} _:c14n0 _:c14n1 .\n"


@given(GRAPHS, st.integers(0, 99))
def test_the_form_does_not_depend_on_names_or_order(quads: list[Quad], seed: int) -> None:
    assert rdfc.canonical(renamed(quads, seed)) == rdfc.canonical(quads)


@given(GRAPHS)
def test_the_canonical_form_of_a_canonical_form_is_itself(quads: list[Quad]) -> None:
    form = rdfc.canonical(quads)
    again = [Quad(*line.removesuffix(" .").split(" ")) for line in form.splitlines()]

    assert rdfc.canonical(again) == form


@pytest.mark.parametrize(
    ("character", "written"),
    [
        ("\0", "\\u0000"),
        ("\x01", "\\u0001"),
        ("\b", "\\b"),
        ("\t", "\\t"),
        ("\n", "\\n"),
        ("\x0b", "\\u000B"),
        ("\f", "\\f"),
        ("\r", "\\r"),
        ("\x1b", "\\u001B"),
        ("\x1f", "\\u001F"),
        ("\x7f", "\\u007F"),
        ('"', '\\"'),
        ("\\", "\\\\"),
    ],
)
def test_what_pyld_forgets_to_escape_is_escaped(character: str, written: str) -> None:
    """PyLD 3.3.0 leaves eight of these as they are: every other verifier then refuses the signature."""
    assert rdf.literal(f"a{character}b") == f'"a{written}b"'


def test_other_characters_are_left_as_they_are() -> None:
    assert (
        rdf.literal("é e\u0301 ’ ® مرحبا 😀 \x80 \x85 \u2028 \ufeff '")
        == '"é e\u0301 ’ ® مرحبا 😀 \x80 \x85 \u2028 \ufeff \'"'
    )


@pytest.mark.parametrize(
    "iri",
    ["", "a", "/a", "#a", "a b:c", "urn:a b", "urn:<a", "urn:a>", 'urn:"', "urn:a\n", "urn:{", "_:a", "é:a", None, 3],
)
def test_what_n_quads_cannot_write_as_an_iri_is_no_iri(iri: object) -> None:
    assert not rdf.is_absolute(iri)


def connected(count: int) -> list[Quad]:
    """Blank nodes that all point to each other: the poison of the standard (§7.1)."""
    return [Quad(f"_:n{one}", P, f"_:n{other}") for one, other in itertools.permutations(range(count), 2)]


def ring(count: int) -> list[Quad]:
    """Blank nodes in a circle."""
    return [Quad(f"_:n{one}", P, f"_:n{(one + 1) % count}") for one in range(count)]


@pytest.mark.parametrize("count", [8, 10, 20])
def test_poison_graphs_are_refused(count: int) -> None:
    """PyLD takes more than 25 s for eight."""
    with pytest.raises(Refused, match="too_symmetric"):
        rdfc.canonical(connected(count))


@pytest.mark.parametrize("count", [200, 3_000])
def test_long_circles_are_refused(count: int) -> None:
    with pytest.raises(Refused, match="too_symmetric"):
        rdfc.canonical(ring(count))


def test_the_same_neighbour_in_many_graphs_takes_no_factorial_time() -> None:
    """Ten times the same neighbour makes 10! orders without any of them going deeper."""
    quads = [Quad(one, P, "_:hub", f"<urn:g{graph}>") for one in ("_:a", "_:b") for graph in range(10)]

    with pytest.raises(Refused, match="too_symmetric"):
        rdfc.canonical(quads)


def test_small_symmetric_graphs_are_still_named() -> None:
    assert rdfc.canonical(connected(4)).count("\n") == 12
    assert rdfc.canonical(ring(12)).count("\n") == 12


def test_no_work_is_spent_on_blank_nodes_that_differ() -> None:
    quads = [Quad(f"<urn:{one}>", P, f"_:n{one}") for one in range(2_000)]

    assert rdfc.canonical(quads, work=0).count("\n") == 2_000
