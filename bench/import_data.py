"""What the bench of the import needs: a territory, a file, and the loop that one would write first."""

import csv
import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID

from openpyxl import Workbook

from entremise.accounts.enums import OrganisationKind
from entremise.accounts.models import Agency, Membership, Organisation, User
from entremise.accounts.queries import actor_for
from entremise.employers.models import Establishment
from entremise.kernel import clock, journal
from entremise.kernel.actors import Actor, Role
from entremise.lib.identifiers import siren_with_key, siret_with_key
from entremise.people.models import Identity, Person
from entremise.people.queries import reached_by
from entremise.people.rules import reference_of
from entremise.promotions import actions_import
from entremise.promotions.models import ImportFile, Promotion
from entremise.promotions.rules_cells import parse_answer, parse_date, parse_outcome
from entremise.promotions.rules_import import identity_of
from entremise.territories.models import Commune, Department, Region

WHY = "a bench's rows"
LEAD = "responsable@bench.example"


def territory(people: int, places: int, colleagues: int) -> dict[str, list[str]]:
    """Make people with addresses, establishments and a team; return what a spreadsheet calls them."""
    region, _made = Region.objects.get_or_create(code="84", defaults={"name": "Auvergne-Rhône-Alpes"})
    department, _made = Department.objects.get_or_create(code="26", defaults={"name": "Drôme", "region": region})
    commune, _made = Commune.objects.get_or_create(
        code="26362", defaults={"name": "Valence", "department": department, "latitude": 44.93, "longitude": 4.89}
    )
    organisation = Organisation.objects.create(kind=OrganisationKind.EMPLOYMENT_SERVICE, name="Service du bench")
    agency = Agency.objects.create(organisation=organisation, name="Valence", commune=commune, department=department)
    advisers = [f"conseil{number}@bench.example" for number in range(colleagues)]
    for email in (LEAD, *advisers):
        user = User.objects.create_user(email=email, first_name="Camille", last_name=email.partition("@")[0])
        role = Role.TEAM_LEAD if email == LEAD else Role.BUSINESS_ADVISER
        Membership.objects.create(user=user, agency=agency, role=role)
    now = clock.now()
    everybody: Any = Person.objects.unscoped(WHY)
    made = everybody.bulk_create(
        [
            Person(reference=reference_of(n), commune=commune, department=department, agency=agency, created_at=now)
            for n in range(people)
        ],
        batch_size=2000,
    )
    emails = [f"personne{number}@bench.example" for number in range(people)]
    identities: Any = Identity.objects.unscoped(WHY)
    identities.bulk_create(
        [Identity(person=person, first_name="Awa", email=email) for person, email in zip(made, emails, strict=True)],
        batch_size=2000,
    )
    sirets = [siret_with_key(siren_with_key(f"9{number:07d}").value, 1).value for number in range(places)]
    Establishment.objects.bulk_create(
        [Establishment(siret=siret, name=f"Maison {siret[3:9]}", commune=commune) for siret in sirets], batch_size=2000
    )
    return {"emails": emails, "sirets": sirets, "advisers": advisers}


def received(columns: list[str], lines: list[list[str]], path: Path) -> UUID:
    """Write the lines as an office would and receive the file."""
    if path.suffix == ".xlsx":
        book = Workbook()  # with the dimensions that a spreadsheet program writes
        for row in [columns, *lines]:
            book.worksheets[0].append(row)
        book.save(path)
    else:
        with path.open("w", encoding="cp1252", newline="") as text:
            csv.writer(text, delimiter=";").writerows([columns, *lines])
    with path.open("rb") as content:
        file: ImportFile = actions_import.receive(_agency(), actor=lead(), filename=path.name, content=content)
    return file.pk


def wipe() -> None:
    """Forget every promotion; the journal stays, as it must."""
    rows: Any = Promotion.objects.unscoped(WHY)
    rows.all().delete()


def loop(lines: list[list[str]]) -> None:
    """Import lines as one writes it first: one by one, looked up and saved through the ORM, each with its trace."""
    actor, agency = lead(), _agency()
    for date, email, siret, adviser, answer, answered, outcome, outcome_on, comment in lines:
        ((found, _by_what),) = reached_by([email], actor)
        person = Person.objects.unscoped(WHY).get(pk=found)
        establishment = Establishment.objects.get(siret=siret)
        sent_on = parse_date(date)
        answered_on, outcome_day = parse_date(answered), parse_date(outcome_on)
        result, contract = parse_outcome(outcome)
        rows: Any = Promotion.objects.unscoped(WHY)
        promotion, _made = rows.update_or_create(
            source_hash=identity_of(person.pk, establishment.pk, sent_on),
            defaults={
                "person": person, "establishment": establishment, "agency": agency, "origin": "import",
                "adviser": User.objects.get(email=adviser), "state": "closed" if result else "answered",
                "created_at": _noon(sent_on), "sent_at": _noon(sent_on), "answer": parse_answer(answer),
                "answered_at": _noon(answered_on), "outcome": result, "outcome_on": outcome_day,
                "outcome_contract": contract, "outcome_word": comment,
            },
        )  # fmt: skip
        journal.append("promotions.imported", promotion, actor)


def lead() -> Actor:
    """Return who imports."""
    return actor_for(User.objects.get(email=LEAD), second_factor=True)


def _agency() -> Agency:
    return Agency.objects.get(organisation__name="Service du bench")


def _noon(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC) if day else None
