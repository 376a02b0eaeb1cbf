"""Links that badges send: the one by which somebody takes a badge that waits for them."""

import datetime as dt

from entremise.credentials import rules
from entremise.kernel.actors import Role
from entremise.kernel.links import Purpose, register

CLAIM = register(Purpose("credentials.claim", dt.timedelta(days=rules.CLAIM_DAYS), Role.MAILBOX_OWNER, "badge_claim"))
