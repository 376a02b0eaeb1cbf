"""Every finding about the journal is a French sentence."""

from __future__ import annotations

import pytest

from entremise.config import cli_journal
from entremise.kernel.seal_checks import Finding, Kind


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("count", [1, 3])
def test_every_finding_is_a_sentence(kind: Kind, count: int) -> None:
    ids = tuple(str(number) for number in range(count))
    finding = Finding(kind, 4, "2026-11-22T10:00:00Z", "2026-11-22T10:00:10Z", ids, count, "/srv/heads.jsonl")
    said = cli_journal.sentence(finding)
    assert said.endswith(".")
    assert "{" not in said
    assert said[0].isupper() or said.startswith("/")
