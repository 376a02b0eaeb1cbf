"""The invented companies: valid numbers flagged as fictional, a few closed, with people to talk to."""

import datetime as dt
import random

from entremise.accounts.queries import DEMO_EMAIL_DOMAIN
from entremise.demo import words
from entremise.demo.network import GRENOBLE, MONTELIMAR, PRIVAS, ROMANS, VALENCE, Network, slug
from entremise.employers import rules
from entremise.employers.enums import LogChannel, LogPurpose, SizeBand
from entremise.employers.models import Contact, ContactLog, Establishment
from entremise.lib.identifiers import siren_with_key, siret_with_key
from entremise.territories.models import Commune, NafCode

CLOSED_SHARE = 0.04
FIRST_ROOT = 99_000_000  # the first eight digits of a SIREN that no company has
NAMES_A_TRADE = 16


def found(rng: random.Random, network: Network, today: dt.date) -> dict[str, list[Establishment]]:
    """Create the companies with their contacts and some conversations; return the open ones by ROME code."""
    communes = _communes(rng)
    made: list[Establishment] = []
    by_rome: dict[str, list[Establishment]] = {}
    for trade in words.TRADES:
        for own_name in rng.sample(words.OWN_NAMES, NAMES_A_TRADE):
            establishment = _company(rng, trade, own_name, len(made), rng.choice(communes), today)
            made.append(establishment)
            for rome in trade.romes if establishment.is_open else ():
                by_rome.setdefault(rome, []).append(establishment)
    Establishment.objects.bulk_create(made)
    contacts = _contacts(rng, made)
    _conversations(rng, network, made, contacts, today)
    return by_rome


def _communes(rng: random.Random) -> list[Commune]:
    """Return the places of the companies: the five towns more often than the communes around."""
    towns = list(Commune.objects.filter(pk__in=[VALENCE, ROMANS, MONTELIMAR, GRENOBLE, PRIVAS]))
    around = list(Commune.objects.filter(department_id="26", population__gte=3000).order_by("pk"))
    return towns * 4 + rng.sample(around, min(len(around), 25))


def _company(
    rng: random.Random, trade: words.Trade, own_name: str, number: int, commune: Commune, today: dt.date
) -> Establishment:
    siren = siren_with_key(f"{FIRST_ROOT + number:08d}")
    name = f"{rng.choice(trade.names)} {own_name}"
    legal_name = f"{name.upper()} {rng.choice(['SARL', 'SAS', 'SCOP'])}"
    is_closed = rng.random() < CLOSED_SHARE
    return Establishment(
        siret=siret_with_key(str(siren), 1).value,
        name=name,
        legal_name=legal_name,
        search_name=rules.searchable(name, legal_name, commune.name)[:420],
        naf=NafCode.objects.filter(pk=trade.naf).first(),
        commune=commune,
        address=f"{rng.randint(1, 90)} rue {own_name}",
        size_band=rng.choice(SizeBand.values[1:]),
        email_domain=f"{slug(name)}-{number}.exemple.example",
        phone=f"+3346571{rng.randint(0, 9999):04d}",
        closed_on=today - dt.timedelta(days=rng.randint(30, 900)) if is_closed else None,
        is_fictional=True,
    )


def _contacts(rng: random.Random, made: list[Establishment]) -> dict[str, list[Contact]]:
    functions = {name: trade.function for trade in words.TRADES for name in trade.names}
    contacts: dict[str, list[Contact]] = {}
    for establishment in made:
        function = next((f for name, f in functions.items() if establishment.name.startswith(name)), "gérant")
        for rank in range(rng.randint(1, 2)):
            first, last = rng.choice(words.FIRST_NAMES), rng.choice(words.LAST_NAMES)
            contacts.setdefault(establishment.siret, []).append(
                Contact(
                    establishment=establishment,
                    name=f"{first} {last}",
                    role=function if rank == 0 else "assistante de direction",
                    email=f"{slug(first)}.{slug(last)}@{establishment.email_domain}",
                    phone=establishment.phone,
                    is_privileged=rank == 0,
                )
            )
    Contact.objects.bulk_create(c for group in contacts.values() for c in _distinct(group))
    return contacts


def _distinct(group: list[Contact]) -> list[Contact]:
    return list({contact.email: contact for contact in group}.values())


def _conversations(
    rng: random.Random, network: Network, made: list[Establishment], contacts: dict[str, list[Contact]], today: dt.date
) -> None:
    noon = dt.datetime.combine(today, dt.time(10, 30), dt.UTC)
    logs = []
    for establishment in rng.sample(made, len(made) // 3):
        agency = rng.choice(network.agencies)
        has_next = rng.random() < 0.4
        logs.append(
            ContactLog(
                establishment=establishment,
                contact=contacts[establishment.siret][0],
                channel=rng.choice(LogChannel.values),
                purpose=rng.choice(LogPurpose.values[:4]),
                outcome=rng.choice(words.CONVERSATIONS),
                next_action=rng.choice(words.NEXT_ACTIONS) if has_next else "",
                next_on=today + dt.timedelta(days=rng.randint(-4, 12)) if has_next else None,
                author=rng.choice(network.business[agency]),
                agency=agency,
                at=noon - dt.timedelta(days=rng.randint(1, 120)),
            )
        )
    ContactLog.objects.bulk_create(logs)


def demo_mailbox(first_name: str, last_name: str) -> str:
    """Return an invented address that no mail reaches."""
    return f"{slug(first_name)}.{slug(last_name)}@{DEMO_EMAIL_DOMAIN}"
