"""A thousand honest recruiter spaces, drawn with a fixed seed: what small and large employers really look like.

Written without reading the rules of vigilance. Nothing here is a fraud: whoever is held among them is held by mistake.
"""

import datetime as dt
import functools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from entremise.lib.identifiers import siren_with_key, siret_with_key

TODAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
FREE = ("gmail.com", "orange.fr", "wanadoo.fr", "laposte.net", "free.fr", "hotmail.fr", "outlook.fr", "yahoo.fr",
        "sfr.fr", "icloud.com", "live.fr", "neuf.fr")  # fmt: skip
FIRST = ("Marie", "Nathalie", "Isabelle", "Sylvie", "Karim", "Nicolas", "Philippe", "Sébastien", "Fatima", "Julien",
         "Céline", "Mehdi", "Aurélie", "Thierry", "Sandrine", "Yann", "Élodie", "Patrick", "Nadia",
         "Chloé")  # fmt: skip
LAST = ("Martin", "Bernard", "Thomas", "Petit", "Robert", "Richard", "Durand", "Dubois", "Moreau", "Laurent", "Simon",
        "Michel", "Lefèvre", "Leroy", "Roux", "David", "Bertrand", "Morel", "Fournier", "Girard", "Bonnet", "Benali",
        "Nguyen", "Diallo", "Lambert", "Fontaine", "Rousseau", "Vincent", "Muller", "Faure", "Mercier", "Blanc",
        "Guérin", "Boyer", "Garnier", "Chevalier", "Legrand", "Gauthier", "Garcia", "Perrin", "Robin", "Haddad",
        "Da Silva", "Le Goff", "Colin", "Arnaud", "Masson", "Marchand", "Duval", "Denis")  # fmt: skip
SYLLABLES = (("ba", "cas", "del", "fon", "gui", "jou", "lar", "mon", "per", "rou", "sau", "tou", "val", "ver"),
             ("be", "di", "lo", "na", "ri", "ta", "vi", "che"),
             ("rand", "sson", "leau", "net", "ier", "zac", "vez", "guet", "lin", "mont"))  # fmt: skip
SHOPS = (
    "Boulangerie {last}",
    "Garage {last}",
    "Coiffure {first}",
    "Le Bistrot de {first}",
    "Fleurs {last}",
    "Boucherie {last}",
    "Pizza {first}",
    "Menuiserie {last}",
    "Pressing du Centre",
    "Épicerie {last}",
    "SARL {last} Plomberie",
    "Taxi {last}",
    "Institut {first}",
    "L'Atelier de {first}",
    "Les Halles {last}",
)
FARMS = ("EARL {last}", "GAEC des {last}", "Domaine {last}", "SCEA Vergers {last}", "{last} Maraîchage")
CLUBS = ("Association {last} Solidarité", "Les Amis du Quartier {last}", "Club sportif de {last}", "Crèche Les Lutins",
         "Centre social {last}", "ADMR de {last}")  # fmt: skip
COMPANIES = (
    "{last} Industrie",
    "Transports {last}",
    "Groupe {last}",
    "{last} et Fils",
    "Clinique {last}",
    "Imprimerie {last}",
    "Cabinet {last}",
    "{last} Logistique",
    "Hôtel {last}",
    "Laboratoires {last}",
)
OFFERS = (
    "Vous préparez et cuisez le pain, en équipe de trois. Deux jours de repos consécutifs.",
    "Livraison de colis dans le secteur de Valence, véhicule fourni, tournée de 80 points.",
    "Réception des colis à l'entrepôt, contrôle, rangement. CACES 1 apprécié.",
    "Vous tenez la comptabilité, préparez les virements aux fournisseurs et les paies.",
    "Taille de la vigne puis vendanges. Envoyez un SMS ou appelez, je suis dans les champs.",
    "Vous conseillez nos clients de la banque, ouverture de comptes et crédits.",
    "Aide à domicile auprès de personnes âgées. Formation payée dès le premier jour.",
    "Contactez-nous par courriel ou par téléphone au magasin, demandez la responsable.",
    "CDI 35 h, 13 € brut de l'heure, mutuelle, tickets restaurant, prise de poste le lundi.",
    "Agent de comptoir : envois postaux, mandats, accueil du public.",
    "Caissier ou caissière, rendu de monnaie, fond de caisse. Débutants acceptés.",
    "Mission d'intérim de trois mois renouvelable, 12,50 € de l'heure plus indemnités.",
    "Télétravail possible deux jours par semaine, matériel fourni par l'entreprise.",
    "À l'embauche, nous vous demanderons votre RIB et votre carte d'identité pour le contrat.",
    "Poste à pourvoir d'urgence, remplacement d'un collègue absent. Sans diplôme, on vous forme.",
    "Vous pouvez nous écrire sur WhatsApp ou au numéro du magasin.",
)


