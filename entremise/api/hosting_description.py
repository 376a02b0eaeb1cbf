"""The Open Badges 3.0 API described for machines (OpenAPI 3.0, with the extensions of 1EdTech, §6.3)."""

from typing import Any

from django.conf import settings

from entremise.accounts.enums_partners import Scope
from entremise.credentials import queries_keys as keys
from entremise.credentials.rules_portable import MOST_LISTED

SPEC = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json"
SCOPES = {
    Scope.READ_BADGES: "Permission to read OpenBadgeCredentials for the authenticated entity.",
    Scope.WRITE_BADGES: "Permission to create or update OpenBadgeCredentials for the authenticated entity.",
    Scope.READ_PROFILE: "Permission to read the profile for the authenticated entity.",
    Scope.CHANGE_PROFILE: "Permission to update the profile for the authenticated entity.",
}
STATUS = {
    "description": "What is asked cannot be answered.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Imsx_StatusInfo"}}},
}
BADGE = {
    "application/json": {"schema": {"$ref": "#/components/schemas/AchievementCredential"}},
    "text/plain": {"schema": {"$ref": "#/components/schemas/CompactJws"}},
}
PERSON = {"application/json": {"schema": {"$ref": "#/components/schemas/Profile"}}}


def service_description() -> dict[str, Any]:
    """Return the service description document."""
    brand = str(settings.BRAND.name)
    return {
        "openapi": "3.0.1",
        "info": {
            "title": "Open Badges 3.0 API",
            "description": f"{brand}, as a host: badges of people who allow it, read and brought by other platforms.",
            "version": "3.0",
            "termsOfService": keys.address("/mentions-legales/"),
            "x-imssf-privacyPolicyUrl": keys.address("/vos-donnees/"),
        },
        "servers": [{"url": keys.address("/ims/ob/v3p0")}],
        "paths": {"/credentials": _credentials(), "/profile": _profile(), "/discovery": _discovery()},
        "components": {"securitySchemes": {"OAuth2ACG": _security(brand)}, "schemas": _schemas()},
    }


def _security(brand: str) -> dict[str, Any]:
    return {
        "type": "oauth2",
        "description": "OAuth 2.0 Authorization Code Grant; PKCE (S256) is needed.",
        "x-imssf-name": brand,
        "x-imssf-privacyPolicyUrl": keys.address("/vos-donnees/"),
        "x-imssf-registrationUrl": keys.address("/oauth/register"),
        "x-imssf-termsOfServiceUrl": keys.address("/mentions-legales/"),
        "flows": {
            "authorizationCode": {
                "authorizationUrl": keys.address("/oauth/authorize"),
                "tokenUrl": keys.address("/oauth/token"),
                "refreshUrl": keys.address("/oauth/token"),
                "scopes": {scope.value: said for scope, said in SCOPES.items()},
            }
        },
    }


def _credentials() -> dict[str, Any]:
    found = {"application/json": {"schema": {"$ref": "#/components/schemas/GetOpenBadgeCredentialsResponse"}}}
    paging = {
        "X-Total-Count": {"schema": {"type": "integer"}},
        "Link": {"schema": {"type": "string"}},
    }
    return {
        "get": {
            "operationId": "getCredentials",
            "security": [{"OAuth2ACG": [Scope.READ_BADGES.value]}],
            "parameters": [
                _parameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST_LISTED}),
                _parameter("offset", {"type": "integer", "minimum": 0}),
                _parameter("since", {"type": "string", "format": "date-time"}),
            ],
            "responses": {"200": {"description": "Badges.", "headers": paging, "content": found}, **_refusals()},
        },
        "post": {
            "operationId": "upsertCredential",
            "security": [{"OAuth2ACG": [Scope.WRITE_BADGES.value]}],
            "requestBody": {"required": True, "content": BADGE},
            "responses": {
                "200": {"description": "It took the place of an older version.", "content": BADGE},
                "201": {"description": "It is kept.", "content": BADGE},
                "304": {"description": "The same is there, or a newer version."},
                **_refusals(),
            },
        },
    }


def _profile() -> dict[str, Any]:
    answered = {"200": {"description": "The profile.", "content": PERSON}, **_refusals()}
    return {
        "get": {
            "operationId": "getProfile",
            "security": [{"OAuth2ACG": [Scope.READ_PROFILE.value]}],
            "responses": answered,
        },
        "put": {
            "operationId": "putProfile",
            "description": "givenName and familyName are taken; email and phone are refused.",
            "security": [{"OAuth2ACG": [Scope.CHANGE_PROFILE.value]}],
            "requestBody": {"required": True, "content": PERSON},
            "responses": answered,
        },
    }


def _discovery() -> dict[str, Any]:
    return {
        "get": {
            "operationId": "getServiceDescription",
            "security": [],
            "responses": {"200": {"description": "This document."}, "default": STATUS},
        }
    }


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}


def _refusals() -> dict[str, Any]:
    return dict.fromkeys(("400", "401", "403", "405", "default"), STATUS)


def _schemas() -> dict[str, Any]:
    text = {"type": "string"}
    minor = {"imsx_codeMinorFieldName": text, "imsx_codeMinorFieldValue": text}
    return {
        "AchievementCredential": {
            "type": "object",
            "externalDocs": {"url": f"{SPEC}/ob_v3p0_achievementcredential_schema.json"},
        },
        "CompactJws": {"type": "string", "pattern": r"^[-A-Za-z0-9_=]+\.[-A-Za-z0-9_=]+\.[-A-Za-z0-9_=]*$"},
        "Profile": {"type": "object", "externalDocs": {"url": f"{SPEC}/ob_v3p0_profile_schema.json"}},
        "GetOpenBadgeCredentialsResponse": {
            "type": "object",
            "properties": {
                "credential": {"type": "array", "items": {"$ref": "#/components/schemas/AchievementCredential"}},
                "compactJwsString": {"type": "array", "items": {"$ref": "#/components/schemas/CompactJws"}},
            },
        },
        "Imsx_StatusInfo": {
            "type": "object",
            "required": ["imsx_codeMajor", "imsx_severity"],
            "properties": {
                "imsx_codeMajor": {"type": "string", "enum": ["failure", "processing", "success", "unsupported"]},
                "imsx_severity": {"type": "string", "enum": ["error", "status", "warning"]},
                "imsx_description": text,
                "imsx_codeMinor": {
                    "type": "object",
                    "properties": {
                        "imsx_codeMinorField": {"type": "array", "items": {"type": "object", "properties": minor}}
                    },
                },
            },
        },
    }
