"""Reads about employers: the directory, contacts, conversations."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, Case, F, Func, IntegerField, Max, Q, QuerySet, Value, When
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from entremise.employers import rules
from entremise.employers.models import SEARCH_TERMS, Contact, ContactLog, Establishment
from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.lib.identifiers import IdentifierRefused, parse_siret

MISSPELT_CANDIDATES = 3_000
MISSPELT_SCORE = 75  # of 100
MOST_CONTACTS = 50


class EstablishmentRefused(Exception):
    """An establishment cannot be found or used; `reason` is a sentence for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SiretRefused(EstablishmentRefused):
    """What was typed is not a SIRET."""


class EstablishmentClosed(EstablishmentRefused):
    """The establishment is closed: nobody there can answer any more."""


def checked_siret(text: str) -> str:
    """Return the fourteen digits of a typed SIRET, or raise SiretRefused with what is wrong."""
    try:
        return parse_siret(text).value
    except IdentifierRefused as refusal:
        raise SiretRefused(_(refusal.message) % refusal.params) from refusal


def establishment_by_siret(siret: str) -> Establishment | None:
    """Return the establishment of a typed SIRET, None when our directory does not know it, or raise SiretRefused."""
    return (
        Establishment.objects.select_related("commune__department", "naf").filter(siret=checked_siret(siret)).first()
    )


def establishment(pk: UUID) -> Establishment:
    """Return one establishment of the directory, or raise Establishment.DoesNotExist."""
    return Establishment.objects.select_related("commune__department", "naf").get(pk=pk)


def establishments_of(keys: Sequence[UUID]) -> list[Establishment]:
    """Return the establishments of these keys, by name; a key of none is left out."""
    return list(Establishment.objects.filter(pk__in=keys).select_related("commune__department").order_by("name"))


def contact(pk: UUID, actor: Actor) -> Contact:
    """Return one contact of the territory, or raise Contact.DoesNotExist."""
    return Contact.objects.visible_to(actor).select_related("establishment__commune").get(pk=pk)


def search(query: str, actor: Actor, department: str = "", limit: int = rules.SUGGESTION_COUNT) -> list[Establishment]:
    """Return what a name, a city, the beginning of a SIRET, a phone number or an e-mail address may mean, best first.

    Phone numbers and addresses are those of contacts that the actor may see; a switchboard is public.
    """
    rows = Establishment.objects.select_related("commune__department", "naf")
    if department:
        rows = rows.filter(commune__department=department)
    if "@" in query:
        return list(rows.filter(pk__in=_written_to(query, actor)).order_by("name", "pk")[:limit])
    if start := rules.siret_start(query):
        numbered = list(rows.filter(siret__startswith=start).order_by("siret")[:limit])
        if numbered:
            return numbered
    if number := rules.phone_number(query):
        return list(rows.filter(pk__in=_called(number, actor)).order_by("name", "pk")[:limit])
    words = rules.search_words(query)
    if start or sum(len(forms[0]) for forms in words) < rules.SHORTEST_QUERY:
        return []
    named = Establishment.objects.filter(Q(commune__department=department) if department else Q())
    best: list[UUID] = []
    if len(words) == 1:  # a few letters begin the names of a tenth of a country: those near come first, and are few
        begun = named.filter(_near(actor), search_name__startswith=words[0][0])
        best = _ranked(begun, words, actor, limit)
    if len(best) < limit:
        best = _ranked(named.filter(_holds(rules.terms(words))), words, actor, limit)
    found = rows.in_bulk(best)
    return [found[pk] for pk in best] or _misspelt(rows, words, limit)


def siblings(establishment: Establishment) -> QuerySet[Establishment]:
    """Return the other establishments of the same legal unit, open ones first."""
    others = Establishment.objects.filter(siret__startswith=establishment.siren).exclude(pk=establishment.pk)
    return others.select_related("commune").order_by(F("closed_on").asc(nulls_first=True), "siret")


def require_open(establishment: Establishment, now: dt.datetime) -> None:
    """Raise EstablishmentClosed, with an explanation, when nobody works there any more."""
    closed_on = establishment.closed_on
    if closed_on is None or not rules.is_closed(closed_on, clock.local(now).date()):
        return
    name = establishment.name
    raise EstablishmentClosed(
        _("L'établissement « %(name)s » est fermé depuis le %(date)s.")
        % {"name": name, "date": date_format(closed_on, "j F Y")}
    )


