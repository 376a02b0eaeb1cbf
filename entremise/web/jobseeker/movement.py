"""What is moving for a person: her requests to former employers, her promotions, her applications, in one timeline."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entremise.promotions.models import Promotion
from entremise.promotions.queries_words import news_for_person
from entremise.reciprok import queries_words
from entremise.reciprok.models import Application
from entremise.reciprok.workflow import RUNNING
from entremise.validations.enums import RequestState
from entremise.validations.models import Request

SHOWN = 5
REQUEST_WORDS: dict[str, Any] = {
    RequestState.DRAFT: gettext_lazy("Votre demande à %(name)s attend que vous l'envoyiez."),
    RequestState.SENT: gettext_lazy("%(name)s a reçu votre demande. Sa réponse est attendue."),
    RequestState.OPENED: gettext_lazy("%(name)s a ouvert votre demande. Sa réponse est attendue."),
    RequestState.DECLINED: gettext_lazy(
        "%(name)s ne répond pas à cette demande. Vous pouvez demander à quelqu'un d'autre."
    ),
    RequestState.EXPIRED: gettext_lazy("%(name)s n'a pas répondu à temps. Vous pouvez demander à quelqu'un d'autre."),
    RequestState.WITHDRAWN: gettext_lazy("Vous avez retiré votre demande à %(name)s."),
    RequestState.BOUNCED: gettext_lazy("Notre message à %(name)s n'est pas arrivé : vérifiez son adresse."),
}
WAITING = {RequestState.DRAFT, RequestState.SENT, RequestState.OPENED}


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline: `state` is current while someone has to act, done once it is over."""

    title: str
    text: str
    at: dt.datetime
    state: str
    icon: str
    href: str


def events(
    requests: Sequence[Request],
    promotions: Sequence[Promotion],
    applications: Sequence[Application] = (),
    *,
    limit: int = SHOWN,
) -> list[Event]:
    """Return the latest moves, what waits first; requests carry the counts of `validations.moving_of_person`."""
    found = [*map(_request, requests), *map(_promotion, promotions), *map(_application, applications)]
    return sorted(found, key=lambda event: (event.state != "current", -event.at.timestamp()))[:limit]


def _request(asked: Any) -> Event:
    return Event(
        title=asked.establishment.name,
        text=_answered(asked) if asked.state == RequestState.ANSWERED else _said(asked),
        at=asked.answered_at or asked.closed_at or asked.sent_at or asked.created_at,
        state="current" if asked.state in WAITING else "done",
        icon="mail",
        href=reverse("my_validation", args=[asked.pk]),
    )


def _said(asked: Any) -> str:
    return str(REQUEST_WORDS[asked.state]) % {"name": asked.contact_name}


def _answered(asked: Any) -> str:
    confirmed = asked.confirmed_count
    if not confirmed:
        return _("%(name)s a répondu.") % {"name": asked.contact_name}
    said = ngettext(
        "%(name)s a confirmé %(confirmed)d compétence sur %(count)d.",
        "%(name)s a confirmé %(confirmed)d compétences sur %(count)d.",
        confirmed,
    )
    return said % {
        "name": asked.contact_name,
        "confirmed": confirmed,
        "count": asked.skill_count,
    }


def _promotion(promotion: Promotion) -> Event:
    said = news_for_person(promotion)
    return Event(
        title=promotion.establishment.name,
        text=f"{said.text} {said.next_step}".strip(),
        at=promotion.answered_at or promotion.closed_at or promotion.sent_at or promotion.created_at,
        state="current" if promotion.state in {"sent", "opened"} else "done",
        icon="send",
        href=reverse("my_promotions"),
    )


def _application(application: Application) -> Event:
    return Event(
        title=f"{queries_words.what_for(application)}, {application.establishment.name}",
        text=queries_words.news(application).fact,
        at=application.changed_at,
        state="current" if application.state in RUNNING else "done",
        icon="briefcase",
        href=reverse("my_job_application", args=[application.pk]),
    )
