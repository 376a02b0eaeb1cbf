"""The link by which an employer answers."""

import datetime as dt

from entremise.kernel.actors import Role
from entremise.kernel.links import Purpose, register
from entremise.promotions.workflow import LINK_PURPOSE

# 20 working days (at most 6 weeks), a month for late answers, a month to rectify: readable until then.
LIFETIME = dt.timedelta(days=110)

ANSWER = register(Purpose(LINK_PURPOSE, LIFETIME, Role.EMPLOYER_CONTACT, "promotion_answer"))
