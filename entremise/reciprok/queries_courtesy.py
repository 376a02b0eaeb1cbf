"""Why words about an application may not be sent: a sentence for who writes them."""

from django.utils.translation import gettext as _

from entremise.lib import courtesy


def objection(words: str) -> str:
    """Return why these words may not be sent to somebody; empty when they may."""
    found = courtesy.findings(words)
    if not found:
        return ""
    return _("Ces mots peuvent blesser ou sont interdits : « %(quote)s ». Écrivez-les autrement.") % {
        "quote": found[0].quote
    }