@dataclass(frozen=True, slots=True)
class HonestMember:
    """Somebody who recruits."""

    first_name: str
    last_name: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class HonestContact:
    """Somebody the agency already knows there."""

    name: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class HonestSpace:
    """One space and what is known of its establishment."""

    number: int
    kind: str
    siret: str
    name: str
    legal_name: str
    email_domain: str  # of the file; empty when nobody has noted it
    switchboard: str
    opened_on: dt.date | None
    created_at: dt.datetime
    members: tuple[HonestMember, ...]
    contacts: tuple[HonestContact, ...] = ()
    offers: tuple[str, ...] = ()
    offers_in_week: int = 0
    views_in_day: int = 0
    is_blocked: bool = False  # the frauds around, which honest people may look like

    @property
    def siren(self) -> str:
        """Return the legal unit's number."""
        return self.siret[:9]


@dataclass
class Draw:
    """What a draw needs: a seed, and numbers that are used once."""

    random: random.Random
    count: int = 0
    sirens: int = 0
    made: list[HonestSpace] = field(default_factory=list)
    boxes: set[str] = field(default_factory=set)

    def box(self, local: str, domain: str) -> str:
        """Return an address that nobody else has: a mailbox belongs to one, whatever the names."""
        email = f"{local}@{domain}"
        while email in self.boxes:
            email = f"{local}{self.random.randrange(1, 99)}@{domain}"
        self.boxes.add(email)
        return email

    def siren(self) -> str:
        """Return a new SIREN."""
        self.sirens += 1
        return siren_with_key(f"8{self.sirens:07d}").value

    def mobile(self) -> str:
        """Return a mobile number, almost always a new one."""
        return f"+336{self.random.randrange(10**8):08d}"

    def landline(self) -> str:
        """Return a number of the Drôme."""
        return f"+33475{self.random.randrange(10**6):06d}"

    def person(self) -> tuple[str, str]:
        """Return a first and a last name; frequent ones come back, as they do in life."""
        if self.random.random() < 0.6:  # most French surnames are borne by few people
            return self.random.choice(FIRST), "".join(self.random.choice(part) for part in SYLLABLES).capitalize()
        place = min(int(self.random.expovariate(1 / 18)), len(LAST) - 1)
        return self.random.choice(FIRST), LAST[place]

    def opened(self, low_years: float = 1.5, high_years: float = 30) -> dt.date:
        """Return the day a company was created."""
        return TODAY - dt.timedelta(days=int(365 * self.random.uniform(low_years, high_years)))

    def words(self, count: int) -> tuple[str, ...]:
        """Return the texts of some offers."""
        return tuple(self.random.sample(OFFERS, min(count, 5)))


def plain(text: str) -> str:
    """Return what an address or a domain makes of a name."""
    table = str.maketrans("éèêëàâîïôöûüç", "eeeeaaiioouuc")
    return "".join(c for c in text.lower().translate(table) if c.isalnum() and c.isascii())


def mailbox(draw: Draw, first: str, last: str, domain: str) -> str:
    """Return an address as people choose theirs."""
    a, b = plain(first), plain(last)
    tail = str(draw.random.randrange(10, 99)) if domain in FREE and draw.random.random() < 0.6 else ""
    styles = (f"{a}.{b}{tail}", f"{b}.{a}{tail}", f"{a}{b}{tail}", f"{a[0]}{b}{tail}")
    return draw.box(draw.random.choice(styles), domain)


def one(draw: Draw, kind: str, name: str, member: HonestMember, **facts: object) -> HonestSpace:
    """Return one space with what nearly all have."""
    draw.count += 1
    told: dict[str, object] = {
        "siret": siret_with_key(draw.siren(), 1).value, "legal_name": name.upper(), "email_domain": "",
        "switchboard": "", "opened_on": draw.opened(), "members": (member,),
        "created_at": NOW - dt.timedelta(hours=draw.random.randrange(1, 2_000)),
        "offers_in_week": draw.random.choice((0, 1, 1, 1, 2)), "views_in_day": draw.random.randrange(0, 12),
    }  # fmt: skip
    told |= facts
    told.setdefault("offers", draw.words(int(str(told["offers_in_week"]))))
    return HonestSpace(number=draw.count, kind=kind, name=name, **told)  # type: ignore[arg-type]


