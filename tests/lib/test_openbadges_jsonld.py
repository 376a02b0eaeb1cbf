"""Contexts are pinned, nothing is fetched or dropped in silence, hostile JSON-LD is refused."""

import contextlib
import copy
import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.openbadges import jsonld, ob3
from entremise.lib.openbadges.reasons import Refused
from tests.factories.badges import claim

SAMPLES = Path(__file__).parent / "openbadges"
CONTEXTS = Path(jsonld.__file__).parent / "contexts"
V1 = "https://www.w3.org/2018/credentials/v1"
OLDER = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"

Change = Callable[[dict[str, Any]], object]


def badge() -> dict[str, Any]:
    return ob3.build(claim())


def code_of(document: dict[str, Any]) -> str:
    with pytest.raises(Refused) as refused:
        jsonld.canonical(document)
    return refused.value.code


def test_the_contexts_are_the_pinned_ones() -> None:
    sums = dict(reversed(line.split()) for line in (CONTEXTS / "SHA256SUMS").read_text().splitlines())
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in CONTEXTS.glob("*.json*")}

    assert found == sums
    assert set(jsonld._FILES.values()) | {"ob-3.0.3-validator-2026.json"} == set(sums)


def test_the_two_contents_of_the_badge_context_differ_by_two_terms_only() -> None:
    """What is signed under one is read under the other, as long as neither of the two is used."""
    old = json.loads((CONTEXTS / "ob-3.0.3-spec-2024.json").read_bytes())["@context"]
    new = json.loads((CONTEXTS / "ob-3.0.3-validator-2026.json").read_bytes())["@context"]
    old_profile, new_profile = old["Profile"]["@context"], new["Profile"]["@context"]

    assert new.keys() - old.keys() | (new_profile.keys() - old_profile.keys()) == {"endorsementJwt", "jti"}
    assert not old.keys() - new.keys()
    assert all(new[term] == old[term] for term in old)


@pytest.mark.parametrize("changed", [{}, {"evidence": (), "statuses": (), "valid_until": None, "narrative": ""}])
def test_our_badge_has_the_same_form_under_both_contents(changed: dict[str, Any]) -> None:
    document = ob3.build(claim(**changed))

    assert jsonld.canonical(document, jsonld.spec()) == jsonld.canonical(document, jsonld.validator())


def test_our_badge_leaves_no_blank_node() -> None:
    assert "_:" not in jsonld.canonical(badge())


def test_the_form_is_that_of_the_guide_of_open_badges() -> None:
    vector = json.loads((SAMPLES / "ob-spec-vector.json").read_bytes())

    assert jsonld.canonical(vector["document"]) == (SAMPLES / "ob-spec-document.nq").read_text()
    options = {"@context": vector["document"]["@context"], **vector["proof"]}
    assert jsonld.canonical(options) == vector["proof_canonical"]


def within(*path: str | int) -> Callable[[dict[str, Any]], Any]:
    def reach(document: Any) -> Any:
        for step in path:
            document = document[step]
        return document

    return reach


ACHIEVEMENT = within("credentialSubject", "achievement")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d.update({"@context": [{"@vocab": "urn:x:"}]}), "inline_context"),
        (lambda d: d["@context"].append({"name": "urn:other"}), "inline_context"),
        (lambda d: d["@context"].append(None), "inline_context"),
        (lambda d: d["@context"].append([]), "inline_context"),
        (lambda d: d.update({"@context": None}), "inline_context"),
        (lambda d: d["@context"].append("https://attacker.example/context"), "unknown_context"),
        (lambda d: d["@context"].append("http://127.0.0.1/"), "unknown_context"),
        (lambda d: d["@context"].append("../context"), "unknown_context"),
        (lambda d: d["@context"].extend(d["@context"] * 9), "too_many_contexts"),
        (lambda d: ACHIEVEMENT(d).update({"@context": d["@context"]}), "nested_context"),
        (lambda d: d.update({"@base": "urn:"}), "unexpected_keyword"),
        (lambda d: d.update({"@graph": []}), "unexpected_keyword"),
        (lambda d: d.update({"@included": []}), "unexpected_keyword"),
        (lambda d: d.update({"@reverse": {}}), "unexpected_keyword"),
        (lambda d: d.update({"@nest": {}}), "unexpected_keyword"),
        (lambda d: d.update({"@id": d.pop("id")}), "unexpected_keyword"),
        (lambda d: d.update({"@type": d.pop("type")}), "unexpected_keyword"),
        (lambda d: d.update({"tag": {"@list": []}}), "unexpected_keyword"),
        (lambda d: d.update({"@value": "x"}), "unknown_term"),
        (lambda d: d.update({"name": {"@value": "x", "other": "y"}}), "unknown_term"),
        (lambda d: d.update({"name": {"@value": "x", "@type": "urn:x"}}), "unexpected_keyword"),
        (lambda d: d["credentialStatus"].update(statusPurpose={"@value": "revocation"}), "unexpected_keyword"),
        (lambda d: d.update(validUntil=[d["validUntil"]]), "bad_value"),
        (lambda d: d.update(issuer=[d["issuer"]]), "bad_value"),
        (lambda d: d["credentialStatus"].update(statusListIndex=["1"]), "bad_value"),
        (lambda d: d.update({"unknown": "x"}), "unknown_term"),
        (lambda d: d.update({"unknown": None}), "unknown_term"),
        (lambda d: d.update({"endorsementJwt": ["x"]}), "unknown_term"),
        (lambda d: d.update({"https://schema.org/name": "x"}), "unknown_term"),
        (lambda d: d.update({"schema:name": "x"}), "unknown_term"),
        (lambda d: d.update({"_:b": "x"}), "unknown_term"),
        (lambda d: d["credentialSubject"].update(email="x"), "unknown_term"),
        (lambda d: ACHIEVEMENT(d)["alignment"][0].update(targetUri="x"), "unknown_term"),
        (lambda d: d["type"].append("Unknown"), "unknown_type"),
        (lambda d: d["type"].append("name with space"), "unknown_type"),
        (lambda d: d["issuer"].update(id="relative"), "relative_reference"),
        (lambda d: d["issuer"].update(id=""), "relative_reference"),
        (lambda d: d["issuer"].update(id="urn:a b"), "relative_reference"),
        (lambda d: d["issuer"].update(id="urn:a> <urn:b> <urn:c"), "relative_reference"),
        (lambda d: d.update(issuer="x"), "relative_reference"),
        (lambda d: d["issuer"].update(id=3), "bad_json_ld"),
        (lambda d: d["credentialStatus"].update(statusListCredential="x"), "relative_reference"),
        (lambda d: d.update(evidence=[d["evidence"]]), "nested_array"),
        (lambda d: d.update(name="x" + "\ud800"), "lone_surrogate"),
        (lambda d: ACHIEVEMENT(d).update(tag=["t"] * 7_000), "too_many_values"),
    ],
)
def test_what_a_reader_of_the_json_could_miss_is_refused(change: Change, code: str) -> None:
    document = badge()
    change(document)

    assert code_of(document) == code


