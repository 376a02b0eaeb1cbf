"""Verifications that anybody asks for: nothing is kept of them but one more in the count of the day."""

from django.db.models import F

from entremise.credentials import clients, queries_own
from entremise.credentials.enums import Channel
from entremise.credentials.models_status import VerificationCount
from entremise.kernel import clock
from entremise.lib.openbadges.report import Report
from entremise.lib.openbadges.verify import verify as checked


def verify(given: bytes | str, *, channel: Channel, recipient: str = "") -> Report:
    """Check a badge in any form, and count the verification."""
    report = check(given, recipient=recipient)
    _count(channel, report.verdict.value)
    return report


def check(given: bytes | str, *, recipient: str = "") -> Report:
    """Check a badge in any form."""
    return checked(
        given,
        now=clock.now(),
        fetch=clients.Asking(),
        recipient=recipient.strip(),
        is_local=queries_own.is_local(),
    )


def _count(channel: Channel, verdict: str) -> None:
    row = {"day": clock.today(), "channel": channel, "verdict": verdict}
    if not VerificationCount.objects.filter(**row).update(count=F("count") + 1):
        VerificationCount.objects.bulk_create([VerificationCount(**row)], ignore_conflicts=True)
        VerificationCount.objects.filter(**row).update(count=F("count") + 1)