def shop(draw: Draw) -> Iterator[HonestSpace]:
    """Draw a small shop: free mail, the owner's mobile or the shop's own line."""
    first, last = draw.person()
    name = draw.random.choice(SHOPS).format(first=first, last=last)
    line = draw.landline() if draw.random.random() < 0.6 else ""
    phone = line if line and draw.random.random() < 0.5 else draw.mobile()
    own = draw.box(plain(name), draw.random.choice(FREE))
    email = own if draw.random.random() < 0.5 else mailbox(draw, first, last, draw.random.choice(FREE))
    known = (HonestContact(f"{first} {last}", "", line or phone),) if draw.random.random() < 0.3 else ()
    yield one(draw, "shop", name, HonestMember(first, last, email, phone), switchboard=line, contacts=known)


def company(draw: Draw) -> Iterator[HonestSpace]:
    """Draw a company with a domain of its own, which the file knows more often than not; one or two recruiters."""
    _first, last = draw.person()
    name = draw.random.choice(COMPANIES).format(last=last)
    domain = f"{plain(name)}.{draw.random.choice(('fr', 'com', 'eu'))}"
    noted = draw.random.choice((domain, domain, domain, "", f"{plain(name)}-{draw.random.choice(FIRST).lower()}.fr"))
    people = [draw.person() for _ in range(draw.random.choice((1, 1, 2)))]
    members = tuple(HonestMember(a, b, mailbox(draw, a, b, domain), draw.landline()) for a, b in people)
    yield one(
        draw, "company", name, members[0], members=members, email_domain=plain_domain(noted),
        switchboard=draw.random.choice((members[0].phone, draw.landline(), "")),
        offers_in_week=draw.random.randrange(0, 6), views_in_day=draw.random.randrange(0, 40),
    )  # fmt: skip


def plain_domain(domain: str) -> str:
    """Return a domain in letters of a domain."""
    name, _dot, ending = domain.rpartition(".")
    return f"{name.translate(str.maketrans('éèêëàâîïôöûüç', 'eeeeaaiioouuc'))}.{ending}" if name else ""


def group(draw: Draw) -> Iterator[HonestSpace]:
    """Draw a group: one person recruits for eight places, two of them of a sister company."""
    a, b = draw.person()
    owner = draw.person()[1]
    domain = f"groupe-{plain(owner)}{draw.count}.fr"
    hr = HonestMember(a, b, mailbox(draw, a, b, domain), draw.landline())
    siren, sister = draw.siren(), draw.siren()
    opened = draw.opened(4, 30)
    for place in range(8):
        unit = siren if place < 6 else sister
        yield one(
            draw, "group", f"{owner} Distribution {place + 1}", hr, siret=siret_with_key(unit, place + 1).value,
            legal_name=f"GROUPE {owner.upper()}", email_domain=domain if place < 5 else "", opened_on=opened,
            switchboard=draw.landline(), offers_in_week=draw.random.randrange(0, 5),
            views_in_day=draw.random.randrange(0, 30),
        )  # fmt: skip


def temp_agency(draw: Draw) -> Iterator[HonestSpace]:
    """Draw a temporary work agency: dozens of offers, many profiles looked at, the network's domain."""
    a, b = draw.person()
    brand = draw.random.choice(("interactif-rh", "prointerim", "sud-missions", "cap-interim"))
    member = HonestMember(a, b, mailbox(draw, a, b, f"{brand}.fr"), draw.landline())
    yield one(
        draw, "temp_agency", f"{brand.title()} {b}", member, email_domain=draw.random.choice((f"{brand}.fr", "")),
        switchboard=member.phone, offers_in_week=draw.random.randrange(10, 35), opened_on=draw.opened(2, 20),
        views_in_day=draw.random.randrange(20, 90),
    )  # fmt: skip


def association(draw: Draw) -> Iterator[HonestSpace]:
    """Draw an association: free mail, its own line or its treasurer's mobile; the same person may run two."""
    first, last = draw.person()
    phone = draw.random.choice((draw.mobile(), draw.landline()))
    for _ in range(draw.random.choice((1, 1, 1, 2))):
        name = draw.random.choice(CLUBS).format(last=draw.person()[1])
        email = draw.box(plain(name)[:20], draw.random.choice(FREE))
        yield one(draw, "association", name, HonestMember(first, last, email, phone), opened_on=draw.opened(0.5, 40))


def newcomer(draw: Draw) -> Iterator[HonestSpace]:
    """Draw a company of a few weeks: free mail, a mobile, one to three offers, nothing in the file."""
    first, last = draw.person()
    name = draw.random.choice(SHOPS).format(first=first, last=last)
    opened = TODAY - dt.timedelta(days=draw.random.randrange(8, 120))
    email = mailbox(draw, first, last, draw.random.choice(FREE))
    yield one(
        draw, "newcomer", name, HonestMember(first, last, email, draw.mobile()), opened_on=opened,
        offers_in_week=draw.random.randrange(1, 4), created_at=NOW - dt.timedelta(hours=draw.random.randrange(1, 100)),
    )  # fmt: skip


