"""The SMS gateway of the operator: one HTTP request a message, whatever the supplier; none in a demonstration."""

from typing import Any, Protocol

from django.conf import settings

from entremise.kernel.outside import OutsideClient, OutsideUnavailable
from entremise.lib.bodies import parse_body


class Gateway(Protocol):
    """Something that takes SMS away."""

    def send(self, *, to: str, text: str, reference: str) -> None:
        """Hand over one message, or raise OutsideUnavailable; a repeat carries the same reference."""


class SmsGateway(OutsideClient):
    """The gateway described by the settings `ENTREMISE_SMS_…`."""

    def __init__(self, described: Any) -> None:
        super().__init__(token=described.token, user=described.user, password=described.password)
        self._url, self._sender, self._accepted = described.url, described.sender, described.accepted
        self._body = parse_body(described.body)

    def send(self, *, to: str, text: str, reference: str) -> None:
        """Post one message; an answer without the words of an acceptance is a refusal."""
        words = {"to": to, "number": to.lstrip("+"), "text": text, "sender": self._sender, "reference": reference}
        with self:
            answer = self.post(self._url, self._body.filled(words), is_json=self._body.is_json, reference=reference)
        if self._accepted not in answer:
            raise OutsideUnavailable("not accepted")


class NullSms:
    """The gateway of a demonstration: its mailbox page shows what would have left."""

    def send(self, *, to: str, text: str, reference: str) -> None:
        """Send nothing."""


def gateway() -> Gateway:
    """Return the gateway of this installation: none in a demonstration."""
    if settings.DEMO:
        return NullSms()
    if settings.SMS is None:
        raise OutsideUnavailable("no gateway")
    return SmsGateway(settings.SMS)


def reach(described: Any) -> str:
    """Return why a gateway cannot be reached, nothing when it answers; no message is sent."""
    try:
        with SmsGateway(described) as client:
            status = client.status_of(described.url)
    except OutsideUnavailable as unavailable:
        return str(unavailable)
    is_refused = status in (401, 403, 407) or status >= 500  # it knows nothing of HEAD: anything else is an answer
    return f"HTTP {status}" if is_refused else ""