def contacts_for(establishment: Establishment, actor: Actor) -> QuerySet[Contact]:
    """Return an establishment's contacts: the privileged one, those we talked to last, and opposed ones at the end."""
    return by_suggestion(Contact.objects.visible_to(actor).filter(establishment=establishment))


def by_suggestion(contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    """Order contacts by how well they may be asked."""
    return contacts.annotate(
        is_opposed=Case(When(opposed_at=None, then=Value(0)), default=Value(1), output_field=IntegerField()),
        last_talk_at=Max("contact_logs__at"),
    ).order_by("is_opposed", "-is_privileged", F("last_talk_at").desc(nulls_last=True), "name")


def is_opposed(email: str) -> bool:
    """Tell whether the owner of an address asked, at any establishment, not to be solicited again."""
    return (
        bool(email)
        and Contact.objects.unscoped("an opposition holds for every territory")
        .filter(email__iexact=email)
        .exclude(opposed_at=None)
        .exists()
    )


def conversations(establishment: Establishment, actor: Actor) -> QuerySet[ContactLog]:
    """Return the log of an establishment, newest first."""
    return (
        ContactLog.objects.visible_to(actor)
        .filter(establishment=establishment)
        .select_related("contact", "author", "agency")
        .order_by("-at", "-pk")
    )


def due_next_actions(actor: Actor, today: dt.date) -> QuerySet[ContactLog]:
    """Return the actions that the actor planned up to a day and that no later conversation has answered."""
    mine = ContactLog.objects.visible_to(actor).filter(author_id=actor.user_id)
    return (
        mine.filter(next_on__lte=today)
        .annotate(latest_at=Max("establishment__contact_logs__at"))
        .exclude(latest_at__gt=F("at"))
        .select_related("establishment__commune", "contact")
        .order_by("next_on", "at")
    )


def _written_to(query: str, actor: Actor) -> list[UUID]:
    """Return where a contact of the actor's territory has an address that begins so."""
    contacts = Contact.objects.visible_to(actor).filter(email__startswith=query.strip().lower())
    return list(contacts.values_list("establishment_id", flat=True)[:MOST_CONTACTS])


def _called(number: str, actor: Actor) -> set[UUID]:
    """Return where a telephone number answers: a switchboard, or a contact of the actor's territory."""
    contacts = Contact.objects.visible_to(actor).filter(phone=number).values_list("establishment_id", flat=True)
    switchboards = Establishment.objects.filter(phone=number).exclude(phone="").values_list("pk", flat=True)
    return {*contacts[:MOST_CONTACTS], *switchboards[:MOST_CONTACTS]}


def _holds(terms: str) -> Func:
    asked = Func(Value(terms), template="%(expressions)s::tsquery", output_field=SearchQueryField())
    return Func(SEARCH_TERMS, asked, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField())


def _ranked(rows: QuerySet[Establishment], words: list[tuple[str, ...]], actor: Actor, limit: int) -> list[UUID]:
    """Return the keys of the best: rows without what they point to are sorted sooner."""
    whole = " ".join(forms[0] for forms in words)
    rank = Case(
        When(search_name__startswith=whole, then=Value(0)),
        When(search_name__startswith=words[0][0], then=Value(1)),
        When(search_name__contains=f" {words[0][0]}", then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    is_far = Case(When(_near(actor), then=Value(0)), default=Value(1), output_field=IntegerField())
    open_first = F("closed_on").asc(nulls_first=True)
    best = rows.annotate(rank=rank, is_far=is_far).order_by("rank", "is_far", open_first, "name")
    return list(best.values_list("pk", flat=True)[:limit])


def _near(actor: Actor) -> Q:
    """Keep the establishments of the actor's departments."""
    near = Q(pk__in=[])
    for code in actor.departments:  # a commune's code begins with its department's
        near |= Q(commune_id__gte=code, commune_id__lt=f"{code}~")
    return near


def _misspelt(rows: QuerySet[Establishment], words: list[tuple[str, ...]], limit: int) -> list[Establishment]:
    """Compare what was typed with the names that have a word beginning alike."""
    starts = _holds(rules.terms(words, letters=rules.MISSPELT_START, joined="|"))
    names = dict(rows.filter(starts).values_list("pk", "search_name")[:MISSPELT_CANDIDATES])
    typed = " ".join(forms[0] for forms in words)
    alike = process.extract(typed, names, scorer=fuzz.WRatio, limit=limit, score_cutoff=MISSPELT_SCORE)
    best = [pk for _name, _score, pk in alike]
    found = rows.in_bulk(best)
    return [found[pk] for pk in best]
