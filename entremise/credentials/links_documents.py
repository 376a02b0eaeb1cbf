"""The address printed on a certified CV: whoever has it may look, and sees the state of the moment."""

import datetime as dt

from entremise.credentials.rules_documents import LINK_DAYS
from entremise.kernel.actors import Role
from entremise.kernel.links import Purpose, register

# The bearer does nothing but look: the page asks no policy of this role.
CV = register(Purpose("credentials.cv", dt.timedelta(days=LINK_DAYS), Role.EMPLOYER_CONTACT, "certified_cv"))
