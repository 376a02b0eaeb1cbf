"""Refusals as 1EdTech interfaces write them (Open Badges 3.0 §B.3.1, Imsx_StatusInfo)."""

from django.http import HttpResponse

from entremise.api.kit.answers import ApiRefused, answer

MINOR = {
    400: "invalid_data",
    401: "unauthorizedrequest",
    403: "forbidden",
    404: "not_found",
    405: "not_allowed",
    413: "invalid_data",
    429: "server_busy",
    503: "server_busy",
}
UNSUPPORTED = 405


def status_info(refused: ApiRefused) -> HttpResponse:
    """Say why in the words of the standard, then in a sentence."""
    minor = refused.code if refused.code == "invalid_query_parameter" else MINOR.get(refused.status, "unknown")
    told = {
        "imsx_codeMajor": "unsupported" if refused.status == UNSUPPORTED else "failure",
        "imsx_severity": "error",
        "imsx_description": str(refused.reason),
        "imsx_codeMinor": {
            "imsx_codeMinorField": [
                {"imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": minor},
            ]
        },
    }
    return answer(told, status=refused.status, headers=refused.headers)