def test_an_end_in_an_array_is_refused_in_older_credentials_too() -> None:
    """No schema of ours reads VCDM 1.1: without this, an expired badge would lose its end and keep its signature."""
    document = badge() | {"@context": [V1, OLDER]}
    for name in ("validFrom", "validUntil", "awardedDate", "credentialStatus"):
        del document[name]
    document |= {"issuanceDate": "2020-01-01T00:00:00Z", "expirationDate": "2021-01-01T00:00:00Z"}
    for name in ("tag", "inLanguage", "version"):
        ACHIEVEMENT(document).pop(name)

    assert "expirationDate" in jsonld.canonical(document)
    assert code_of(document | {"expirationDate": ["2021-01-01T00:00:00Z"]}) == "bad_value"


def test_a_relative_reference_is_not_read_as_pyld_would() -> None:
    """PyLD 3.3.0 resolves it against http://example.org/base/ when it is given no base: two badges, one signature."""
    relative, absolute = badge(), badge()
    relative["issuer"]["id"], absolute["issuer"]["id"] = "x", "http://example.org/base/x"

    assert code_of(relative) == "relative_reference"
    assert "<http://example.org/base/x>" in jsonld.canonical(absolute)


def test_a_status_cannot_be_moved_to_a_second_object_for_the_same_credential() -> None:
    """An endorsement inside the badge names it as its subject: there the badge's own status could be hidden."""
    document = badge()
    moved = {
        "id": document["id"],
        "type": ["VerifiableCredential"],
        "credentialStatus": document.pop("credentialStatus"),
    }
    document["endorsement"] = [{"id": "urn:e", "type": ["EndorsementSubject"], "narrative": "x"}]
    document["evidence"] = [moved]

    assert code_of(document) == "described_twice"


def test_texts_may_bear_their_language() -> None:
    """VCDM 2.0 §11.1."""
    document = badge()
    document["name"] = [
        {"@value": "Accueil", "@language": "fr"},
        {"@value": "x", "@language": "ar", "@direction": "rtl"},
    ]

    written = jsonld.canonical(document)

    assert '"Accueil"@fr' in written
    assert '"x"^^<https://www.w3.org/ns/i18n#ar_rtl>' in written


def connected(count: int) -> dict[str, Any]:
    """A badge whose creators, without names of their own, all point to each other."""
    document = badge()
    labels = [f"_:n{number}" for number in range(count)]
    ACHIEVEMENT(document)["creator"] = [
        {"id": one, "type": ["Profile"], "image": [{"id": other} for other in labels if other != one]}
        for one in labels
    ]
    return document


def test_several_threads_read_the_same_contexts() -> None:
    contexts, documents = jsonld.Contexts.pinned(), [badge() | {"name": str(number)} for number in range(40)]
    expected = [jsonld.canonical(one) for one in documents]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda one: jsonld.canonical(one, contexts), documents))

    assert found == expected


def test_a_poison_badge_is_refused() -> None:
    assert code_of(connected(8)) == "too_symmetric"


def test_deep_nesting_is_refused_without_an_interpreter_error() -> None:
    document = badge()
    for _ in range(5_000):
        document = {"@context": document["@context"], "type": ["Profile"], "parentOrg": document}

    assert code_of(document) == "too_deep"


def test_a_wide_badge_is_read() -> None:
    document = badge()
    ACHIEVEMENT(document)["tag"] = [f"t{number}" for number in range(5_000)]

    assert jsonld.canonical(document).count("keywords") == 5_000


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["id", "type", "name", "@value", "@language", "@context", "x"]), inner, max_size=3
        )
    ),
    max_leaves=5,
)


@given(st.data())
def test_any_badge_is_read_or_refused_never_an_error(data: st.DataObject) -> None:
    document = badge()
    for _ in range(data.draw(st.integers(1, 2))):
        holder: Any = document
        while isinstance(holder, dict | list) and holder and data.draw(st.booleans()):
            places = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            inner = holder[data.draw(st.sampled_from(places))]
            if not isinstance(inner, dict | list) or not inner:
                break
            holder = inner
        places = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        holder[data.draw(st.sampled_from(places))] = data.draw(VALUES)
    kept = copy.deepcopy(document)
    with contextlib.suppress(Refused):
        assert jsonld.canonical(document).endswith(" .\n")
    assert document == kept
