"""Sentences shown once, after an act; some offer a way back."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

UNDO_MARK = "undo:"
TONES = {"success": "success", "warning": "warning", "error": "danger"}


@dataclass(frozen=True)
class Flash:
    """One sentence to show, its tone, and the address that undoes the act (or nothing)."""

    text: str
    tone: str
    undo_url: str = ""


def say_undoable(request: HttpRequest, text: str, *, undo_url: str) -> None:
    """Announce an act that can be undone by a POST to the address."""
    messages.success(request, text, extra_tags=f"{UNDO_MARK}{undo_url}")


def pending(request: HttpRequest) -> list[Flash]:
    """Take the sentences waiting for this visitor."""
    return [_flash(message) for message in messages.get_messages(request)]


def _flash(message: Message) -> Flash:
    marks = (message.extra_tags or "").split()
    undo_url = next((mark.removeprefix(UNDO_MARK) for mark in marks if mark.startswith(UNDO_MARK)), "")
    return Flash(str(message.message), TONES.get(message.level_tag, "info"), undo_url)
