"""Links that the accounts send: an invitation, a new password."""

import datetime as dt

from entremise.accounts import rules
from entremise.kernel.actors import Role
from entremise.kernel.links import Purpose, register

INVITATION = register(
    Purpose("accounts.invitation", dt.timedelta(days=rules.INVITATION_DAYS), Role.MAILBOX_OWNER, "invitation")
)
PASSWORD_RESET = register(
    Purpose(
        "accounts.password_reset", dt.timedelta(hours=rules.PASSWORD_RESET_HOURS), Role.MAILBOX_OWNER, "password_reset"
    )
)
NOT_ME = register(Purpose("accounts.not_me", dt.timedelta(days=rules.NOT_ME_DAYS), Role.MAILBOX_OWNER, "not_me"))
