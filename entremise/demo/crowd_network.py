"""What a crowd needs in every department: an agency to be followed by, companies to have worked for."""

import random

from entremise.accounts.models import Agency, Organisation
from entremise.accounts.queries import DEMO_EMAIL_DOMAIN
from entremise.demo import companies, network, words
from entremise.employers import rules
from entremise.employers.enums import SizeBand
from entremise.employers.models import Establishment
from entremise.lib.identifiers import siren_with_key, siret_with_key
from entremise.territories.models import Commune, NafCode

FIRST_ROOT = companies.FIRST_ROOT + 100_000  # after the companies of the story
COMPANIES_A_TRADE = 2
TOWNS = 25  # of a department, the largest: where its companies are


def found() -> None:
    """Create the agencies and companies that departments lack; what exists already stays."""
    towns = towns_by_department()
    _agencies(towns)
    _companies(towns)


def towns_by_department() -> dict[str, list[Commune]]:
    """Return the largest communes of each department, among those that have a place on the map."""
    placed = Commune.objects.filter(latitude__isnull=False, longitude__isnull=False, retired_on=None)
    towns: dict[str, list[Commune]] = {}
    for commune in placed.order_by("department_id", "-population", "code"):
        towns.setdefault(commune.department_id, []).append(commune)
    return {department: found[:TOWNS] for department, found in towns.items()}


def siret_of(department_rank: int, trade_rank: int, number: int) -> str:
    """Return the number of an invented company, the same each time."""
    rank = (department_rank * len(words.TRADES) + trade_rank) * COMPANIES_A_TRADE + number
    return siret_with_key(str(siren_with_key(f"{FIRST_ROOT + rank:08d}")), 1).value


def department_ranks(towns: dict[str, list[Commune]]) -> dict[str, int]:
    """Return the rank that a department keeps when others come: the number its code says, Corsica and overseas too."""
    return {code: int(code, 16) for code in towns}


def _agencies(towns: dict[str, list[Commune]]) -> None:
    known = set(Agency.objects.values_list("department_id", flat=True))
    service = Organisation.objects.get(name=network.SERVICE)
    for department, communes in towns.items():
        if department not in known:
            seat = communes[0]
            Agency.objects.get_or_create(
                organisation=service,
                name=f"Agence de {seat.name} ({department})",
                defaults={
                    "commune": seat,
                    "department_id": department,
                    "phone": "+33465710000",
                    "email": f"agence-{department.lower()}@{DEMO_EMAIL_DOMAIN}",
                },
            )


def _companies(towns: dict[str, list[Commune]]) -> None:
    ranks = department_ranks(towns)
    known = set(Establishment.objects.filter(siret__startswith="991").values_list("siret", flat=True))
    activities = set(NafCode.objects.values_list("code", flat=True))
    made = []
    for department, communes in towns.items():
        for trade_rank, trade in enumerate(words.TRADES):
            for number in range(COMPANIES_A_TRADE):
                siret = siret_of(ranks[department], trade_rank, number)
                if siret not in known:
                    made.append(_company(siret, trade, communes, trade.naf in activities))
    Establishment.objects.bulk_create(made)


def _company(siret: str, trade: words.Trade, communes: list[Commune], is_activity_known: bool) -> Establishment:
    rng = random.Random(siret)  # noqa: S311  # invented data: the same number, the same company
    commune = rng.choices(communes, weights=[town.population + 1 for town in communes])[0]
    own_name = rng.choice(words.OWN_NAMES)
    name = f"{rng.choice(trade.names)} {own_name}"
    legal_name = f"{name.upper()} {rng.choice(['SARL', 'SAS', 'SCOP'])}"
    return Establishment(
        siret=siret,
        name=name,
        legal_name=legal_name,
        search_name=rules.searchable(name, legal_name, commune.name)[:420],
        naf_id=trade.naf if is_activity_known else None,
        commune=commune,
        address=f"{rng.randint(1, 90)} rue {own_name}",
        size_band=rng.choice(SizeBand.values[1:]),
        email_domain=f"{network.slug(name)}-{siret[:9]}.exemple.example",
        phone=f"+3346571{rng.randint(0, 9999):04d}",
        is_fictional=True,
    )
