"""The large segment on disk: one folder a generation, a pointer that changes at once, old ones removed."""

import json
import os
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from entremise.matching.engine.geography import Atlas, Geography
from entremise.matching.engine.layout import IndexUnreadable, Segment, opened, save
from entremise.matching.engine.score import MARK

FORMAT = 1  # of the files: an index of another format is rebuilt
HEADER, CURRENT = "index.json", "current"
TOLD = frozenset({"format", "score", "segment", "geography", "communes", "departments"})


@dataclass(frozen=True, slots=True)
class Stored:
    """A generation opened: its segment, its communes, and what was written beside it when it was built."""

    name: str
    segment: Segment
    atlas: Atlas
    header: dict[str, Any]


def write(root: Path, segment: Segment, atlas: Atlas, header: dict[str, Any]) -> str:
    """Write a new generation and point to it at once; those who search go on with the one they opened.

    The header comes last and the pointer after it: a crash on the way leaves the generation before in place.
    """
    root.mkdir(parents=True, exist_ok=True)
    name = f"generation-{uuid.uuid4().hex}"
    folder = root / name
    folder.mkdir()
    told = {
        "format": FORMAT, "score": MARK,
        "segment": save(segment, folder), "geography": save(atlas.geography, folder),
        "communes": list(atlas.codes), "departments": list(atlas.departments), **header,
    }  # fmt: skip
    (folder / HEADER).write_text(json.dumps(told), encoding="utf-8")
    _point(root, name)
    for old in root.glob("generation-*"):
        if old.name != name:
            shutil.rmtree(old, ignore_errors=True)  # memory maps that are open outlive their files
    return name


def current_name(root: Path) -> str:
    """Return the name of the generation in use, empty when there is none."""
    try:
        return os.readlink(root / CURRENT)
    except OSError:
        return ""


def current(root: Path) -> Stored:
    """Open the generation in use; raise `IndexUnreadable` when there is none, or it is cut or of another format."""
    name = current_name(root)
    if not name:
        raise IndexUnreadable("there is no index yet")
    folder = root / name
    try:
        header: dict[str, Any] = json.loads((folder / HEADER).read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise IndexUnreadable(f"no readable {HEADER}: {fault}") from fault
    if not isinstance(header, dict) or TOLD - header.keys():
        raise IndexUnreadable(f"{HEADER} does not say all")
    if (header.get("format"), header.get("score")) != (FORMAT, MARK):
        raise IndexUnreadable(f"format {header.get('format')} and score {header.get('score')}, not ours")
    geography = opened(Geography, folder, header["geography"])
    atlas = Atlas(header["communes"], header["departments"], geography)
    return Stored(name, opened(Segment, folder, header["segment"]), atlas, header)


def _point(root: Path, name: str) -> None:
    draft = root / f"{CURRENT}-{uuid.uuid4().hex}"
    draft.symlink_to(name)
    draft.replace(root / CURRENT)
