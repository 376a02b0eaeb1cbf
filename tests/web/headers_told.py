"""What every answer must tell a browser, whoever asks."""

import re

from entremise.web.kit.badge_files import STILL
from entremise.web.kit.middleware import CSP
from entremise.web.public.offers import ANYWHERE
from tests.web.addresses import URLS
from tests.web.walk import Visit

KEPT_BY_ALL = {"theme", "brand-logo"}  # files of the operator's look: the same for everybody, they may be cached
GIVEN_ON = {"badge_share", "badge_share_file"}  # their addresses hold a token, and they have no form to post
PICTURES = {"my_badge_image", "my_foreign_badge_image"}  # drawn by us or brought: they may style themselves, no more
PUBLIC_LISTS = {name for name in URLS if name.startswith("suggest_")}  # communes, titles, firms: a minute, one browser
# Documents of the standards, the same for everybody and open to every site: tests/api says what their headers are.
FOR_MACHINES = {name for name, url in URLS.items() if getattr(url.callback, "is_endpoint", False)} | {"achievement"}


def header(seen: Visit, name: str) -> str:
    found = re.search(rf"^{name}: (.*)$", seen.headers, re.MULTILINE | re.IGNORECASE)
    return found.group(1) if found else ""


def is_as_it_must_be(seen: Visit) -> list[str]:
    """Return what is wrong with the headers of an answer."""
    if seen.name in FOR_MACHINES:
        return for_machines(seen)
    expected = {
        "Content-Security-Policy": CSP,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Access-Control-Allow-Origin": "",
        "Server": "",
        "X-Powered-By": "",
    }
    if seen.name in GIVEN_ON and seen.method == "get":  # a form posted there gets the page of the site that says no
        expected["Referrer-Policy"] = "no-referrer"
    if (
        seen.name == "public_offers_frame"
        and header(seen, "Content-Type").startswith("text/html")
        and seen.status == 200
    ):
        expected |= {"Content-Security-Policy": ANYWHERE, "X-Frame-Options": ""}  # a list to stand in other sites
    if seen.name in PICTURES and header(seen, "Content-Type").startswith("image/"):
        expected["Content-Security-Policy"] = STILL
    faults = [f"{name}: {header(seen, name)!r}" for name, wanted in expected.items() if header(seen, name) != wanted]
    kind = header(seen, "Content-Type")
    if seen.body and kind.startswith("text/") and "charset=utf-8" not in kind.lower():
        faults.append(f"Content-Type: {kind}")
    return faults


def for_machines(seen: Visit) -> list[str]:
    """Return what is wrong with the headers of an answer for machines: open to all, hence about nobody who asks."""
    expected = {"X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "*", "Set-Cookie": ""}
    expected |= {"Access-Control-Allow-Credentials": "", "Server": "", "X-Powered-By": ""}
    faults = [f"{name}: {header(seen, name)!r}" for name, wanted in expected.items() if header(seen, name) != wanted]
    if not header(seen, "Content-Security-Policy").startswith("default-src 'none'"):
        faults.append("Content-Security-Policy")
    return faults


def is_kept_by_nobody(seen: Visit) -> bool:
    """Tell whether what a browser keeps of a page of somebody's is at most a list that is the same for all."""
    if seen.name in FOR_MACHINES | KEPT_BY_ALL or "no-store" in header(seen, "Cache-Control"):
        return True
    return seen.name in PUBLIC_LISTS and header(seen, "Cache-Control") == "private, max-age=60"
