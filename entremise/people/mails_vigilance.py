"""The message that tells of an account whose looks are unusual."""

import dataclasses
from typing import Self

from django.utils.translation import gettext as _

from entremise.kernel.mail import Mail, absolute, message
from entremise.kernel.mail_families import Family
from entremise.people.rules_vigilance import SENTENCES, Sign


@message
@dataclasses.dataclass(frozen=True, kw_only=True)
class UnusualLooks(Mail):
    """Tells the leads of an agency and the data protection officer what an account did, in figures."""

    kind = "people.unusual_looks"
    family = Family.SERVICE

    who: str
    sentences: tuple[str, ...]
    is_cut: bool
    url: str

    @property
    def subject(self) -> str:
        """Say whether something is left to do at once, without any name."""
        if self.is_cut:
            return _("Accès aux identités suspendu : des consultations inhabituelles")
        return _("Des consultations inhabituelles à vérifier")

    @classmethod
    def example(cls) -> Self:
        """Return an invented alert."""
        busy = _(SENTENCES[Sign.BUSY_HOUR]) % {"count": 38, "usual": 6}
        closed = _(SENTENCES[Sign.CLOSED]) % {"count": 21}
        who = ", ".join(("Claire M.", _("conseil aux entreprises"), "Agence de Valence"))
        return cls(who=who, sentences=(busy, closed), is_cut=False, url=absolute("/equipe/acces/"))