def farmer(draw: Draw) -> Iterator[HonestSpace]:
    """Draw a farm: a mobile, a free mailbox shared with the family, seasonal offers at once."""
    first, last = draw.person()
    name = draw.random.choice(FARMS).format(last=last)
    email = draw.box(f"{plain(last)}.{plain(draw.random.choice(FIRST))}", draw.random.choice(FREE[:6]))
    yield one(
        draw, "farmer", name, HonestMember(first, last, email, draw.mobile()), offers_in_week=draw.random.randrange(3),
        opened_on=draw.random.choice((draw.opened(3, 40), None)),
    )  # fmt: skip


def neighbours(draw: Draw) -> Iterator[HonestSpace]:
    """Draw two companies of a business centre: one switchboard, two owners."""
    switchboard = draw.landline()
    for _ in range(2):
        first, last = draw.person()
        name = draw.random.choice(COMPANIES).format(last=last)
        email = mailbox(draw, first, last, draw.random.choice((f"{plain(name)}{draw.count}.fr", "gmail.com")))
        yield one(draw, "neighbour", name, HonestMember(first, last, email, switchboard), switchboard=switchboard)


def franchise(draw: Draw) -> Iterator[HonestSpace]:
    """Draw a shop of a brand: the brand's domain, a company of its own."""
    first, last = draw.person()
    brand = draw.random.choice(("bricofort", "panier-vert", "optique-plus", "vitepneu"))
    domain = f"{brand}.fr"
    email = f"{draw.random.choice(('valence', 'romans', 'crest', 'die'))}{draw.count}@{domain}"
    yield one(
        draw, "franchise", f"{brand.title()} {draw.person()[1]}", HonestMember(first, last, email, draw.landline()),
        legal_name=f"SAS {last.upper()} DISTRIBUTION", email_domain=draw.random.choice((domain, "", "")),
        switchboard=draw.landline(), opened_on=draw.opened(0.4, 15),
    )  # fmt: skip


def town_hall(draw: Draw) -> Iterator[HonestSpace]:
    """Draw a town hall, under a free mailbox or a domain of its own."""
    place = draw.person()[1]
    domain = draw.random.choice(("wanadoo.fr", "orange.fr", f"mairie-{plain(place)}.fr", f"ville-{plain(place)}.fr"))
    first, last = draw.person()
    line = draw.landline()
    email = draw.box(f"mairie.{plain(place)}" if domain in FREE else "rh", domain)
    noted = "" if domain in FREE else domain
    yield one(
        draw, "town_hall", f"Commune de {place}", HonestMember(first, last, email, line), email_domain=noted,
        switchboard=line, opened_on=dt.date(1900, 1, 1),
    )  # fmt: skip


def bookkeeper(draw: Draw) -> Iterator[HonestSpace]:
    """Draw an accountant who recruits for five clients, with one mailbox and one line."""
    first, last = draw.person()
    member = HonestMember(first, last, mailbox(draw, first, last, f"cabinet-{plain(last)}.fr"), draw.landline())
    for _ in range(5):
        client = draw.person()[1]
        yield one(draw, "bookkeeper", draw.random.choice(SHOPS).format(first=first, last=client), member)


SHARES: tuple[tuple[Callable[[Draw], Iterator[HonestSpace]], int], ...] = (
    (shop, 340), (company, 190), (group, 104), (temp_agency, 60), (association, 80), (newcomer, 70), (farmer, 56),
    (neighbours, 30), (franchise, 40), (town_hall, 20), (bookkeeper, 10),
)  # fmt: skip


@functools.cache
def honest_spaces(seed: int = 20261120) -> tuple[HonestSpace, ...]:
    """Return one thousand honest spaces, the same at each call."""
    draw = Draw(random.Random(seed))
    for kind, count in SHARES:
        made: list[HonestSpace] = []
        while len(made) < count:
            made += kind(draw)
        draw.made += made[:count]
    draw.random.shuffle(draw.made)
    return tuple(draw.made)


def blocked_spaces(seed: int = 66) -> tuple[HonestSpace, ...]:
    """Return thirty frauds blocked in the past, under names that honest people have too."""
    draw = Draw(random.Random(seed), count=10_000, sirens=900_000)
    made = []
    for _ in range(30):
        first, last = draw.person()
        email = f"{plain(first)}.{plain(last)}.recrutement{draw.random.randrange(999)}@gmail.com"
        member = HonestMember(first, last, email, draw.mobile())
        made.append(one(draw, "blocked", f"{last} Services", member, is_blocked=True))
    return tuple(made)
