"""Why words about an application may not be sent: a sentence for who writes them."""

from django.utils.translation import gettext as _

from entremise.lib import courtesy


def objection(words: str, *, tells_of_others: bool = True) -> str:
    """Return why these words may not be sent to somebody; empty when they may.

    `tells_of_others`: false for words about a person written to somebody else, « our waitress » being her.
    """
    found = courtesy.findings(words, tells_of_others=tells_of_others)
    if not found:
        return ""
    return _("Ces mots peuvent blesser ou sont interdits : « %(quote)s ». Écrivez-les autrement.") % {
        "quote": found[0].quote
    }
