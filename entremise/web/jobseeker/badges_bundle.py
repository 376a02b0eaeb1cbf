"""All of the person's badges in one file: each one, the same for other systems, and a page to read."""

import io
import zipfile

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entremise.credentials import actions_bundle
from entremise.credentials.actions_bundle import Bundle
from entremise.credentials.models import Award
from entremise.credentials.models_sharing import ForeignBadge
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock
from entremise.lib.openbadges.report import Form
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit import badge_files
from entremise.web.kit.responses import refused
from entremise.web.kit.screens import ActorRequest, screen

PAGE, EUROPASS = "lisez-moi.html", "europass-elm.jsonld"
MOST_PNG = 12  # drawing one takes some tenths of a second; the others are SVG, which takes none
TOKENS = {Form.OB3_JWT.value, Form.OB2_SIGNED.value, Form.SD_JWT.value}
ENDINGS = {badge_files.PNG: "png", badge_files.SVG: "svg"}
Files = list[tuple[str, bytes]]


@require_POST
@screen("credentials.hold")
def my_badges_bundle(request: ActorRequest) -> HttpResponse:
    """Give everything in one file."""
    try:
        found: Bundle = actions_bundle.bundle(my_person(request), actor=request.actor)
    except CredentialRefused as refusal:
        return refused(request, refusal.reason, "my_badges")
    title = _("mes badges %(day)s") % {"day": clock.today().isoformat()}
    return badge_files.attachment(_zipped(found), "application/zip", title, "zip")


def _zipped(found: Bundle) -> bytes:
    own = [_own(number, award, body) for number, (award, body) in enumerate(found.own, 1)]
    foreign = [_foreign(number, badge) for number, badge in enumerate(found.foreign, 1)]
    records = [(f"clr-{number}.json", body) for number, body in enumerate(found.records, 1)]
    europass = [(EUROPASS, found.europass)] if found.europass else []
    context = {
        "made_at": clock.now(),
        "brand": settings.BRAND,
        "base_url": str(settings.BASE_URL).rstrip("/"),
        "own": [(award, [name for name, _body in files]) for (award, _b), files in zip(found.own, own, strict=True)],
        "foreign": [(one, [name for name, _b in files]) for one, files in zip(found.foreign, foreign, strict=True)],
        "records": [name for name, _body in records],
        "europass": EUROPASS if found.europass else "",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PAGE, render_to_string("web/jobseeker/badges_bundle.html", context))
        for name, body in [*_flat(own), *_flat(foreign), *records, *europass]:
            archive.writestr(name, body)
    return out.getvalue()


def _own(number: int, award: Award, body: bytes) -> Files:
    name = _name("badges", number, award.badge_class.name)
    if number <= MOST_PNG:
        return [(f"{name}.json", body), (f"{name}.png", badge_files.baked_png(award, body))]
    return [(f"{name}.json", body), (f"{name}.svg", badge_files.baked_svg(award, body))]


def _foreign(number: int, badge: ForeignBadge) -> Files:
    name = _name("ailleurs", number, badge.name)
    files = [(f"{name}.{'jwt' if badge.form in TOKENS else 'json'}", bytes(badge.body))]
    ending = ENDINGS.get(badge.image_type)
    return [*files, (f"{name}.{ending}", bytes(badge.image))] if badge.image and ending else files


def _name(folder: str, number: int, title: str) -> str:
    return f"{folder}/{number:02d}-{slugify(title)[: badge_files.LONGEST_NAME].strip('-') or 'badge'}"


def _flat(several: list[Files]) -> Files:
    return [one for files in several for one in files]
