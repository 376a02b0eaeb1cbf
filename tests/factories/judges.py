"""Verifiers written by others, in JavaScript (tests/judges): one process that judges a case a line."""

import json
import selectors
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

CONTEXTS = Path(__file__).resolve().parents[2] / "entremise" / "lib" / "openbadges" / "contexts"
ANSWER_SECONDS = 60


@dataclass(frozen=True)
class Verdict:
    """What a judge said."""

    accepted: bool
    why: str
    claims: dict[str, Any]


class Judge:
    """One process of Node.js that answers a line for a line."""

    def __init__(self, folder: Path) -> None:
        command = ["node", str(folder / "judge.mjs"), str(CONTEXTS)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.waiting = selectors.DefaultSelector()
        assert self.process.stdout
        self.waiting.register(self.process.stdout, selectors.EVENT_READ)

    def __call__(self, form: str, given: Any, *, now: str, **more: Any) -> Verdict:
        """Ask for a verdict on what was given, at that time, with the documents that a verifier would fetch."""
        said = self._ask({"form": form, "given": given, "now": now, **more})
        while "fetch" in said:
            said = self._ask(answered(**said["fetch"]))
        return Verdict(said["accepted"], said["why"], said.get("claims") or {})

    def _ask(self, content: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(content).encode() + b"\n")
        self.process.stdin.flush()
        assert self.waiting.select(ANSWER_SECONDS), "the judge does not answer"
        said: dict[str, Any] = json.loads(self.process.stdout.readline())
        return said

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.waiting.close()
        assert self.process.stdout
        self.process.stdout.close()


def answered(url: str, method: str, headers: dict[str, str], body: str | None = None) -> dict[str, Any]:
    """Return what the site answers to a wallet."""
    media_type = headers.pop("content-type", "application/octet-stream")
    answer = Client().generic(method, urlsplit(url).path, body or "", content_type=media_type, headers=headers)
    return {"status": answer.status_code, "headers": dict(answer.headers), "body": answer.content.decode()}
