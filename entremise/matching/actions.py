"""Keeps the pool's flat rows true: one statement writes them, for one person or for all."""

from collections.abc import Callable
from uuid import UUID

from django.db import connection, transaction

from entremise.matching import queries_feed, rules_traits
from entremise.matching.models import PoolEntry
from entremise.passport.enums import Level
from entremise.people.models import Person

BATCH = 5_000  # people a statement, when all rows are written again

# Only who agreed to be promoted and has a place on the map is in the pool; only skills shown to others are searched.
WRITE = """
insert into matching_poolentry (
  person_id, department, commune_code, agency_id, mobility_km, traits, validated_count, available_on, confirmed_at,
  last_promoted_at, promotion_count, occupation_codes, experience_codes, skill_numbers, skill_facts)
select p.id, c.department_id, c.code, p.agency_id, p.mobility_km,
  (select coalesce(bit_or(1::bigint << (array_position(%(traits)s::text[], name) - 1)), 0) from (
    select 'contract:' || unnest(p.contracts) as name
    union all select 'schedule:' || unnest(p.schedules)
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
      coalesce((select max(e.given_on) from passport_evidence e where e.held_skill_id = h.id and e.revoked_at is null
                and e.assurance = h.assurance) - date '1970-01-01', 0) as day
    from passport_heldskill h join skills_skill s on s.id = h.skill_id
    where h.person_id = p.id and h.is_shown) as shown) as held
cross join lateral (
  select max(q.sent_at) as last_at, count(*) as count
  from promotions_promotion q where q.person_id = p.id and q.sent_at is not null) as sent
where p.id = any(%(people)s) and c.latitude is not null and c.longitude is not null
  and exists (select 1 from people_consent k
              where k.person_id = p.id and k.kind = 'promotion' and k.withdrawn_at is null)
on conflict (person_id) do update set
  department = excluded.department, commune_code = excluded.commune_code, agency_id = excluded.agency_id,
  mobility_km = excluded.mobility_km, traits = excluded.traits, validated_count = excluded.validated_count,
  available_on = excluded.available_on, confirmed_at = excluded.confirmed_at,
  last_promoted_at = excluded.last_promoted_at, promotion_count = excluded.promotion_count,
  occupation_codes = excluded.occupation_codes, experience_codes = excluded.experience_codes,
  skill_numbers = excluded.skill_numbers, skill_facts = excluded.skill_facts
returning person_id
"""


def refresh(person_ids: list[UUID]) -> int:
    """Write the rows of these people again, remove those who are no longer in the pool; return how many are in it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            traits, levels = list(rules_traits.TRAITS), list(Level.values)
            cursor.execute(WRITE, {"people": person_ids, "traits": traits, "levels": levels})
            kept = {row[0] for row in cursor.fetchall()}
        gone = [person_id for person_id in person_ids if person_id not in kept]
        PoolEntry.objects.unscoped("derived rows of people whose consent or place is gone").filter(
            pk__in=gone
        ).delete()
    return len(kept)


def write_index() -> int:
    """Write the indexes on disk for all processes, forget old changes; return how many people there are."""
    queries_feed.OFFERS.write()
    return queries_feed.PEOPLE.write()


def fill_empty_pool() -> int:
    """Write every row when there is none, as after a change of their tables; return how many were written."""
    rows = PoolEntry.objects.unscoped("whether the derived rows are there at all")
    return 0 if rows.exists() else refresh_all()


def refresh_all(progress: Callable[[int, int], None] | None = None) -> int:
    """Write every row again, in batches; return how many people are in the pool."""
    people = Person.objects.unscoped("the pool is derived from everybody's profile").order_by("pk")
    ids = list(people.values_list("pk", flat=True))
    kept = 0
    for start in range(0, len(ids), BATCH):
        kept += refresh(ids[start : start + BATCH])
        if progress:
            progress(min(start + BATCH, len(ids)), len(ids))
    return kept
