"""Badges that travel between platforms (Open Badges 3.0 §6 and §10): which are the same, which is newer."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from entremise.lib.openbadges import content, limits, vcjwt
from entremise.lib.openbadges.content import Content
from entremise.lib.openbadges.reasons import Refused
from entremise.lib.openbadges.report import Form

MOST_KEPT = 500  # badges from elsewhere that other platforms may bring to one person
MOST_LISTED = 100  # on one page of the list
TOKEN = Form.OB3_JWT.value
TRAVELS = {Form.OB3.value, TOKEN}  # the forms that the interface knows


class Outcome(StrEnum):
    """What became of a badge that a platform brought."""

    CREATED = "created"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"  # the same is there, or a newer one


@dataclass(frozen=True, slots=True)
class Version:
    """Which badge it is, and which version of it."""

    id: str
    issuer: str
    since: dt.datetime | None

    def replaces(self, kept: "Version") -> bool:
        """Tell whether this one takes the place of a kept one of the same badge: it is not older."""
        if self.since is None or kept.since is None:
            return True
        return self.since >= kept.since

    def is_of(self, kept: "Version") -> bool:
        """Tell whether both are the same badge: the same identifier by the same issuer (§10.1)."""
        return bool(self.id) and (self.id, self.issuer) == (kept.id, kept.issuer)


def version(said: Content) -> Version:
    """Return which badge a content is of."""
    return Version(said.id, said.issuer.id, said.valid_from)


def kept_version(form: str, body: bytes) -> Version | None:
    """Return which badge kept bytes are of; nothing for a form that does not travel."""
    if form not in TRAVELS:
        return None
    try:
        if form == Form.OB3.value:
            return version(content.of_ob3(limits.read_json(body)))
        return version(content.of_ob3(vcjwt.credential(vcjwt.read(body.decode()))))
    except (Refused, UnicodeDecodeError):
        return None
