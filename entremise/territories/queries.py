"""Reads of places and activities: public reference data, the same for everybody."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from entremise.kernel import typeahead_store
from entremise.lib.geo import Point, bounding_box, distance_km
from entremise.lib.identifiers import IdentifierRefused, parse_commune
from entremise.lib.text import tokens
from entremise.lib.typeahead import Entry
from entremise.lib.workcalendar import SERVICE_HOURS, OpeningHours, WorkCalendar
from entremise.territories import rules
from entremise.territories.models import Commune, Department, EmploymentZone, NafCode

COMMUNES_INDEX = "communes"
NAF_INDEX = "naf"
_SAINTS = (("Saint-", "St "), ("Sainte-", "Ste "))
# A big town is what is usually meant: population counts as much as a small difference of spelling.
_POPULATION_SHARE = 0.2
_MOST_NAME_WORDS, _NAMESAKES = 5, 12
_MOST_POSTCODES = 4  # Paris alone has 21: its name is enough to find it


class UnknownCommune(Exception):
    """No commune has this code; `reason` is a sentence for the user."""

    def __init__(self, code: str) -> None:
        self.reason = _("Nous ne connaissons pas la commune « %(code)s » : choisissez-la dans la liste.") % {
            "code": code
        }
        super().__init__(self.reason)


@dataclass(frozen=True, slots=True)
class Near:
    """A commune and how far it is, as the crow flies."""

    commune: Commune
    km: float


def active_communes() -> QuerySet[Commune]:
    """Return the communes that exist today."""
    return Commune.objects.filter(retired_on=None).select_related("department")


def commune(code: str) -> Commune:
    """Return the commune with this INSEE code (or the one of this arrondissement), or refuse with a sentence."""
    try:
        wanted = rules.commune_of(parse_commune(code))
    except IdentifierRefused as refusal:
        raise UnknownCommune(code) from refusal
    found = active_communes().select_related("department", "zone").filter(pk=wanted).first()
    if found is None:
        raise UnknownCommune(code)
    return found


def suggested_communes(typed: str, *, limit: int = 8) -> list[Commune]:
    """Return the communes that best fit a name, a postcode or an INSEE code being typed."""
    hits = typeahead_store.index(COMMUNES_INDEX).search(typed, limit)
    by_code = active_communes().in_bulk([hit.id for hit in hits])
    return [by_code[hit.id] for hit in hits if hit.id in by_code]


def town_ending(words: Sequence[str]) -> tuple[int, set[str]]:
    """Return how many of the last words are the whole name of a town, and the codes of the towns of that name."""
    index = typeahead_store.index(COMMUNES_INDEX)
    for count in range(min(_MOST_NAME_WORDS, len(words)), 0, -1):
        name = list(words[-count:])
        hits = index.search(" ".join(name), _NAMESAKES)
        codes = {hit.id for hit in hits if name in (tokens(hit.label), tokens(hit.matched))}
        if codes:
            return count, codes
    return 0, set()


def communes_within(centre: Commune | Point, radius_km: float) -> list[Near]:
    """Return the communes within the radius, the nearest first."""
    if isinstance(centre, Commune):
        place = point_of(centre)
        if place is None:
            return [Near(centre, 0.0)]
    else:
        place = centre
    rows = _in_the_box(place, radius_km)
    near = [Near(row, distance_km(place, point)) for row in rows if (point := point_of(row)) is not None]
    return sorted((one for one in near if one.km <= radius_km), key=lambda one: (one.km, one.commune.code))


def commune_codes_within(centre: Commune | Point, radius_km: float) -> set[str]:
    """Return the INSEE codes of the communes within the radius."""
    place = point_of(centre) if isinstance(centre, Commune) else centre
    if place is None:
        return {centre.code} if isinstance(centre, Commune) else set()
    rows = _in_the_box(place, radius_km).values_list("code", "latitude", "longitude")
    there = ((code, Point(north, east)) for code, north, east in rows if north is not None and east is not None)
    return {code for code, point in there if distance_km(place, point) <= radius_km}


def _in_the_box(place: Point, radius_km: float) -> QuerySet[Commune]:
    """Return the communes of the rectangle around a circle."""
    box = bounding_box(place, radius_km)
    rows = active_communes().filter(latitude__range=(box.south, box.north))
    return rows if box.crosses_antimeridian else rows.filter(longitude__range=(box.west, box.east))


def point_of(place: Commune) -> Point | None:
    """Return where a commune is, nothing when the source does not say."""
    if place.latitude is None or place.longitude is None:
        return None
    return Point(place.latitude, place.longitude)


def distance_between(here: Commune, there: Commune) -> float | None:
    """Return the kilometres between two communes, nothing when one has no coordinates."""
    start, end = point_of(here), point_of(there)
    return None if start is None or end is None else distance_km(start, end)


def departments(codes: Iterable[str] | None = None) -> QuerySet[Department]:
    """Return all departments with their region, or those with these codes, in the order of their codes."""
    rows = Department.objects.select_related("region").order_by("code")
    return rows if codes is None else rows.filter(pk__in=list(codes))


def zones(department_codes: Iterable[str] | None = None) -> QuerySet[EmploymentZone]:
    """Return all employment zones, or those of some departments, by name."""
    rows = EmploymentZone.objects.select_related("department").order_by("name")
    return rows if department_codes is None else rows.filter(department__in=list(department_codes))


def communes_of_zone(zone: EmploymentZone | str) -> QuerySet[Commune]:
    """Return the communes of an employment zone, by name."""
    return active_communes().filter(zone=zone).order_by("name")


def suggested_activities(typed: str, *, limit: int = 8) -> list[NafCode]:
    """Return the NAF activities that best fit a label or a code being typed."""
    hits = typeahead_store.index(NAF_INDEX).search(typed, limit)
    by_code = NafCode.objects.in_bulk([hit.id for hit in hits])
    return [by_code[hit.id] for hit in hits if hit.id in by_code]


def calendar_for(department: Department, hours: OpeningHours = SERVICE_HOURS) -> WorkCalendar:
    """Return the working calendar of a department: its public holidays and its clock, with these opening hours."""
    return WorkCalendar(hours, rules.area_named(department.holiday_calendar))


def _commune_entries() -> Iterator[Entry]:
    for place in active_communes().order_by("code").iterator(chunk_size=5000):
        yield Entry(place.code, place.name, place.population, tuple(_other_wordings(place)))


def _other_wordings(place: Commune) -> Iterator[str]:
    """Write the commune as people do: with its postcode, its department, "St" for "Saint"."""
    for postcode in place.postcodes[:_MOST_POSTCODES]:
        yield f"{place.name} {postcode} {place.department.name}"
    yield place.code
    for full, short in _SAINTS:
        if full in place.name:
            yield place.name.replace(full, short)


def _naf_entries() -> Iterator[Entry]:
    for activity in NafCode.objects.order_by("code").iterator():
        yield Entry(activity.code, activity.label, 0, (activity.code, activity.code.replace(".", "")))


typeahead_store.register(COMMUNES_INDEX, _commune_entries, weight_share=_POPULATION_SHARE)
typeahead_store.register(NAF_INDEX, _naf_entries)
