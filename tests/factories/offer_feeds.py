"""Partners who send offers, and their files, read at once."""

import datetime as dt
import io
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from entremise.accounts.models import Agency
from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.kernel.actors import job_actor
from entremise.offers import actions_feeds, jobs_feeds, queries_feeds
from entremise.offers.models import Offer
from entremise.offers.models_partners import Feed, OfferPartner
from tests.factories.accounts import AgencyFactory
from tests.factories.employers import EstablishmentFactory, commune
from tests.factories.offers import OfferFactory
from tests.factories.people import occupation

BY_HAND = job_actor("a test's operator")
# Posts that have nothing in common: the same words twice would be the same offer twice.
POSTS = (
    ("Cuisinier / Cuisinière", "Vous préparez les plats chauds du restaurant d'entreprise, du lundi au vendredi."),
    (
        "Soudeur / Soudeuse",
        "Assemblage de cuves en acier inoxydable au procédé TIG, lecture de plans, contrôle visuel.",
    ),
    ("Aide à domicile", "Accompagner des personnes âgées chez elles : toilette, courses, conversation, petit ménage."),
    ("Comptable", "Tenue des comptes fournisseurs, rapprochements bancaires, déclarations de taxe, bilan annuel."),
    ("Jardinier / Jardinière", "Taille des haies, tonte, plantation de massifs fleuris dans les parcs de la commune."),
    ("Conducteur / Conductrice de car", "Lignes scolaires du matin et du soir dans la vallée, accueil des enfants."),
    ("Secrétaire médicale / Secrétaire médical", "Agenda de quatre médecins, téléphone, courriers, tiers payant."),
    ("Boulanger / Boulangère", "Pétrissage, façonnage et cuisson au four à bois, à partir de quatre heures du matin."),
    ("Électricien / Électricienne", "Tirage de câbles, pose de tableaux et mise en service dans des logements neufs."),
    ("Agent de sécurité / Agente de sécurité", "Rondes, surveillance des écrans, contrôle des entrées d'un entrepôt."),
)


def make_partner(**facts: Any) -> OfferPartner:
    """Return a partner with an agreement in force."""
    rows: Any = OfferPartner.objects.unscoped("a test's row")
    told = {
        "name": "Emploi Direct", "channel": "file", "rank": 1, "agreed_on": dt.date(2026, 1, 5),
        "email": "rapports@partenaire.example", "created_at": clock.now(), **facts,
    }  # fmt: skip
    if "agency" not in told:
        told["agency"] = AgencyFactory(email="valence@agence.example")
    made: OfferPartner = rows.create(**told)
    return made


@dataclass
class Sender:
    """A partner, and the employer whose offers it sends."""

    partner: OfferPartner = field(default_factory=make_partner)

    def __post_init__(self) -> None:
        commune()
        self.agency: Agency = self.partner.agency
        self.establishment: Establishment = EstablishmentFactory(name="Les Jardins de Flore")
        self.occupation = occupation()  # G1602

    def offer(self, reference: str = "A-1", **fields: Any) -> dict[str, Any]:
        """Return what the partner says of an offer in Valence; the last figure says which post."""
        title, text = POSTS[int(reference[-1]) if reference[-1:].isdigit() else 0]
        told = {
            "reference": reference, "title": title, "rome": "G1602",
            "siret": self.establishment.siret, "insee": "26362", "contract": "CDI",
            "description": text, "weekly_hours": "35", "pay_min": "2100", "pay_period": "mois",
        }  # fmt: skip
        return {**told, **fields}

    def receive(self, content: bytes | list[dict[str, Any]], name: str = "offres.json") -> Feed:
        """Send a file; nothing is read yet."""
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        feed: Feed = actions_feeds.receive(self.partner, actor=BY_HAND, filename=name, content=io.BytesIO(body))
        return feed

    def send(self, *offers: dict[str, Any]) -> Feed:
        """Send a file and have it read."""
        return self.read(self.receive(list(offers)))

    def read(self, feed: Feed) -> Feed:
        """Have a file read, and return it as it stands."""
        jobs_feeds.run_feed(feed.pk)
        found = queries_feeds.feed_for_job(feed.pk)
        assert found is not None
        return found

    def states(self) -> dict[str, str]:
        """Return the state of each offer of the partner."""
        return dict(queries_feeds.own(self.partner).order_by("reference").values_list("reference", "state"))

    def held(self, reference: str = "A-1") -> Offer:
        """Return an offer of the partner."""
        return queries_feeds.own(self.partner).get(reference=reference)


def counts(feed: Feed) -> dict[str, int]:
    """Return what became of the lines, by fate."""
    names = ("created", "updated", "unchanged", "refused", "duplicate", "withdrawn")
    return {name: found for name in names if (found := getattr(feed, f"{name}_count"))}


def why(feed: Feed) -> list[str]:
    """Return the sentences of the lines that were not published."""
    return [reasons for _number, _reference, _title, reasons in queries_feeds.refused(feed)]


def stage_things(agency: Agency, establishment: Establishment) -> dict[str, UUID]:
    """Return, for the addresses of partners and of published offers, what the scene has of them."""
    partner = make_partner(name="Partenaire de la scène", agency=agency, email="", logo=b"\x89PNG")
    shown = OfferFactory(agency=agency, establishment=establishment, open=True, starts_on=clock.today())
    rows: Any = Feed.objects.unscoped("a test's row")
    feed = rows.create(
        partner=partner, filename="offres.json", sha256="0" * 64, form="json", size_bytes=2, state="asking",
        received_at=clock.now(),
    )  # fmt: skip
    names: dict[UUID, str] = {
        partner.pk: (
            "offer_partner offer_partner_move offer_partner_key offer_partner_stop offer_feed_upload partner_logo"
        ),
        feed.pk: "offer_feed offer_feed_confirm offer_feed_refused api_feed",
        shown.pk: "public_offer public_offer_day",
    }
    return {name: pk for pk, told in names.items() for name in told.split()}
