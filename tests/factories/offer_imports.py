"""Spreadsheets of offers for the tests, and the passes over them, run at once."""

import io
from dataclasses import dataclass, field
from typing import Any

from entremise.accounts.models import Agency, User
from entremise.employers.models import Establishment
from entremise.kernel.actors import Actor
from entremise.offers import actions_import as actions
from entremise.offers import jobs, queries, queries_import
from entremise.offers.models import Offer, OfferImport
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.employers import EstablishmentFactory, commune
from tests.factories.people import occupation

HEADER = (
    "Référence;Intitulé du poste;Code ROME;SIRET;Code INSEE;Code postal;Commune;Contrat;Temps de travail;Horaires;"
    "Permis;Langues;Rayon;Compétences;Description"
)


@dataclass
class Desk:
    """A business adviser of Valence and the employer whose spreadsheet she was given."""

    agency: Agency = field(default_factory=lambda: AgencyFactory(name="Agence de Valence"))

    def __post_init__(self) -> None:
        self.commune = commune()
        self.establishment: Establishment = EstablishmentFactory(name="Les Jardins de Flore", commune=self.commune)
        self.occupation = occupation()  # G1602
        self.user: User = professional(agency=self.agency)
        self.actor: Actor = actor_of(self.user)

    def line(self, **cells: Any) -> str:
        """Return one line of the employer's spreadsheet: a cook in Valence."""
        told = {
            "reference": "A-1", "title": "Cuisinier de collectivité", "rome": "G1602",
            "siret": self.establishment.siret, "insee": "", "postcode": "", "city": "", "contract": "CDI", "time": "",
            "schedules": "", "licences": "", "languages": "", "radius": "", "skills": "", "description": "", **cells,
        }  # fmt: skip
        return ";".join(f'"{cell}"' for cell in told.values())

    def receive(self, *lines: str, header: str = HEADER, name: str = "offres.csv") -> OfferImport:
        """Send a CSV."""
        return self.receive_bytes("\n".join([header, *lines]).encode(), name)

    def receive_bytes(self, content: bytes, name: str = "offres.csv") -> OfferImport:
        """Send a file."""
        received: OfferImport = actions.receive(
            self.agency, actor=self.actor, filename=name, content=io.BytesIO(content)
        )
        return received

    def check(self, file: OfferImport, *, opening: bool = False, **mapping: str) -> OfferImport:
        """Say which column is which, as proposed unless told otherwise, and check every line."""
        chosen = mapping or queries_import.proposed(file)
        actions.map_columns(file, actor=self.actor, mapping=chosen, is_opened_at_once=opening)
        jobs.run_check(file.pk)
        return self.again(file)

    def bring_in(self, *lines: str, opening: bool = False, **facts: Any) -> OfferImport:
        """Send, check and import lines."""
        file = self.check(self.receive(*lines, **facts), opening=opening)
        actions.start_import(file, actor=self.actor)
        jobs.run_import(file.pk)
        return self.again(file)

    def again(self, file: OfferImport) -> OfferImport:
        """Read a file again."""
        return queries_import.file(file.pk, self.actor)

    def offers(self) -> list[Offer]:
        """Return every offer, in the order of their references."""
        rows: Any = Offer.objects.unscoped("a test")
        return list(queries.complete(rows).order_by("reference", "pk"))


def fates(file: OfferImport) -> list[tuple[int, str]]:
    """Return what becomes of each line."""
    return [(row.line_number, row.fate) for row in file.lines.order_by("line_number")]


def sentences(file: OfferImport) -> list[str]:
    """Return what is said of the lines, as the person reads it."""
    return [f"{row.line_number} {row.message}" for row in queries_import.report(file) if row.message]


def counts(file: OfferImport) -> tuple[int, int, int, int]:
    """Return how many lines make an offer, change one, change nothing, are refused."""
    return file.created_count, file.updated_count, file.unchanged_count, file.refused_count
