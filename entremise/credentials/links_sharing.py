"""The link by which a person shows badges: it lives as long as its share, and its holder may stop it."""

import datetime as dt

from entremise.credentials.rules import SHARE_DAYS
from entremise.kernel.actors import Role
from entremise.kernel.links import Purpose, register

# The bearer only looks: the page asks no policy of this role.
SHARE = register(
    Purpose("credentials.share", dt.timedelta(days=max(SHARE_DAYS)), Role.EMPLOYER_CONTACT, "badge_share")
)
