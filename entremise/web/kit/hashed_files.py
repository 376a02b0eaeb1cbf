"""Style sheets, scripts and pictures named by their content: a browser keeps them for good, a change has a new name.

Until they are gathered (in the tests, in a first `manage.py`), they are served from the package under their own names.
"""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

STATIC_TAG = re.compile(r"""\{%\s*static\s+["']([^"']+)["']""")


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no stubs
    """The gathered files: a name that is not among them is a fault, as soon as there are any."""

    def stored_name(self, name: str) -> str:
        """Return the name with the digest of the content; the name alone when nothing is gathered."""
        return str(super().stored_name(name)) if self.hashed_files else name


def lost() -> list[str]:
    """Return the files that were gathered, or that a page calls for, and that are not there."""
    gathered: dict[str, str] = HashedFiles().load_manifest()[0]
    root = Path(str(settings.STATIC_ROOT))
    wanted = {*gathered, *_named_in_pages()}
    return sorted(name for name in wanted if name not in gathered or not (root / gathered[name]).is_file())


def _named_in_pages() -> set[str]:
    engines: list[dict[str, Any]] = settings.TEMPLATES
    folders = [Path(folder) for engine in engines for folder in engine["DIRS"]]
    pages = [path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.html")]
    return {name for page in pages for name in STATIC_TAG.findall(page)}
