"""Offers sent by a partner's own system, one by one or by files; its key stands for it, no session does."""

import hashlib
import json
import tempfile
from typing import IO, Any
from uuid import UUID

from django.core.cache import caches
from django.http import HttpResponse
from django.utils.translation import gettext as _

from entremise.api.kit.answers import ApiRefused, answer
from entremise.api.kit.endpoints import PUBLIC, ApiRequest, endpoint
from entremise.kernel import clock, idempotency, mail
from entremise.offers import actions_aggregated, actions_feeds, queries_feeds
from entremise.offers.actions import OfferRefused
from entremise.offers.actions_aggregated import FEEDS
from entremise.offers.actions_feeds import MOST_BYTES, FeedNotTaken
from entremise.offers.enums_feeds import FeedFate
from entremise.offers.models import Offer
from entremise.offers.models_partners import Feed, OfferPartner
from entremise.offers.queries_aggregated import Verdict

MOST_OFFER_BYTES = 200_000
MOST_A_MINUTE = 600  # requests of one partner, counted in each process
LISTED, LINES = 100, 1_000
IN_MEMORY = 2_000_000
FORMS = ("multipart/form-data",)


@endpoint(PUBLIC, methods=("GET", "HEAD", "POST"), most_bytes=MOST_OFFER_BYTES)
def offers(request: ApiRequest) -> HttpResponse:
    """List the partner's offers, by reference, or take one; the same idempotency key takes it once."""
    partner = _partner(request)
    if request.method != "POST":
        after = request.GET.get("after", "")[:60]
        rows = list(queries_feeds.own(partner).filter(reference__gt=after).order_by("reference")[: LISTED + 1])
        more = rows[LISTED - 1].reference if len(rows) > LISTED else None
        return answer({"offers": [_told(one) for one in rows[:LISTED]], "after": more})
    fields = _fields(request)
    key = _idempotency_key(request, partner)
    if key and not idempotency.take(key, FEEDS):
        done = queries_feeds.own_offer(partner, idempotency.location(key))
        if done is None:
            raise ApiRefused(409, "conflict", _("Une demande avec la même clé d'idempotence est en cours."))
        return answer(_told(done), headers={"Idempotency-Replayed": "true"})
    try:
        verdict = _put(partner, fields)
    except (ApiRefused, OfferRefused):
        idempotency.give_back(key)
        raise
    if verdict.is_kept:
        idempotency.keep(key, verdict.reference)
    else:
        idempotency.give_back(key)
    return _answered(verdict)


@endpoint(PUBLIC, methods=("GET", "HEAD", "PUT", "DELETE"), most_bytes=MOST_OFFER_BYTES)
def one_offer(request: ApiRequest, reference: str) -> HttpResponse:
    """Say where an offer of the partner stands, write it, or withdraw it."""
    partner = _partner(request)
    if request.method == "PUT":
        return _answered(_put(partner, {**_fields(request), "reference": reference}))
    if request.method == "DELETE":
        try:
            return answer(_told(actions_aggregated.take_away(partner, reference=reference)))
        except OfferRefused as refused:
            raise ApiRefused(404, "not_found", refused.reason) from None
    found = queries_feeds.own_offer(partner, reference)
    if found is None:
        raise ApiRefused(404, "not_found", _("Aucune de vos offres n'a cette référence."))
    return answer(_told(found))


@endpoint(PUBLIC, methods=("POST",), most_bytes=MOST_BYTES)
def feeds(request: ApiRequest) -> HttpResponse:
    """Take the file of the day, in the body or as the file of a form; it is read in the background."""
    partner = _partner(request)
    name = request.headers.get("X-Filename", "")[:200]
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:
        content: IO[bytes] = body
        if request.content_type in FORMS:
            file: Any = request.FILES.get("file")
            if file is None:
                raise ApiRefused(400, "no_file", _("Mettez le fichier dans le champ « file » du formulaire."))
            content, name = file, name or file.name
        else:
            _copy(request, body)
        try:
            feed = actions_feeds.receive(partner, actor=FEEDS, filename=name or "api", content=content)
        except FeedNotTaken as refused:
            raise ApiRefused(422, "not_taken", refused.reason) from None
    return answer(_feed(feed), status=202, headers={"Location": mail.absolute(f"/api/feeds/{feed.pk}")})


@endpoint(PUBLIC)
def one_feed(request: ApiRequest, pk: UUID) -> HttpResponse:
    """Give the report of a file: its counts, then the lines that were not published, some at a time."""
    feed = queries_feeds.feed_of(_partner(request), pk)
    if feed is None:
        raise ApiRefused(404, "not_found", _("Aucun de vos fichiers n'a cet identifiant."))
    after = request.GET.get("after", "0")
    start = int(after) if after.isascii() and after.isdecimal() and len(after) < 10 else 0
    wrong = [line for line in queries_feeds.report(feed, after=start, limit=LINES) if line.reasons]
    lines = [
        {"line": one.number, "reference": one.reference, "result": one.fate, "message": one.reasons} for one in wrong
    ]
    last = start + LINES if feed.done_count > start + LINES else None
    return answer({**_feed(feed), "lines": lines, "after": last})


