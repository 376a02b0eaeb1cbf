"""The link by which an employer reads and answers the applications of one inbox."""

import datetime as dt

from entremise.kernel.actors import Role
from entremise.kernel.links import Purpose, register
from entremise.reciprok.workflow import CONTEST_PURPOSE, LINK_PURPOSE

# The applications of two months, a month to change an answer, and what came meanwhile.
LIFETIME = dt.timedelta(days=180)

INBOX = register(Purpose(LINK_PURPOSE, LIFETIME, Role.EMPLOYER_CONTACT, "inbox"))

# An application that an adviser made with somebody: she may withdraw it from the message that tells her of it.
CONTEST = register(Purpose(CONTEST_PURPOSE, dt.timedelta(days=60), Role.MAILBOX_OWNER, "application_contest"))
