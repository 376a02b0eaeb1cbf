"""A form submitted twice is done once: the second arrival, even simultaneous, gets the first one's answer.

The key is written in the transaction of the act. A second arrival waits on its primary key until the first commits,
then goes where the first went; when the first failed, the key left with it and the second is the first.
"""

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from entremise.kernel import idempotency
from entremise.web.kit.screens import ActorRequest

FIELD = "idempotency_key"
FAILED = 500
View = Callable[..., HttpResponse]


def once(view: View) -> View:
    """Wrap a view (under `@screen` or `@link_page`): POSTs that carry the hidden `{% idempotency_key %}` act once."""

    @functools.wraps(view)
    def run(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        given = request.POST.get(FIELD, "") if request.method == "POST" else ""
        if not given:
            return view(request, *args, **kwargs)
        key = hashlib.sha256(f"{request.actor.id}|{request.path}|{given}".encode()).hexdigest()
        with transaction.atomic():
            if not idempotency.take(key, request.actor):
                return redirect(idempotency.location(key) or "home")
            response = view(request, *args, **kwargs)
            where = response.headers.get("HX-Redirect") or response.headers.get("Location", "")
            if response.status_code >= FAILED:
                transaction.set_rollback(True)  # a failure told by a page, not raised, must not leave half an act
            elif where:
                idempotency.keep(key, where)
            else:
                idempotency.give_back(key)  # a form shown again with its errors may be sent again
            return response

    run.is_once = True  # type: ignore[attr-defined]  # read by the architecture test
    return run
