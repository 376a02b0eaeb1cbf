"""The look: components, icons, charts, colours and the layouts they live in.

Words: a component is a template of `templates/components/`, written `<c-name …>`; a layout is the frame of one
audience; a flash is a sentence shown once after an act, sometimes with a way back (undo).
How to use each one: `docs/components.md` and the gallery page.
"""