def _partner(request: ApiRequest) -> OfferPartner:
    kind, _space, key = request.headers.get("Authorization", "").partition(" ")
    partner = queries_feeds.partner_of_key(key.strip()) if kind.lower() == "bearer" else None
    if partner is None:
        reason = _("La clé manque, n'est pas connue ou a été remplacée : demandez-la à l'agence qui suit vos offres.")
        raise ApiRefused(401, "invalid_key", reason, {"WWW-Authenticate": 'Bearer realm="offers"'})
    window = int(clock.now().timestamp()) // 60
    counter, name = caches["process"], f"offers_api:{partner.pk}:{window}"
    counter.add(name, 0, timeout=60)
    try:
        is_too_much = counter.incr(name) > MOST_A_MINUTE
    except ValueError:  # the minute ended between the two
        is_too_much = False
    if is_too_much:
        reason = _("Trop de demandes d'un coup : envoyez plutôt vos offres dans un fichier, ou attendez une minute.")
        raise ApiRefused(429, "too_many", reason, {"Retry-After": "60"})
    return partner


def _fields(request: ApiRequest) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise ApiRefused(415, "media_type", _("Envoyez l'offre en JSON (Content-Type: application/json)."))
    try:
        told = json.loads(request.read(MOST_OFFER_BYTES + 1))
    except (ValueError, RecursionError):
        raise ApiRefused(400, "unreadable", _("Ce JSON ne se lit pas : une virgule ou un guillemet manque.")) from None
    if not isinstance(told, dict):
        raise ApiRefused(400, "unreadable", _("Une offre est un objet JSON, entre accolades."))
    return told


def _idempotency_key(request: ApiRequest, partner: OfferPartner) -> str:
    given = request.headers.get("Idempotency-Key", "")
    return hashlib.sha256(f"{partner.pk}:{given}".encode()).hexdigest() if given else ""


def _put(partner: OfferPartner, fields: dict[str, Any]) -> Verdict:
    actions_aggregated.know_employer(partner, fields)
    try:
        verdict: Verdict = actions_aggregated.put(partner, actor=FEEDS, fields=fields)
    except OfferRefused as refused:
        raise ApiRefused(403, "no_agreement", refused.reason) from None
    return verdict


def _answered(verdict: Verdict) -> HttpResponse:
    """Say what became of an offer: 201 published, 200 kept, 409 a duplicate, 422 rejected with every reason."""
    if verdict.offer is not None and verdict.is_kept:
        told = {**_told(verdict.offer), "result": verdict.fate, "remarks": list(verdict.reasons)}
        return answer(told, status=201 if verdict.fate == FeedFate.CREATED else 200)
    if verdict.fate == FeedFate.DUPLICATE:
        return answer({"code": "duplicate", "message": verdict.words, "faults": []}, status=409)
    fields = [fault.field for fault in verdict.faults]
    fields += [""] * (len(verdict.reasons) - len(fields))
    faults = [{"field": field, "message": why} for field, why in zip(fields, verdict.reasons, strict=False)]
    message = _("Cette offre est rejetée : corrigez ce qui suit, puis renvoyez-la.")
    return answer({"code": "rejected", "message": message, "faults": faults}, status=422)


def _told(offer: Offer) -> dict[str, Any]:
    return {
        "reference": offer.reference,
        "title": offer.title,
        "state": offer.state,
        "url": mail.absolute(f"/offres/{offer.pk}/"),
        "published_at": offer.opened_at.isoformat() if offer.opened_at else None,
        "expires_on": offer.expires_on.isoformat() if offer.expires_on else None,
    }


def _feed(feed: Feed) -> dict[str, Any]:
    names = ("created", "updated", "unchanged", "duplicate", "refused", "withdrawn", "missing")
    return {
        "id": str(feed.pk),
        "state": feed.state,
        "is_truncated": feed.is_truncated,
        "failure": feed.failure,
        "received_at": feed.received_at.isoformat(),
        "finished_at": feed.finished_at.isoformat() if feed.finished_at else None,
        "read": feed.done_count,
        **{name: getattr(feed, f"{name}_count") for name in names},
    }


def _copy(request: ApiRequest, body: IO[bytes]) -> None:
    size = 0
    while chunk := request.read(1 << 20):
        size += len(chunk)
        if size > MOST_BYTES:
            raise ApiRefused(413, "too_large", _("Ce qui est envoyé est trop gros."))
        body.write(chunk)
