"""What partners, recruiters and agencies receive about offers that come in files, and that end."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _

from entremise.kernel import mail
from entremise.kernel.mail import Mail, message
from entremise.kernel.mail_families import Family
from entremise.offers.enums_feeds import FeedState
from entremise.offers.models_partners import Feed


@message
@dataclass(frozen=True, kw_only=True)
class FeedReport(Mail):
    """What became of a partner's file."""

    kind = "offers.feed_report"
    family = Family.WORK
    partner: str
    filename: str
    received_at: dt.datetime
    counts: dict[str, int]
    refused: tuple[str, ...] = ()
    failure: str = ""
    is_truncated: bool = False
    asks: bool = False
    missing_count: int = 0
    is_agency: bool = False
    url: str = ""

    @property
    def subject(self) -> str:
        """Return the subject."""
        if self.failure:
            return _("Le fichier d'offres de %(partner)s n'a pas pu être lu") % {"partner": self.partner}
        if self.asks:
            return _("Fichier d'offres de %(partner)s : des retraits sont à confirmer") % {"partner": self.partner}
        facts = {"partner": self.partner, "count": self.counts["refused"]}
        if self.counts["refused"]:
            return _("Fichier d'offres de %(partner)s : lignes rejetées (%(count)s)") % facts
        return _("Fichier d'offres de %(partner)s : tout est en ordre") % facts

    @classmethod
    def of(cls, feed: Feed, refused: tuple[str, ...], *, is_agency: bool) -> Self:
        """Return the report of a file; the agency may open its page."""
        names = ("created", "updated", "unchanged", "refused", "duplicate", "withdrawn")
        return cls(
            partner=feed.partner.name, filename=feed.filename, received_at=feed.received_at, failure=feed.failure,
            counts={name: getattr(feed, f"{name}_count") for name in names}, refused=refused,
            is_truncated=feed.is_truncated, asks=feed.state == FeedState.ASKING, missing_count=feed.missing_count,
            is_agency=is_agency, url=mail.absolute(f"/equipe/partenaires/fichiers/{feed.pk}/") if is_agency else "",
        )  # fmt: skip

    @classmethod
    def example(cls) -> Self:
        """Return an invented report."""
        counts = {"created": 12, "updated": 3, "unchanged": 480, "refused": 2, "duplicate": 1, "withdrawn": 4}
        why = "14 · R-2044 · Cet établissement est fermé : il ne peut plus recruter."
        facts: dict[str, Any] = {"counts": counts, "refused": (why,), "missing_count": 4}
        return cls(
            partner="Emploi Direct", filename="offres.json", received_at=dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC),
            is_agency=True, url="https://entremise.example/equipe/partenaires/", **facts,
        )  # fmt: skip


@message
@dataclass(frozen=True, kw_only=True)
class OffersEnded(Mail):
    """Some of the offers of a recruiter or of a partner are not shown any more: their time is over."""

    kind = "offers.ended"
    family = Family.WORK
    titles: tuple[str, ...]
    more_count: int = 0
    is_partner: bool = False

    @property
    def subject(self) -> str:
        """Return the subject."""
        return _("Vos offres ne sont plus affichées : leur durée de publication est passée")

    @classmethod
    def example(cls) -> Self:
        """Return an invented notice."""
        return cls(titles=("Cuisinier de collectivité — Valence",))
