"""A person's archive as a file: a page to read, linked data for machines, a receipt for each consent."""

import io
import json
import zipfile
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.kernel.erasure import Tables
from entremise.lib import archives
from entremise.people import queries, queries_archive, queries_receipts
from entremise.people.models import Person

PAGE = "lisez-moi.html"


def bundle(person: Person, actor: Actor, tables: Tables) -> bytes:
    """Return the archive as a zip."""
    now = clock.now()
    said = archives.document(tables, made_at=now, installation=settings.BRAND.name)
    consents = queries_receipts.receipts(actor)
    context = {
        "person": person,
        "made_at": now,
        "brand": settings.BRAND,
        "sections": queries_archive.sections(tables),
        "looks": queries.access_history(person),
        "consents": consents,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PAGE, render_to_string("web/jobseeker/archive.html", context))
        archive.writestr(archives.NAME, _json(said))
        for number, consent in enumerate(consents, start=1):
            archive.writestr(f"recus/accord-{number}.json", _json(queries_receipts.receipt(consent)))
    return out.getvalue()


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
