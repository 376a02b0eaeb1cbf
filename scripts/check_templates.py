"""Compile every template, so that a missing tag, block or component is found without opening its page."""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.template import TemplateSyntaxError, engines
from django.template.exceptions import TemplateDoesNotExist

PACKAGE = Path(__file__).resolve().parent.parent / "entremise"


def main() -> int:
    """Compile all; list what does not."""
    django.setup()
    engine = engines["django"]
    failures = []
    folders = sorted({path for path in PACKAGE.rglob("templates") if path.is_dir()})
    names = sorted({path.relative_to(folder).as_posix() for folder in folders for path in folder.rglob("*.*")})
    for name in names:
        try:
            engine.get_template(name)
        except (TemplateSyntaxError, TemplateDoesNotExist) as error:
            failures.append(f"{name}: {error}")
    for failure in failures:
        print(failure)
    print(f"{len(names)} templates compiled, {len(failures)} with an error.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
