"""Keeps the pool's flat rows true: one statement writes them, for one person or for all."""

from collections.abc import Callable
from uuid import UUID

from django.db import connection, transaction

from entremise.matching.models import PoolEntry
from entremise.people.models import Person

BATCH = 5_000  # people a statement, when all rows are written again

# Only who agreed to be promoted and has a place on the map is in the pool; only skills shown to others are searched.
WRITE = """
insert into matching_poolentry (
  person_id, department, agency_id, latitude, longitude, mobility_km, occupation_codes, experience_codes,
  skill_ids, validated_skill_ids, contracts, schedules, languages, licences, working_time,
  available_on, confirmed_at, last_promoted_at, promotion_count)
select p.id, c.department_id, p.agency_id, c.latitude, c.longitude, p.mobility_km,
  array(select o.rome_code from people_wish w join skills_occupation o on o.id = w.occupation_id
        where w.person_id = p.id order by w.rank, o.rome_code),
  array(select distinct o.rome_code from passport_experience e join skills_occupation o on o.id = e.occupation_id
        where e.person_id = p.id order by 1),
  array(select h.skill_id from passport_heldskill h where h.person_id = p.id and h.is_shown order by 1),
  array(select h.skill_id from passport_heldskill h
        where h.person_id = p.id and h.is_shown and h.assurance > 0 order by 1),
  p.contracts, p.schedules, p.languages, p.licences, p.working_time, p.available_on, p.confirmed_at,
  (select max(q.sent_at) from promotions_promotion q where q.person_id = p.id),
  (select count(*) from promotions_promotion q where q.person_id = p.id and q.sent_at is not null)
from people_person p join territories_commune c on c.code = p.commune_id
where p.id = any(%s) and c.latitude is not null and c.longitude is not null
  and exists (select 1 from people_consent k
              where k.person_id = p.id and k.kind = 'promotion' and k.withdrawn_at is null)
on conflict (person_id) do update set
  department = excluded.department, agency_id = excluded.agency_id, latitude = excluded.latitude,
  longitude = excluded.longitude, mobility_km = excluded.mobility_km, occupation_codes = excluded.occupation_codes,
  experience_codes = excluded.experience_codes, skill_ids = excluded.skill_ids,
  validated_skill_ids = excluded.validated_skill_ids, contracts = excluded.contracts, schedules = excluded.schedules,
  languages = excluded.languages, licences = excluded.licences, working_time = excluded.working_time,
  available_on = excluded.available_on, confirmed_at = excluded.confirmed_at,
  last_promoted_at = excluded.last_promoted_at, promotion_count = excluded.promotion_count
returning person_id
"""


def refresh(person_ids: list[UUID]) -> int:
    """Write the rows of these people again, remove those who are no longer in the pool; return how many are in it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(WRITE, [person_ids])
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
