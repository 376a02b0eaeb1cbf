"""Bad input, named: each case is refused with its reason, within one second of processor and 100 MB."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from entremise.lib.openbadges import ob3, sentences
from entremise.lib.openbadges.report import Verdict
from tests.factories.badge_world import badge, token, world
from tests.factories.badges import claim
from tests.factories.hostile_badges import CASES, outcome

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def confined() -> dict[str, list[str]]:
    """Verify every case in processes that the system stops beyond one second of processor or 100 MB more."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.factories.hostile_badges"],
        cwd=ROOT, capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", sorted(CASES))
def test_hostile_input_is_refused_within_its_share_with_its_own_reason(
    confined: dict[str, list[str]], name: str
) -> None:
    assert confined[name] == ["refused", CASES[name][0]]


@pytest.mark.parametrize("name", ["tampered_leaf", "alg_none", "bomb_in_the_status_list", "list_on_the_loopback"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_refusal_says_why_in_words(name: str, language: str) -> None:
    report = outcome(name)
    assert report.verdict is Verdict.REFUSED
    told = [sentences.sentence(check, language) for check in report.checks]
    assert all(one.endswith(".") for one in told)
    assert sentences.headline(report, language)


TEXTS = {
    "accents": "Éducation à l’œuvre — « qualité »",
    "registered": "Caces® R489",
    "arabic": "مهارة العناية بالأشخاص",
    "emoji": "Médaille 🏅👩🏽\u200d🍳",
    "nfd": "e\u0301le\u0300ve",
    "nfc": "élève",
    "quotes": '"guillemets" \\ barre <b>&amp;</b>',
    "lines": "Une ligne\nune autre\tavec tabulation\r\n",
    "controls": "avant\b\f\x01\x1f\x7faprès",
    "separators": "a\u2028b\u2029c\u00a0d\ufeffe",
    "astral": "\U0010fffd \U0001d54f",
}


@pytest.mark.parametrize("name", sorted(TEXTS))
@pytest.mark.parametrize("make", [badge, lambda **more: token(**more).encode()], ids=["json", "token"])
def test_any_text_is_carried_unchanged_and_its_signature_holds(name: str, make: object) -> None:
    assert callable(make)
    raw = make(narrative=TEXTS[name])
    report = world().check(raw)
    assert report.verdict is Verdict.VALID
    assert report.credential == raw
    if name not in {"controls", "lines", "separators"}:
        assert report.content is not None
        assert report.content.narrative == TEXTS[name]


def test_two_writings_of_one_letter_are_two_texts() -> None:
    composed, apart = badge(narrative=TEXTS["nfc"]), badge(narrative=TEXTS["nfd"])
    assert TEXTS["nfd"].encode() in apart
    swapped = composed.replace("é".encode(), "e\u0301".encode())
    assert world().check(swapped).verdict is Verdict.REFUSED


def test_what_is_shown_has_no_character_that_deceives_the_eye() -> None:
    spoofed = claim().achievement.__class__("https://a.example/1", "Fact\u202ecod\u2066.exe\x07", "d", "c")
    report = world().check(badge(achievement=spoofed))
    assert report.content is not None
    assert report.content.title == "Factcod.exe"
    assert ob3.serialised({"a": "\u202e"}) == '{"a":"\u202e"}'.encode()
