"""The news a person may switch off, by family and by way."""

from dataclasses import dataclass

from entremise.kernel import suppression
from entremise.kernel.actors import Actor
from entremise.kernel.mail_families import Family
from entremise.kernel.models import OutboxMessage
from entremise.people import queries
from entremise.people.models import Person

NEWS = (Family.VALIDATION_NEWS, Family.PROMOTION_NEWS, Family.BADGES)
Channel = OutboxMessage.Channel
NEVER_SENT = {(Family.BADGES, Channel.SMS)}


@dataclass(frozen=True, slots=True)
class Choice:
    """One family of news by one way."""

    family: Family
    channel: Channel
    address_hash: str
    hint: str
    is_wanted: bool

    @property
    def name(self) -> str:
        """Return how forms and the journal call it; it says no address."""
        return f"{self.family}:{self.channel}"


def choices(person: Person, actor: Actor) -> list[Choice]:
    """Return every choice of a person who can be reached, the families in order."""
    identity = queries.own_identity(person, actor)
    ways = [(Channel.EMAIL, identity.email), (Channel.SMS, identity.phone)]
    known = [(channel, address, suppression.stopped_families(address)) for channel, address in ways if address]
    return [
        Choice(family, channel, suppression.address_hash(address), suppression.masked(address), family not in stopped)
        for family in NEWS
        for channel, address, stopped in known
        if (family, channel) not in NEVER_SENT
    ]
