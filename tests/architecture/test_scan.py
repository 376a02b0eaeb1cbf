"""What the scanners of `make scan` would also say, cheap enough to be asked each time."""

import re
import subprocess
from pathlib import Path

import httpx
import pytest

from entremise.kernel.outside import OutsideClient

ROOT = Path(__file__).resolve().parents[2]
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[abp]-[0-9A-Za-z-]{20,}"
    r"|(?i:password|passwd|secret_key|api_key|token)\s*=\s*[\"'][A-Za-z0-9+/_-]{24,}[\"']"
)
INVENTED = {"tests", "bench"}  # their secrets open nothing


def sources() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a working copy")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_secret_is_kept_in_the_sources() -> None:
    found, kept = [], {"secret_key", ".env", "id_rsa", "id_ed25519", "credentials.json"}
    for path in sources():
        assert path.name not in kept, path
        if path.suffix in {".png", ".mo", ".woff2", ".svg", ".gz"} or path.relative_to(ROOT).parts[0] in INVENTED:
            continue
        found += [f"{path.name}: {hit[:30]}" for hit in SECRET.findall(path.read_text("utf-8", errors="replace"))]
    assert found == []


def test_calls_outside_follow_no_redirection() -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(302, headers={"Location": "http://169.254.169.254/"})

    client = OutsideClient(base_url="https://service.example")
    assert client._http.follow_redirects is False
    client._http._transport = httpx.MockTransport(answer)
    with client:
        assert client.status_of("/") == 302
    assert asked == ["https://service.example/"]
