"""The link by which an employer's contact searches anonymous profiles."""

import datetime as dt

from entremise.kernel.actors import Role
from entremise.kernel.links import Purpose, register
from entremise.matching.rules_recruiter import LINK_PURPOSE

LIFETIME = dt.timedelta(days=30)

PROFILES = register(Purpose(LINK_PURPOSE, LIFETIME, Role.EMPLOYER_CONTACT, "profiles"))
