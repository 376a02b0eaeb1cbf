"""Badges as files and as pictures: what leaves with a name, what a page shows, without anything that could act."""

import base64

import segno
from django.http import HttpResponse
from django.utils.text import slugify

from entremise.credentials.models import Award
from entremise.credentials.models_sharing import ForeignBadge
from entremise.credentials.queries_image import face_of, png
from entremise.credentials.rules_foreign import Brought
from entremise.credentials.rules_image import Face, svg
from entremise.lib.openbadges import bake, bake_svg
from entremise.lib.openbadges.bake import Carrier
from entremise.lib.openbadges.content import Content

SVG, PNG, JSON, JWT = "image/svg+xml", "image/png", "application/json", "application/jwt"
STILL = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # a picture opened by itself runs and loads nothing
LONGEST_NAME = 60


def picture(body: bytes | str, media_type: str = SVG) -> HttpResponse:
    """Return a picture for a page of its owner."""
    response = HttpResponse(body, content_type=media_type)
    response["Content-Security-Policy"] = STILL
    response["X-Content-Type-Options"] = "nosniff"
    return response


def attachment(body: bytes, media_type: str, title: str, ending: str) -> HttpResponse:
    """Return a file that a browser saves, named after the badge."""
    response = HttpResponse(body, content_type=media_type)
    name = slugify(title)[:LONGEST_NAME].strip("-") or "badge"
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def baked_png(award: Award, body: bytes, carrier: Carrier = Carrier.OB3) -> bytes:
    """Return the image of a badge as PNG, with the signed badge in it."""
    return bake.into_png(png(face_of(award)), body, carrier)


def baked_svg(award: Award, body: bytes, carrier: Carrier = Carrier.OB3) -> bytes:
    """Return the image of a badge as SVG, with the signed badge in it."""
    return bake_svg.into_svg(svg(face_of(award)).encode(), body, carrier)


def foreign_face(badge: ForeignBadge) -> Face:
    """Return what we draw for a badge from elsewhere that came without an image."""
    return Face(badge.name, "", 0, badge.issuer_name, badge.awarded_on.year if badge.awarded_on else 0)


def foreign_picture(badge: ForeignBadge) -> tuple[bytes, str]:
    """Return the image of a badge from elsewhere: the one it came in, else ours."""
    if badge.image:
        return bytes(badge.image), badge.image_type
    return svg(foreign_face(badge)).encode(), SVG


def brought_picture(brought: Brought, content: Content) -> tuple[bytes, str]:
    """Return the image of a badge that is not kept yet."""
    if brought.image:
        return brought.image, brought.image_type
    year = content.awarded_at.year if content.awarded_at else 0
    return svg(Face(content.title, "", 0, content.issuer.name, year)).encode(), SVG


def data_uri(body: bytes, media_type: str) -> str:
    """Return a picture inside the page itself."""
    return f"data:{media_type};base64,{base64.b64encode(body).decode()}"


def qr_code(address: str) -> str:
    """Return the QR code of an address, inside the page itself."""
    return str(segno.make(address, error="m").svg_data_uri(border=3, scale=5))
