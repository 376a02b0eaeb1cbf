"""The second factor asked again before what cannot be taken back: files that leave, rights that change.

`@fresh` goes under `@screen`. Who proved it long ago is led to a page that asks for it and comes back; what was posted
is not kept: the person clicks again.
"""

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django_htmx.http import HttpResponseClientRedirect

from entremise.kernel import clock
from entremise.web.kit.screens import ActorRequest

FRESH = dt.timedelta(minutes=15)  # long enough for one task, too short for a session left open
PROVED_AT = "second_factor_at"  # in the session, in seconds
FILE = ".fichier"  # the addresses of files: a browser that receives one stays on the page before
View = Callable[..., HttpResponse]


def note_proof(request: HttpRequest) -> None:
    """Note that a second factor was proved now."""
    request.session[PROVED_AT] = int(clock.now().timestamp())


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether the second factor was proved lately in this session."""
    age = clock.now().timestamp() - request.session.get(PROVED_AT, 0)
    return bool(age + 1 >= 0 and age <= FRESH.total_seconds())


def fresh(view: View) -> View:
    """Ask a professional for the second factor again when the last proof is old."""

    @functools.wraps(view)
    def run(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.actor.is_professional and not is_fresh(request):
            return _to_proof(request)
        return view(request, *args, **kwargs)

    run.is_fresh = True  # type: ignore[attr-defined]  # read by the test of the doors
    return run


def way_back(request: HttpRequest, address: str) -> str:
    """Return an address of this site as a path, the front page when it is none."""
    parts = urlsplit(address)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()})
    return path if is_ours and path.startswith("/") else reverse("home")


def _to_proof(request: ActorRequest) -> HttpResponse:
    is_page = request.method == "GET" and not request.path.endswith(FILE)
    is_part = bool(getattr(request, "htmx", False))
    before = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    asked = request.get_full_path() if is_page and not is_part else way_back(request, before)
    query = {"next": asked} | ({} if is_page else {"refaire": "1"})
    address = f"{reverse('second_factor_again')}?{urlencode(query)}"
    return HttpResponseClientRedirect(address) if is_part else redirect(address)
