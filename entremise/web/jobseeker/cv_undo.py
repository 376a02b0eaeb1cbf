"""The way back of a CV that was removed: the same one, at the same address."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from entremise.credentials import actions_documents as actions
from entremise.credentials import queries_documents as queries
from entremise.credentials.models_certificates import CertifiedCv
from entremise.credentials.queries_documents import Told
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit.screens import ActorRequest

Facts = dict[str, Any]
LISTS = ("experiences", "skills", "awards")


def facts_of_cv(cv: CertifiedCv) -> Facts:
    """Return what is needed to make a CV again."""
    told = queries.told_of(cv)
    return {
        "pk": str(cv.pk),
        "created_at": cv.created_at.isoformat(),
        "views": cv.view_count,
        "title": told.title,
        "summary": told.summary,
        "template": told.template,
        "shows_contact": told.shows_contact,
        **{name: [str(pk) for pk in getattr(told, name)] for name in LISTS},
    }


def _cv(request: ActorRequest, facts: Facts) -> str:
    ids = {name: [UUID(pk) for pk in facts[name]] for name in LISTS}
    told = Told(facts["title"], facts["summary"], facts["template"], facts["shows_contact"], **ids)
    created_at = dt.datetime.fromisoformat(facts["created_at"])
    more = {"pk": UUID(facts["pk"]), "created_at": created_at, "views": facts["views"]}
    actions.restore_cv(my_person(request), actor=request.actor, told=told, **more)
    return "my_cvs"


UNDOERS: dict[str, Callable[[ActorRequest, Facts], str]] = {"cv": _cv}
