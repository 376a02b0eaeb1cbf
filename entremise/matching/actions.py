"""Keeps the pool's flat rows true: one statement writes them, for one person or for all."""

from collections.abc import Callable
from uuid import UUID

from django.db import connection, transaction

from entremise.matching import rules_traits
from entremise.matching.models import PoolEntry
from entremise.people.models import Person

BATCH = 5_000  # people a statement, when all rows are written again

# Only who agreed to be promoted and has a place on the map is in the pool; only skills shown to others are searched.
WRITE = """
insert into matching_poolentry (
  person_id, department, zone, agency_id, latitude, longitude, mobility_km, traits, validated_count, available_on,
  confirmed_at, last_promoted_at, promotion_count, occupation_codes, experience_codes, skill_ids, validated_skill_ids,
  languages)
select p.id, c.department_id, coalesce(c.zone_id, ''), p.agency_id, c.latitude, c.longitude, p.mobility_km,
  (select coalesce(bit_or(1 << (array_position(%(traits)s::text[], name) - 1)), 0) from (
    select 'contract:' || unnest(p.contracts) as name
    union all select 'schedule:' || unnest(p.schedules)
    union all select 'licence:' || unnest(p.licences)
    union all select 'working_time:' || unnest(
      case p.working_time when 'any' then array['full', 'part'] else array[p.working_time] end)
    union all select 'toggle:validated' where cardinality(held.validated) > 0
    union all select 'toggle:never_promoted' where sent.count = 0) as named),
  cardinality(held.validated), p.available_on, p.confirmed_at, sent.last_at, sent.count,
  array(select o.rome_code from people_wish w join skills_occupation o on o.id = w.occupation_id
        where w.person_id = p.id order by w.rank, o.rome_code),
  array(select distinct o.rome_code from passport_experience e join skills_occupation o on o.id = e.occupation_id
        where e.person_id = p.id order by 1),
  held.shown, held.validated, p.languages
from people_person p
join territories_commune c on c.code = p.commune_id
cross join lateral (
  select coalesce(array_agg(h.skill_id order by h.skill_id), '{}') as shown,
         coalesce(array_agg(h.skill_id order by h.assurance desc, s.kind = 'soft_skill', h.skill_id)
                  filter (where h.assurance > 0), '{}') as validated
  from passport_heldskill h join skills_skill s on s.id = h.skill_id where h.person_id = p.id and h.is_shown) as held
cross join lateral (
  select max(q.sent_at) as last_at, count(*) as count
  from promotions_promotion q where q.person_id = p.id and q.sent_at is not null) as sent
where p.id = any(%(people)s) and c.latitude is not null and c.longitude is not null
  and exists (select 1 from people_consent k
              where k.person_id = p.id and k.kind = 'promotion' and k.withdrawn_at is null)
on conflict (person_id) do update set
  department = excluded.department, zone = excluded.zone, agency_id = excluded.agency_id,
  latitude = excluded.latitude, longitude = excluded.longitude, mobility_km = excluded.mobility_km,
  traits = excluded.traits, validated_count = excluded.validated_count, available_on = excluded.available_on,
  confirmed_at = excluded.confirmed_at, last_promoted_at = excluded.last_promoted_at,
  promotion_count = excluded.promotion_count, occupation_codes = excluded.occupation_codes,
  experience_codes = excluded.experience_codes, skill_ids = excluded.skill_ids,
  validated_skill_ids = excluded.validated_skill_ids, languages = excluded.languages
returning person_id
"""


def refresh(person_ids: list[UUID]) -> int:
    """Write the rows of these people again, remove those who are no longer in the pool; return how many are in it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(WRITE, {"people": person_ids, "traits": list(rules_traits.TRAITS)})
            kept = {row[0] for row in cursor.fetchall()}
        gone = [person_id for person_id in person_ids if person_id not in kept]
        PoolEntry.objects.unscoped("derived rows of people whose consent or place is gone").filter(
            pk__in=gone
        ).delete()
    return len(kept)


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
