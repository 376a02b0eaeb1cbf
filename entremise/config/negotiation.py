"""One address, two readers: a page for people, a document for machines. `web` and `api` do not know each other."""

from typing import Any

from django.utils.cache import patch_vary_headers

from entremise.kernel.access import PUBLIC

PAGE = "text/html"


def by_accept(*, page: Any, document: Any, media_types: tuple[str, ...]) -> Any:
    """Return a view that answers the page to who prefers HTML, the document to the others; both are open to all."""
    if page.guard != PUBLIC or document.guard != PUBLIC:
        raise TypeError("only what is open to all is negotiated")

    def run(request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.get_preferred_type([*media_types, PAGE]) != PAGE:
            return document(request, *args, **kwargs)
        response = page(request, *args, **kwargs)
        patch_vary_headers(response, ["Accept"])
        return response

    run.guard = PUBLIC  # type: ignore[attr-defined]  # read by the URL walk
    return run
