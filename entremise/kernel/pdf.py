"""Tagged PDF (PDF/UA-1) from one of our own pages, by WeasyPrint, loaded when the first one is asked.

WeasyPrint draws text with Pango, a library of the system: a site without it works, and says what to install.
Nothing is fetched while a page is drawn: what it shows is in it.
"""

import ctypes.util
import datetime as dt
import functools
import importlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from entremise.kernel import clock

LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset")
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core")  # Debian and Ubuntu
VARIANT = "pdf/ua-1"


class PdfUnavailable(Exception):
    """This machine cannot write PDF: a library of the system is missing."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file carried inside the PDF."""

    name: str
    description: str
    body: bytes


def missing_libraries() -> list[str]:
    """Return the libraries of the system that a PDF needs and that are not there."""
    return [name for name in LIBRARIES if ctypes.util.find_library(name) is None]


@functools.cache
def is_available() -> bool:
    """Tell whether this machine can write PDF (asked once a process: an installed library needs a restart)."""
    return not missing_libraries()


def write(html: str, *, style: str, attached: Sequence[Attached] = ()) -> bytes:
    """Write a whole page, which says its language and its title, as a tagged PDF. Raise `PdfUnavailable` if we cannot.

    `style` is the whole style of the page.
    """
    if not is_available():
        raise PdfUnavailable
    weasyprint: Any = importlib.import_module("weasyprint")
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it warns with the letters that no font has: her words
    now = clock.now().astimezone(dt.UTC)
    files = [
        weasyprint.Attachment(
            string=one.body,
            name=one.name,
            description=one.description,
            created=now,
            modified=now,
            relationship="Supplement",
        )
        for one in attached
    ]
    fetcher = weasyprint.URLFetcher(allowed_protocols=("data",), allow_redirects=False)  # what is in the page itself
    page = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url="about:blank")
    return bytes(
        page.write_pdf(
            stylesheets=[weasyprint.CSS(string=style, url_fetcher=fetcher)],
            pdf_variant=VARIANT,
            attachments=files or None,
        )
    )
