"""What an answer for machines must be whoever made it: JSON even when refused early, no cookie, no needless Vary."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_request, gettext_lazy, override
from django.utils.translation import gettext as _

from entremise.api.kit.answers import ApiRefused, refusal

FIRST_FAULT = 400
CODES = {
    400: ("bad_request", gettext_lazy("Cette demande n'est pas écrite comme il faut.")),
    404: ("not_found", gettext_lazy("Il n'y a rien à cette adresse.")),
    413: ("too_large", gettext_lazy("Ce qui est envoyé est trop gros.")),
    429: (
        "too_many",
        gettext_lazy("Trop de demandes d'un coup : recommencez dans quelques minutes."),
    ),
    503: ("busy", gettext_lazy("Il y a beaucoup de monde en ce moment : recommencez dans un instant.")),
}
KEPT = ("Retry-After", "Allow")
# Under these, whatever is wrong is said in JSON, even where no address begins.
MACHINES_ONLY = ("/api/", "/credentials/", "/status/", "/tsl/", "/ob2/", "/.well-known/", "/oid4vci/", "/ims/")


class MachineAnswers:
    """Placed above the sessions: what they add to an answer for machines is taken away again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        depends_on = getattr(response, "depends_on", None)
        if depends_on is None:
            if response.status_code < FIRST_FAULT or not _is_for_machines(request):
                return response
            response = _in_json(request, response)
            depends_on = ("Accept-Language",)
        response.cookies.clear()
        for name in ("Vary", "Content-Language"):
            response.headers.pop(name, None)
        if depends_on:
            response.headers["Vary"] = ", ".join(depends_on)
        return response


def _is_for_machines(request: HttpRequest) -> bool:
    if request.path_info.startswith(MACHINES_ONLY):
        return True
    try:
        return getattr(resolve(request.path_info).func, "is_endpoint", False)
    except Resolver404:
        return False


def _in_json(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """Say what a page says: too many requests, a site that restarts, an address that leads nowhere."""
    with override(get_language_from_request(request)):
        code, reason = CODES.get(page.status_code, ("refused", _("Cette demande a été refusée.")))
        kept = {name: page.headers[name] for name in KEPT if name in page.headers}
        made = refusal(ApiRefused(page.status_code, code, str(reason), kept))
    made._has_been_logged = getattr(page, "_has_been_logged", False)  # type: ignore[attr-defined]  # noqa: SLF001
    return made
