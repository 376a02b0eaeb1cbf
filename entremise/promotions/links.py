"""The link by which an employer answers."""

import datetime as dt

from entremise.kernel.actors import Role
from entremise.kernel.links import Purpose, register
from entremise.promotions.workflow import LINK_PURPOSE

# A pause of 8 weeks, 30 working days (at most 8 weeks), a month for late answers, a month to rectify: readable until
# then, whatever the territory chose.
LIFETIME = dt.timedelta(days=172)

ANSWER = register(Purpose(LINK_PURPOSE, LIFETIME, Role.EMPLOYER_CONTACT, "promotion_answer"))
