"""The link by which somebody joins a recruiter space."""

import datetime as dt

from entremise.employers import rules_spaces
from entremise.kernel.actors import Role
from entremise.kernel.links import Purpose, register

SPACE_INVITATION = register(
    Purpose(
        "employers.space_invitation",
        dt.timedelta(days=rules_spaces.INVITATION_DAYS),
        Role.MAILBOX_OWNER,
        "recruiter_join",
    )
)
