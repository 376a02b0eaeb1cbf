"""Spreadsheets of past promotions for the tests, and the passes over them, run at once."""

import io
from dataclasses import dataclass, field
from typing import Any

from entremise.accounts.models import Agency, User
from entremise.employers.models import Establishment
from entremise.kernel.actors import Actor, Role
from entremise.people.models import Person
from entremise.promotions import actions_import as actions
from entremise.promotions import jobs_import as jobs
from entremise.promotions import queries_import as queries
from entremise.promotions.models import ImportFile, Promotion
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.employers import EstablishmentFactory
from tests.factories.people import PersonFactory

HEADER = "Date;Réf profil;SIRET;Conseiller;Réponse;Date réponse;Suite;Date suite;Commentaire"


@dataclass
class Office:
    """A team lead, an adviser, two people and an establishment, all of Valence."""

    agency: Agency = field(default_factory=lambda: AgencyFactory(name="Agence de Valence"))
    establishment: Establishment = field(default_factory=lambda: EstablishmentFactory(name="Les Jardins de Flore"))

    def __post_init__(self) -> None:
        self.lead: User = professional(Role.TEAM_LEAD, agency=self.agency)
        self.adviser: User = professional(agency=self.agency)
        self.actor: Actor = actor_of(self.lead)
        self.person: Person = PersonFactory(consenting=True)
        self.other: Person = PersonFactory(consenting=True)

    def line(self, **cells: Any) -> str:
        """Return one line of the office's spreadsheet."""
        told = {
            "date": "12/03/2026", "person": self.person.reference, "siret": self.establishment.siret,
            "adviser": self.adviser.email, "answer": "", "answered": "", "outcome": "", "outcome_on": "",
            "comment": "", **cells,
        }  # fmt: skip
        return ";".join(str(cell) for cell in told.values())

    def receive(self, *lines: str, header: str = HEADER, name: str = "promotions.csv") -> ImportFile:
        """Send a CSV."""
        content = "\n".join([header, *lines]).encode()
        return self.receive_bytes(content, name)

    def receive_bytes(self, content: bytes, name: str = "promotions.csv") -> ImportFile:
        """Send a file."""
        received: ImportFile = actions.receive(
            self.agency, actor=self.actor, filename=name, content=io.BytesIO(content)
        )
        return received

    def check(self, file: ImportFile, **mapping: str) -> ImportFile:
        """Say which column is which, as proposed unless told otherwise, and check every line."""
        chosen = mapping or queries.proposed(file)
        actions.map_columns(file, actor=self.actor, mapping=chosen)
        jobs.run_check(file.pk)
        return self.again(file)

    def bring_in(self, *lines: str, **facts: Any) -> ImportFile:
        """Send, check and import lines."""
        file = self.check(self.receive(*lines, **facts))
        actions.start_import(file, actor=self.actor)
        jobs.run_import(file.pk)
        return self.again(file)

    def again(self, file: ImportFile) -> ImportFile:
        """Read a file again."""
        return queries.file(file.pk, self.actor)

    def promotions(self) -> list[Promotion]:
        """Return every promotion, in the order of their dates."""
        return list(Promotion.objects.unscoped("a test").order_by("sent_at", "pk"))


def sentences(file: ImportFile) -> list[str]:
    """Return what is wrong, as the person reads it."""
    return [f"{row.line_number}, {row.column} : {row.message}" for row in queries.errors(file)]
