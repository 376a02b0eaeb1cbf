"""What the person's links and her badges from elsewhere give back and forget (declared with the domain's own)."""

import datetime as dt
from uuid import UUID

from django.db.models import F, Func, QuerySet, TextField, Value

from entremise.credentials import actions_foreign, actions_people, actions_sharing
from entremise.credentials.links_sharing import SHARE
from entremise.credentials.models_sharing import ForeignBadge, Share
from entremise.kernel import erasure
from entremise.kernel.erasure import Held
from entremise.kernel.models import MailLink
from entremise.kernel.retention import Class, days_before
from entremise.kernel.retention import declare as keep

LOADED = (actions_foreign, actions_people, actions_sharing)  # with the domain
WHY = erasure.WHY
HERS = "Identifiant de son propre dossier."
TECHNICAL = "Identifiant technique, sans information sur elle."
OVER_DAYS = 365  # a link that ended a year ago: its count of looks serves nobody


def _foreign(person_id: UUID) -> QuerySet[ForeignBadge]:
    rows = ForeignBadge.objects.unscoped(WHY).filter(person_id=person_id)
    return rows.annotate(brought=Func(F("body"), Value("UTF8"), function="convert_from", output_field=TextField()))


HELD = (
    Held(
        "credentials.foreignbadge",
        _foreign,
        (
            "id", "form", "brought", "sha256", "name", "description", "criteria", "issuer_name", "issuer_id",
            "awarded_on", "valid_until", "verdict", "codes", "checked_at", "added_at", "is_shown",
        ),
        {"person": HERS, "body": "Donné sous « brought ».", "image_type": TECHNICAL}
        | {"image": "L'image se télécharge depuis la page du badge."},
        order="added_at",
    ),
    Held(
        "credentials.foreignbadge_skills",
        "foreignbadge__person",
        ("foreignbadge", "skill__label"),
        {"id": TECHNICAL},
    ),
    Held(
        "credentials.share",
        "person",
        (
            "id", "label", "shows_name", "created_at", "until", "max_views", "view_count", "last_viewed_at",
            "stopped_at",
        ),
        {"person": HERS},
        order="created_at",
    ),
    Held("credentials.share_awards", "share__person", ("share", "award"), {"id": TECHNICAL}),
    Held("credentials.share_foreign_badges", "share__person", ("share", "foreignbadge"), {"id": TECHNICAL}),
)  # fmt: skip


def erase(person_id: UUID) -> int:
    """Close and forget a person's links, forget her badges from elsewhere."""
    shares = Share.objects.unscoped(WHY).filter(person_id=person_id)
    ids = list(shares.values_list("pk", flat=True))
    gone: int = MailLink.objects.filter(purpose=SHARE.name, target_id__in=ids).delete()[0]
    foreign = ForeignBadge.objects.unscoped(WHY).filter(person_id=person_id)
    count = len(ids) + foreign.count()
    shares.delete()
    foreign.delete()
    return gone + count


def _over(now: dt.datetime) -> QuerySet[Share]:
    rows = Share.objects.unscoped("the platform's own retention job")
    return rows.filter(until__lt=days_before(now, OVER_DAYS))


keep(
    Class(
        "credentials.shares",
        "Liens de partage de badges : ce qu'ils montraient, le nombre de vues",
        "Mission d'intérêt public",
        "un an",
        "la fin du lien",
        "effacés",
        rows=_over,
    ),
    Class(
        "credentials.foreign",
        "Badges émis ailleurs que la personne a apportés",
        "Mission d'intérêt public : la preuve appartient à la personne",
        "aussi longtemps que le compte",
        "l'ajout",
        "effacés avec le compte, ou dès que la personne les retire",
        by="effacement",
    ),
)
