"""The interface to verify, described for machines (OpenAPI 3.1); tests/api holds it to what is answered."""

from entremise.api import offers_description
from entremise.lib.openbadges.content import RecipientKind
from entremise.lib.openbadges.reasons import Outcome, Step
from entremise.lib.openbadges.report import Form, Verdict

TEXT, MOMENT = {"type": "string"}, {"type": ["string", "null"], "format": "date-time"}


def _thing(**members: object) -> dict[str, object]:
    """Describe an object whose members are all there, and no other."""
    return {"type": "object", "additionalProperties": False, "required": list(members), "properties": members}


def _list(of: object) -> dict[str, object]:
    return {"type": "array", "items": of}


def _one_of(values: object) -> dict[str, object]:
    return {"type": "string", "enum": [one.value for one in values]}  # type: ignore[attr-defined]


CHECK = {
    "step": _one_of(Step),
    "outcome": _one_of(Outcome),
    "code": {"type": "string", "description": "Why, in a word that does not change."},
    "message": {"type": "string", "description": "The same for people, in the language that was asked for."},
}
BADGE = _thing(
    id=TEXT,
    title=TEXT,
    description=TEXT,
    criteria=TEXT,
    kind=TEXT,
    achievement=TEXT,
    issuer=_thing(id=TEXT, name=TEXT, url=TEXT),
    recipient=_thing(kind=_one_of(RecipientKind), name=TEXT),
    awarded_at=MOMENT,
    valid_from=MOMENT,
    valid_until=MOMENT,
    narrative=TEXT,
    evidence=_list(_thing(name=TEXT, narrative=TEXT, url=TEXT)),
    alignments=_list(_thing(name=TEXT, code=TEXT, framework=TEXT, url=TEXT)),
)
REPORT = _thing(
    verdict={**_one_of(Verdict), "description": "undecided: something could not be looked at, ask again later."},
    code=TEXT,
    message=TEXT,
    form={"type": ["string", "null"], "enum": [*[one.value for one in Form], None]},
    checks=_list({"$ref": "#/components/schemas/Check"}),
    badge={"anyOf": [{"$ref": "#/components/schemas/Badge"}, {"type": "null"}]},
    endorsements=_list(_thing(**CHECK, by=TEXT, text=TEXT)),
)
QUESTION = {
    "type": "object",
    "additionalProperties": False,
    "minProperties": 1,
    "properties": {
        "url": {"type": "string", "format": "uri", "description": "The address of a badge."},
        "badge": {"type": ["string", "object"], "description": "A badge: JSON, or a token."},
        "recipient": {"type": "string", "description": "Whether it is for this address: john@example.org."},
    },
}
REFUSED = {
    "description": "What is asked cannot be answered.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}},
}
FOUND = {"application/json": {"schema": {"$ref": "#/components/schemas/Report"}}}
FORM = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "contentMediaType": "application/octet-stream"},
        "text": TEXT,
        "url": TEXT,
        "recipient": TEXT,
    },
}
BINARY = {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}
OPENAPI = {
    "openapi": "3.1.0",
    "info": {
        "title": "Verify a badge, send offers",
        "version": "1",
        "description": "Open Badges 2.0 and 3.0 (Data Integrity, VC-JWT), endorsements, SD-JWT VC. No account; "
        "nothing of what is sent is kept. The answer speaks of the badge, not of whether who shows it is who it was "
        "given to.",
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    },
    "paths": {
        "/api/verify": {
            "post": {
                "operationId": "verify",
                "summary": "Check a badge: a file, JSON, a token, or its address.",
                "security": [],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {"anyOf": [{"$ref": "#/components/schemas/Question"}, {"type": "object"}]}
                        },
                        "application/vc+jwt": {"schema": TEXT},
                        "application/dc+sd-jwt": {"schema": TEXT},
                        "text/plain": {"schema": TEXT},
                        "image/png": BINARY,
                        "image/svg+xml": BINARY,
                        "multipart/form-data": {"schema": FORM},
                    },
                },
                "responses": {
                    "200": {"description": "The checks were made; `verdict` is the answer.", "content": FOUND},
                    "405": REFUSED,
                    "413": REFUSED,
                    "422": {
                        "description": "There is no badge in what was sent.",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "anyOf": [
                                        {"$ref": "#/components/schemas/Report"},
                                        {"$ref": "#/components/schemas/Refusal"},
                                    ]
                                }
                            }
                        },
                    },
                    "429": REFUSED,
                    "503": REFUSED,
                },
            }
        },
        **offers_description.PATHS,
    },
    "components": {
        "securitySchemes": offers_description.SECURITY,
        "schemas": {
            "Report": REPORT,
            "Check": _thing(**CHECK),
            "Badge": BADGE,
            "Question": QUESTION,
            "Refusal": _thing(code=TEXT, message=TEXT),
            **offers_description.SCHEMAS,
        },
    },
}
