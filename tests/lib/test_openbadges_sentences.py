"""Each reason has its sentence, in French and in English, and shows only facts that are given."""

import ast
import re
import string
from collections import defaultdict
from pathlib import Path

import pytest

from entremise.kernel import fetching
from entremise.lib import openbadges
from entremise.lib.openbadges import sentences
from entremise.lib.openbadges.reasons import Check, Outcome, Step
from entremise.lib.openbadges.report import Form, Report, Verdict

LIBRARY = Path(openbadges.__file__).parent
CODE_AT = {"Refused": 0, "failed": 1, "passed": 1, "skipped": 1, "add": 2, "Check": 2, "_answer": 2}
CODE = re.compile(r"[a-z][a-z0-9_]{3,}")
NOT_CODES = {"html", "script"}  # what a condition beside a code looks for
JARGON = ("json", "did:", "jwt", "jws", "token", "hash", "url", "sd-jwt", "credential status", "bitstring", "proof ")


def raised() -> dict[str, list[set[str]]]:
    """Return each code that the library or the fetcher raises or notes, with the facts given at each place."""
    found: dict[str, list[set[str]]] = defaultdict(list)
    for path in [*LIBRARY.glob("*.py"), Path(fetching.__file__)]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                place = CODE_AT.get(name, len(node.args))
                facts = {keyword.arg for keyword in node.keywords if keyword.arg}
                for code in _codes(node.args[place]) if len(node.args) > place else ():
                    found[code].append(facts)
            elif isinstance(node, ast.For) and "code" in ast.unparse(node.target):
                for code in {one for one in _codes(node.iter) if "_" in one and one != "sd_hash"}:
                    found[code].append(set())
            elif isinstance(node, ast.Assign) and _is_table(node):
                for code in _codes(node.value):
                    found[code].append({"name", "reason"} if code.startswith("endorsement") else set())
    found["endorsement_ok"] = [{"name"}]
    return found


def _is_table(node: ast.Assign) -> bool:
    """Tell whether a constant gives codes by what was found."""
    return any(getattr(target, "id", "") in {"CODES", "STATUSES"} for target in node.targets)


def _codes(expression: ast.expr) -> set[str]:
    texts = {one.value for one in ast.walk(expression) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return {one for one in texts if CODE.fullmatch(one)} - NOT_CODES


RAISED = raised()


def test_every_code_has_a_sentence_and_every_sentence_has_a_code() -> None:
    assert len(RAISED) > 100
    assert sorted(RAISED.keys() - sentences.ALL.keys()) == []
    assert sorted(sentences.ALL.keys() - RAISED.keys()) == []


@pytest.mark.parametrize("code", sorted(sentences.ALL))
def test_a_sentence_is_whole_in_both_languages_and_its_facts_are_given(code: str) -> None:
    for place, language in enumerate(("fr", "en")):
        written = " ".join(part[place] for part in sentences.ALL[code])
        wanted = {name for _, name, _, _ in string.Formatter().parse(written) if name}
        for given in RAISED[code]:
            assert wanted <= given
        told = sentences.of_code(code, dict.fromkeys(wanted, "X"), language)
        assert told[0].isupper() or told.startswith("X")
        assert told.endswith((".", "X"))
        assert "…" not in told
        assert not any(word in told.lower().replace("token", "" if language == "en" else "token") for word in JARGON)
    assert sentences.of_code(code, {}, "fr") != sentences.of_code(code, {}, "en")


def test_dates_forms_and_reasons_are_told_in_words() -> None:
    assert sentences.of_code("expired", {"ended": "2026-03-01T10:00:00Z"}, "fr").startswith(
        "Ce badge n'est plus valable depuis le 1er mars 2026."
    )
    assert "on 22 November 2026" in sentences.of_code("expired", {"ended": "2026-11-22T10:00:00Z"}, "en")
    assert "badge Open Badges 3.0." in sentences.of_code("form_ok", {"form": "ob3-di"}, "fr")
    refused = {"name": "Garance", "reason": "expired", "ended": "2026-11-22T10:00:00Z"}
    assert sentences.of_code("endorsement_refused", refused, "fr") == (
        "La recommandation de Garance n'est pas retenue. Raison : Ce badge n'est plus valable depuis le "
        "22 novembre 2026. Demandez à l'émetteur s'il peut le renouveler."
    )


def test_a_fact_cannot_write_into_the_sentence_and_a_missing_one_breaks_nothing() -> None:
    assert "{name}" in sentences.of_code("issuer_ok", {"name": "{name}", "place": "a.example"}, "fr")
    assert "…" in sentences.of_code("issuer_ok", {}, "en")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_verdict_step_and_form_has_its_words(language: str) -> None:
    assert len({sentences.step(step, language) for step in Step}) == len(Step)
    assert len({sentences.form(form, language) for form in Form}) == len(Form)
    told = set()
    for code, outcome in [
        ("signature_ok", Outcome.PASSED),
        ("unreachable", Outcome.UNKNOWN),
        ("bad_proof", Outcome.FAILED),
        *((code, Outcome.FAILED) for code in sentences.TOLD_FIRST),
    ]:
        told.add(sentences.headline(Report((Check(Step.SIGNATURE, outcome, code),)), language))
    assert len(told) == len(Verdict) + len(sentences.TOLD_FIRST)
