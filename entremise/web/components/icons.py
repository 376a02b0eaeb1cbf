"""One family of outline icons, drawn for Entremise on a 24 × 24 grid, round strokes."""

# ruff: noqa: E501 (the data of a path does not wrap)

from __future__ import annotations

DIRECTIONAL = frozenset(
    {"arrow-right", "arrow-left", "chevron-right", "chevron-left", "send", "undo", "logout", "login", "list", "reply"}
)

PATHS: dict[str, str] = {
    "accessibility": '<circle cx="12" cy="4.5" r="1.5"/><path d="M5 8.5l7 1.5 7-1.5M12 10v5M12 15l-3 6M12 15l3 6"/>',
    "alert": '<path d="M12 4 2.5 20h19z"/><path d="M12 10v4.5M12 17.4v.1"/>',
    "arrow-down": '<path d="M12 4v16M6 14l6 6 6-6"/>',
    "arrow-left": '<path d="M20 12H4M10 6l-6 6 6 6"/>',
    "arrow-right": '<path d="M4 12h16M14 6l6 6-6 6"/>',
    "arrow-up": '<path d="M12 20V4M6 10l6-6 6 6"/>',
    "award": '<circle cx="12" cy="9" r="6"/><path d="M8.5 14 7 22l5-2.8L17 22l-1.5-8"/>',
    "bell": '<path d="M6 10a6 6 0 0 1 12 0c0 5 2 6.5 2 6.5H4S6 15 6 10zM10 20a2.2 2.2 0 0 0 4 0"/>',
    "briefcase": '<rect x="3" y="7.5" width="18" height="12" rx="2"/><path d="M9 7.5V5h6v2.5M3 13h18"/>',
    "building": '<path d="M5 21V4h9v17M14 10h5v11M2.5 21h19M8.5 8h2M8.5 12h2M8.5 16h2"/>',
    "bulb": '<path d="M9 17c0-2-3-3.5-3-7.5a6 6 0 0 1 12 0c0 4-3 5.5-3 7.5zM9.5 20.5h5"/>',
    "calendar": '<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 3v4M16 3v4"/>',
    "car": '<path d="M4 17v-5l2-5.5h12l2 5.5v5zM4 12h16"/><path d="M6 17v2M18 17v2M7.5 14.6h.1M16.4 14.6h.1"/>',
    "chart": '<path d="M4 4v16h16"/><path d="M8.5 16v-4M13 16V8M17.5 16v-6"/>',
    "chat": '<path d="M4 5h16v11h-9l-4.5 4v-4H4z"/><path d="M8 9h8M8 12.3h5"/>',
    "check": '<path d="M4.5 12.5 10 18 20 6.5"/>',
    "check-circle": '<circle cx="12" cy="12" r="9"/><path d="M8 12.3 11 15.3 16.3 9"/>',
    "chevron-down": '<path d="M6 9.5l6 6 6-6"/>',
    "chevron-left": '<path d="M14.5 6l-6 6 6 6"/>',
    "chevron-right": '<path d="M9.5 6l6 6-6 6"/>',
    "circle": '<circle cx="12" cy="12" r="9"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.3l3.5 2"/>',
    "columns": '<rect x="3.5" y="4.5" width="17" height="15" rx="2"/><path d="M9.2 4.5v15M14.8 4.5v15"/>',
    "copy": '<rect x="8.5" y="8.5" width="12" height="12" rx="2"/><path d="M15.5 8.5v-5h-12v12h5"/>',
    "dot": '<circle cx="12" cy="12" r="4"/>',
    "download": '<path d="M12 3.5V15M7 10.5l5 5 5-5M4 20h16"/>',
    "edit": '<path d="M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19z"/><path d="M13.5 7l3.5 3.5"/>',
    "equal": '<path d="M5 9.5h14M5 14.5h14"/>',
    "external": '<path d="M14 4h6v6M20 4l-9 9M18 14v6H4V6h6"/>',
    "eye": '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>',
    "eye-off": '<path d="M4 4l16 16M9.5 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-3 3.7M6 7.3A17 17 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 3.7-.8M10 10a3 3 0 0 0 4 4"/>',
    "file": '<path d="M6 3h8l5 5v13H6z"/><path d="M14 3v5h5M9.5 13h6M9.5 16.5h6"/>',
    "filter": '<path d="M3.5 5h17l-6.5 8v6l-4-2v-4z"/>',
    "flag": '<path d="M5 21V4M5 4.5h13l-2.5 4 2.5 4H5"/>',
    "globe": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c-5 5.5-5 12.5 0 18M12 3c5 5.5 5 12.5 0 18"/>',
    "graduation": '<path d="M2 9.5 12 5l10 4.5L12 14z"/><path d="M6.5 12v4.5c3 2.5 8 2.5 11 0V12M22 9.5V15"/>',
    "handshake": '<path d="M2.5 7 7 5.5l5 2 5-2L21.5 7v8L19 15.5"/><path d="M12 7.5 8.5 11c1.5 1.7 3.5 1.3 4.5 0l6 5-2 2-1-.8M2.5 15 5 15.5l5.5 4.5 3-.5M13.5 19.5l2.5-.3"/>',
    "heart": '<path d="M12 20S3.5 15 3.5 9.2A4.6 4.6 0 0 1 12 6.7a4.6 4.6 0 0 1 8.5 2.5C20.5 15 12 20 12 20z"/>',
    "help": '<circle cx="12" cy="12" r="9"/><path d="M9.3 9.5a2.7 2.7 0 1 1 4 2.3c-.9.5-1.3 1.1-1.3 2.2M12 17v.1"/>',
    "home": '<path d="M3.5 11.5 12 4l8.5 7.5M6 9.5V20h12V9.5M10 20v-5.5h4V20"/>',
    "inbox": '<path d="M3.5 13 6 5h12l2.5 8v6.5h-17z"/><path d="M3.5 13H9l1.2 2.5h3.6L15 13h5.5"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.6v.1"/>',
    "key": '<circle cx="8" cy="15.5" r="4.5"/><path d="M11.3 12.3 20 3.5M16 7.5l3 3M13.5 10l2 2"/>',
    "keyboard": '<rect x="2.5" y="6" width="19" height="12" rx="2"/><path d="M6 10h.1M10 10h.1M14 10h.1M18 10h.1M7.5 14.3h9"/>',
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3.3-3.3A4 4 0 0 0 13.3 5L12 6.3M14 10a4 4 0 0 0-5.7 0L5 13.3A4 4 0 0 0 10.7 19l1.3-1.3"/>',
    "list": '<path d="M9 6h11M9 12h11M9 18h11M4.5 6h.1M4.5 12h.1M4.5 18h.1"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2"/>',
    "login": '<path d="M14 4h6v16h-6M4 12h11M11 8l4 4-4 4"/>',
    "logout": '<path d="M10 4H4v16h6M9 12h11M16 8l4 4-4 4"/>',
    "mail": '<rect x="3" y="5.5" width="18" height="13.5" rx="2"/><path d="M3.5 7 12 13.5 20.5 7"/>',
    "menu": '<path d="M4 6.5h16M4 12h16M4 17.5h16"/>',
    "minus": '<path d="M5 12h14"/>',
    "paperclip": '<path d="M19.5 11.5 12 19a5 5 0 0 1-7-7l8-8a3.3 3.3 0 0 1 4.7 4.7l-8 8a1.7 1.7 0 0 1-2.4-2.4l7-7"/>',
    "pause": '<circle cx="12" cy="12" r="9"/><path d="M9.8 8.5v7M14.2 8.5v7"/>',
    "phone": '<path d="M5 4h4l1.5 5L8 11a12 12 0 0 0 5 5l2-2.5 5 1.5v4c0 1-1 1.5-2 1.5C10.5 20 4 13.5 3.5 6 3.5 5 4 4 5 4z"/>',
    "pin": '<path d="M12 21.5S5 15 5 9.7a7 7 0 0 1 14 0C19 15 12 21.5 12 21.5z"/><circle cx="12" cy="9.7" r="2.5"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 8V3.5h10V8M7 17H3.5V8h17v9H17"/><path d="M7 14h10v6.5H7z"/>',
    "refresh": '<path d="M20 5v5h-5M4 19v-5h5"/><path d="M19.5 10A8 8 0 0 0 5 8M4.5 14A8 8 0 0 0 19 16"/>',
    "reply": '<path d="M9 6l-5.5 5.5L9 17M3.5 11.5H14c4 0 6.5 2.5 6.5 7"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5 21 21"/>',
    "send": '<path d="M21 3.5 3 10.5l6.5 3.5L13 20.5z"/><path d="M9.5 14 21 3.5"/>',
    "settings": '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>',
    "shield": '<path d="M12 3l8 3v6c0 5-3.5 7.8-8 9.5C7.5 19.8 4 17 4 12V6z"/>',
    "shield-check": '<path d="M12 3l8 3v6c0 5-3.5 7.8-8 9.5C7.5 19.8 4 17 4 12V6z"/><path d="M8.5 12l2.5 2.5 4.5-5"/>',
    "spark": '<path d="M12 3.5 13.8 10l6.7 2-6.7 2L12 20.5 10.2 14l-6.7-2 6.7-2z"/>',
    "star": '<path d="M12 3.5l2.6 5.6 6 .7-4.5 4.1 1.3 6L12 16.9 6.6 19.9l1.3-6L3.4 9.8l6-.7z"/>',
    "table": '<rect x="3.5" y="4.5" width="17" height="15" rx="2"/><path d="M3.5 9.5h17M3.5 14.5h17M10 9.5v10"/>',
    "tag": '<path d="M3.5 4h8l9 9-7.5 7.5-9.5-9z"/><path d="M8 8.4h.1"/>',
    "target": '<circle cx="12" cy="12" r="9"/><circle cx="12" cy="12" r="5"/><path d="M12 12h.1"/>',
    "trash": '<path d="M4 6.5h16M9 6.5V4h6v2.5M6 6.5l1 14h10l1-14M10 11v5.5M14 11v5.5"/>',
    "trend-down": '<path d="M4 7l6 6 4-4 6 7M20 11v5h-5"/>',
    "trend-up": '<path d="M4 17l6-6 4 4 6-7M20 13V8h-5"/>',
    "undo": '<path d="M8 5 3.5 9.5 8 14M3.5 9.5H15a5 5 0 0 1 0 10h-4"/>',
    "unlock": '<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 7.5-2M12 14.5v2"/>',
    "upload": '<path d="M12 16V4M7 9l5-5 5 5M4 20h16"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4 20.5c.8-4.5 4-6 8-6s7.2 1.5 8 6"/>',
    "users": '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.6-4 3-5.5 6.5-5.5s5.9 1.5 6.5 5.5M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.3c2.3.6 3.6 2.2 4 5.2"/>',
    "wrench": '<path d="M20 7.5a5 5 0 0 1-6.8 5.7L7 19.5A1.8 1.8 0 0 1 4.5 17l6.3-6.2A5 5 0 0 1 16.5 4l-3 3 .5 3 3 .5z"/>',
    "x": '<path d="M6 6l12 12M18 6 6 18"/>',
    "x-circle": '<circle cx="12" cy="12" r="9"/><path d="M9 9l6 6M15 9l-6 6"/>',
}


class UnknownIcon(LookupError):
    """No icon has this name: `PATHS` lists those that exist."""


def svg(name: str, css_class: str = "") -> str:
    """Draw an icon as decorative SVG: the word beside it carries the meaning."""
    if name not in PATHS:
        raise UnknownIcon(name)
    classes = " ".join(filter(None, ["icon", "icon-flip" if name in DIRECTIONAL else "", css_class]))
    return f'<svg class="{classes}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{PATHS[name]}</svg>'
