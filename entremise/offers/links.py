"""The link by which a recruiter reads and completes a shared diagnosis."""

import datetime as dt

from entremise.kernel.actors import Role
from entremise.kernel.links import Purpose, register
from entremise.offers.rules_diagnosis import LINK_PURPOSE

LIFETIME = dt.timedelta(days=60)

DIAGNOSIS = register(Purpose(LINK_PURPOSE, LIFETIME, Role.EMPLOYER_CONTACT, "diagnosis"))
