"""The flat row of a person, worked out from the profile: the same words write the pool and read one person."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from entremise.matching import rules_traits
from entremise.matching.models import PoolEntry
from entremise.passport.enums import Level
from entremise.people.enums import ContractKind, Schedule
from entremise.people.models import Person

COLUMNS = (
    "person_id", "department", "commune_code", "agency_id", "mobility_km", "traits", "validated_count", "available_on",
    "confirmed_at", "last_promoted_at", "promotion_count", "occupation_codes", "experience_codes", "skill_numbers",
    "skill_facts",
)  # fmt: skip

# Only who has a place on the map has a row; only skills shown to others are in it. Who ticked no contract, or no time
# of the day, refuses none.
ROWS = """
select p.id, c.department_id, c.code, p.agency_id, p.mobility_km,
  (select coalesce(bit_or(1::bigint << (array_position(%(traits)s::text[], name) - 1)), 0) from (
    select 'contract:' || unnest(case p.contracts when '{}' then %(contracts)s::varchar[] else p.contracts end) as name
    union all select 'schedule:' || unnest(
      case p.schedules when '{}' then %(schedules)s::varchar[] else p.schedules end)
    union all select 'licence:' || unnest(p.licences)
    union all select 'language:' || unnest(p.languages)
    union all select 'working_time:' || unnest(
      case p.working_time when 'any' then array['full', 'part'] else array[p.working_time] end)
    union all select 'toggle:validated' where held.validated > 0
    union all select 'toggle:never_promoted' where sent.count = 0) as named),
  held.validated, p.available_on, p.confirmed_at, sent.last_at, sent.count,
  array(select o.rome_code from people_wish w join skills_occupation o on o.id = w.occupation_id
        where w.person_id = p.id order by w.rank, o.rome_code),
  array(select distinct o.rome_code from passport_experience e join skills_occupation o on o.id = e.occupation_id
        where e.person_id = p.id order by 1),
  held.numbers, held.facts
from people_person p
join territories_commune c on c.code = p.commune_id
cross join lateral (
  select coalesce(array_agg(number order by assurance desc, is_soft, number), '{}') as numbers,
         coalesce(array_agg(day * 256 + mastery * 16 + assurance order by assurance desc, is_soft, number), '{}')
           as facts,
         count(*) filter (where assurance > 0) as validated
  from (
    select s.number, h.assurance, s.kind = 'soft_skill' as is_soft,
      coalesce(array_position(%(levels)s::text[], h.level::text), 0) as mastery,
      case when h.assurance > 0 then coalesce((
        select max(e.given_on) from passport_evidence e
        where e.held_skill_id = h.id and e.revoked_at is null and e.assurance = h.assurance) - date '1970-01-01', 0)
      else 0 end as day
    from passport_heldskill h join skills_skill s on s.id = h.skill_id
    where h.person_id = p.id and h.is_shown) as shown) as held
cross join lateral (
  select max(q.sent_at) as last_at, count(*) as count
  from promotions_promotion q where q.person_id = p.id and q.sent_at is not null) as sent
where p.id = any(%(people)s) and c.latitude is not null and c.longitude is not null"""


def asked(person_ids: Sequence[UUID]) -> dict[str, Any]:
    """Return what `ROWS` asks for."""
    return {
        "people": list(person_ids),
        "traits": list(rules_traits.TRAITS),
        "levels": list(Level.values),
        "contracts": list(ContractKind.values),
        "schedules": list(Schedule.values),
    }


def entry_of(person: Person) -> PoolEntry | None:
    """Return the pool's row of a person, None when she is not in the pool."""
    return PoolEntry.objects.unscoped("the caller already read the person").filter(person=person).first()


def entry_for_herself(person: Person) -> PoolEntry | None:
    """Return the row that a person has or would have in the pool, None when she has no place on the map yet."""
    found = entry_of(person)
    if found is None:
        with connection.cursor() as cursor:
            cursor.execute(ROWS, asked([person.pk]))
            row = cursor.fetchone()
        found = PoolEntry(**dict(zip(COLUMNS, row, strict=True)), number=0) if row else None
    if found is not None:
        found.person = person
    return found
