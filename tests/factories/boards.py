"""An application in an employer's inbox, under the names of the addresses of the board."""

from typing import Any
from uuid import UUID

from entremise.kernel import clock
from entremise.offers.models import Offer
from entremise.people.models import Person
from entremise.reciprok.models import Inbox
from tests.factories.labels import applied

OF_THE_BOX = (
    "recruiter_inbox", "recruiter_applications_export", "recruiter_applications_many", "recruiter_closing",
    "recruiter_calendar",
)  # fmt: skip
OF_ONE = (
    "recruiter_application", "recruiter_application_answer", "recruiter_application_opened", "recruiter_meeting",
    "recruiter_meeting_cancel", "recruiter_recommend", "recruiter_report", "inbox_application", "inbox_answer",
    "inbox_opened", "inbox_meeting", "inbox_meeting_cancel", "inbox_recommend", "inbox_report",
)  # fmt: skip


def stage_things(offer: Offer, person: Person, words: str) -> dict[str, UUID]:
    """Return an application of the person to a space's offer, and its inbox, for every address of the board."""
    rows: Any = Inbox.objects.unscoped("a test's row")
    box = rows.create(offer=offer, establishment=offer.establishment, agency=offer.agency, created_at=clock.now())
    made = applied(offer.establishment, person=person, inbox=box, words=words, parts=["identity"], is_current=True)
    return {"recruiter_applications": offer.pk} | dict.fromkeys(OF_THE_BOX, box.pk) | dict.fromkeys(OF_ONE, made.pk)
