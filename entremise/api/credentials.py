"""A signed badge at its own address: for its holder, for who was given a link; everybody may know that it ended."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from entremise.api.kit.answers import VC, ApiRefused, answer, document
from entremise.api.kit.endpoints import PUBLIC, ApiRequest, endpoint
from entremise.credentials import queries, queries_sharing
from entremise.credentials.enums import AwardState, Form
from entremise.credentials.models import Award
from entremise.kernel.links import LinkRefused

GONE = 410
TOKEN = "application/vc+jwt"  # noqa: S105  # a media type
BEARER = "Bearer "
ENDED = (AwardState.REVOKED, AwardState.DECLINED)


@endpoint(PUBLIC)
def credential(request: ApiRequest, public_id: UUID) -> HttpResponse:
    """Answer the bytes that were signed, as they were signed."""
    award = queries.public_award(public_id)
    if award is None:
        raise Http404
    if award.state in ENDED:
        return answer({"id": f"urn:uuid:{public_id}", "revoked": True}, status=GONE)
    if not (_is_holder(request, award) or _was_given(request, award)):
        reason = _("Ce badge se lit par la personne à qui il est, ou avec un lien qu'elle a donné.")
        raise ApiRefused(401, "not_shared", reason, {"WWW-Authenticate": 'Bearer realm="credentials"'})
    wants_token = request.get_preferred_type([VC, "application/json", TOKEN]) == TOKEN
    kept = queries.signed(award, Form.OB3_JWT if wants_token else Form.OB3_DI)
    if kept is None:
        raise Http404
    vary = ["Accept", "Authorization", "Cookie"]
    return document(request, bytes(kept.body), TOKEN if wants_token else VC, seconds=0, vary=vary)


def _is_holder(request: ApiRequest, award: Award) -> bool:
    mine = request.actor.user_id
    return mine is not None and award.person is not None and award.person.user_id == mine


def _was_given(request: ApiRequest, award: Award) -> bool:
    """Tell whether the request bears the token of a link that shows this badge."""
    given = request.headers.get("Authorization", "")
    if not given.startswith(BEARER):
        return False
    try:
        share = queries_sharing.share_of_token(given.removeprefix(BEARER).strip())
    except LinkRefused:
        return False
    return queries_sharing.has_shared(share, award.public_id)
