"""The interface of the partners who send offers, described for machines; tests/api holds it to what is answered."""

from typing import Any, Final

from entremise.lib.offerfeeds import FIELDS

TEXT: Final[dict[str, Any]] = {"type": "string"}
MAYBE: Final = {"type": ["string", "null"]}
COUNT: Final = {"type": "integer", "minimum": 0}
KEYED: Final[list[dict[str, list[str]]]] = [{"partnerKey": []}]


def _thing(**members: object) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": list(members), "properties": members}


def _json(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}


def _answer(description: str, name: str) -> dict[str, Any]:
    return {"description": description, "content": _json(name)}


_OFFER: Final = _thing(reference=TEXT, title=TEXT, state=TEXT, url=TEXT, published_at=MAYBE, expires_on=MAYBE)
_COUNTS: Final = dict.fromkeys(
    ("read", "created", "updated", "unchanged", "duplicate", "refused", "withdrawn", "missing"), COUNT
)
_FEED: Final = {
    "id": TEXT, "state": TEXT, "is_truncated": {"type": "boolean"}, "failure": TEXT, "received_at": TEXT,
    "finished_at": MAYBE, **_COUNTS,
}  # fmt: skip
SCHEMAS: Final[dict[str, Any]] = {
    "SentOffer": {
        "type": "object",
        "description": "Texts; the fields of a feed. Other usual names are understood too (schema.org JobPosting).",
        "properties": {key: {"type": ["string", "number", "boolean", "array", "null"]} for key in FIELDS},
        "required": ["title", "siret", "contract", "description"],
    },
    "KnownOffer": _OFFER,
    "KeptOffer": {
        **_OFFER,
        "properties": {**_OFFER["properties"], "result": TEXT, "remarks": {"type": "array", "items": TEXT}},
    },
    "OfferList": _thing(offers={"type": "array", "items": {"$ref": "#/components/schemas/KnownOffer"}}, after=MAYBE),
    "Rejection": _thing(
        code=TEXT, message=TEXT, faults={"type": "array", "items": _thing(field=TEXT, message=TEXT)}
    ),
    "FeedState": _thing(**_FEED),
    "FeedReport": _thing(
        **_FEED,
        lines={"type": "array", "items": _thing(line=COUNT, reference=TEXT, result=TEXT, message=TEXT)},
        after={"type": ["integer", "null"]},
    ),
}  # fmt: skip
_NO: Final = {
    "401": _answer("The key is missing or unknown.", "Refusal"),
    "405": _answer("Another method.", "Refusal"),
    "413": _answer("Too large.", "Refusal"),
    "429": _answer("Too many requests.", "Refusal"),
}
_TAKEN: Final = {
    "200": _answer("It is kept.", "KeptOffer"),
    "201": _answer("It is published.", "KeptOffer"),
    "400": _answer("It is no JSON object.", "Refusal"),
    "403": _answer("No agreement is in force.", "Refusal"),
    "409": _answer("Somebody who comes before already published it.", "Rejection"),
    "415": _answer("It is not sent as JSON.", "Refusal"),
    "422": _answer("It is rejected, with every reason.", "Rejection"),
}
_REFERENCE: Final = {"name": "reference", "in": "path", "required": True, "schema": TEXT}
_BODY: Final = {"required": True, "content": _json("SentOffer")}
_UNKNOWN: Final = _answer("Not one of this partner's.", "Refusal")
_AFTER: Final = {"name": "after", "in": "query", "required": False, "schema": TEXT}
_BINARY: Final = {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}
PATHS: Final[dict[str, Any]] = {
    "/api/offers": {
        "get": {
            "operationId": "listOffers", "summary": "The partner's offers, by reference.", "security": KEYED,
            "parameters": [_AFTER], "responses": {"200": _answer("Some of them.", "OfferList"), **_NO},
        },
        "post": {
            "operationId": "sendOffer", "summary": "Publish an offer, or correct it.", "security": KEYED,
            "parameters": [{"name": "Idempotency-Key", "in": "header", "required": False, "schema": TEXT}],
            "requestBody": _BODY, "responses": {**_TAKEN, **_NO},
        },
    },
    "/api/offers/{reference}": {
        "get": {
            "operationId": "readOffer", "summary": "Where an offer stands.", "security": KEYED,
            "parameters": [_REFERENCE],
            "responses": {"200": _answer("It is known.", "KnownOffer"), "404": _UNKNOWN, **_NO},
        },
        "put": {
            "operationId": "putOffer", "summary": "Publish an offer, or correct it.", "security": KEYED,
            "parameters": [_REFERENCE], "requestBody": _BODY, "responses": {**_TAKEN, **_NO},
        },
        "delete": {
            "operationId": "withdrawOffer", "summary": "Withdraw an offer.", "security": KEYED,
            "parameters": [_REFERENCE],
            "responses": {"200": _answer("It is not shown any more.", "KnownOffer"), "404": _UNKNOWN, **_NO},
        },
    },
    "/api/feeds": {
        "post": {
            "operationId": "sendFeed", "summary": "Send the file of the day: JSON, CSV or XML, .gz or not.",
            "security": KEYED,
            "requestBody": {"required": True, "content": {
                "application/octet-stream": _BINARY, "application/json": {"schema": {}},
                "multipart/form-data": {"schema": {"type": "object", "properties": {"file": TEXT}}},
            }},
            "responses": {
                "202": _answer("It is read in the background.", "FeedState"),
                "400": _answer("No file.", "Refusal"), "422": _answer("It is not taken.", "Refusal"), **_NO,
            },
        },
    },
    "/api/feeds/{id}": {
        "get": {
            "operationId": "readFeed", "summary": "The report of a file, line by line.", "security": KEYED,
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": TEXT}, _AFTER],
            "responses": {"200": _answer("What became of it.", "FeedReport"), "404": _UNKNOWN, **_NO},
        },
    },
}  # fmt: skip
SECURITY: Final = {"partnerKey": {"type": "http", "scheme": "bearer", "description": "Given once by the agency."}}
