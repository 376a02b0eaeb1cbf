"""The statements that recompute labels: one pass over what counts, compared with what was written before.

The median is the lower middle (`percentile_disc(0.5)`), as in `rules_label.figures`; shares are compared as whole
numbers, so that nothing is rounded. A test and a bench hold both computations to the same figures.
"""

from entremise.reciprok.rules_label import THRESHOLDS

_REACHED = " ".join(
    f"when answered * %(of_{level:d})s >= counted * %(share_{level:d})s and median <= %(hours_{level:d})s"
    f" then {level:d}"
    for level in THRESHOLDS
)
# An establishment whose last counted application left the window falls back to nothing: it is in `gone`.
_PASS = f"""
with figured as (
  select establishment_id, count(*) as counted,
    count(*) filter (where count = 'answered' and answered_at is not null) as answered,
    count(distinct person_id) as people,
    floor(extract(epoch from percentile_disc(0.5)
      within group (order by greatest(answered_at - sent_at, interval '0'))
      filter (where count = 'answered' and answered_at is not null)) / 3600)::integer as median
  from reciprok_application
  where count in ('answered', 'silent') and counted_at >= %(since)s and counted_at <= %(now)s{{which}}
  group by establishment_id
), told as (
  select *, case when counted < %(fewest)s or people < %(fewest)s or answered = 0 then 0 {_REACHED} else 0 end as level
  from figured
  union all
  select s.establishment_id, 0, 0, 0, null, 0
  from reciprok_labelscore s
  where (s.counted_count > 0 or s.level > 0){{which}}
    and not exists (select from figured f where f.establishment_id = s.establishment_id)
), moved as (
  insert into reciprok_labelmove (establishment_id, "on", level, counted_count, answered_count, median_hours)
  select t.establishment_id, %(today)s, t.level, t.counted, t.answered, t.median
  from told t left join reciprok_labelscore s on s.establishment_id = t.establishment_id
  where t.level <> coalesce(s.level, 0)
  on conflict (establishment_id, "on") do update set level = excluded.level,
    counted_count = excluded.counted_count, answered_count = excluded.answered_count,
    median_hours = excluded.median_hours
  returning establishment_id, level
), written as (
  insert into reciprok_labelscore (
    establishment_id, level, counted_count, answered_count, person_count, median_hours, computed_on)
  select establishment_id, level, counted, answered, people, median, %(today)s from told
  on conflict (establishment_id) do update set level = excluded.level, counted_count = excluded.counted_count,
    answered_count = excluded.answered_count, person_count = excluded.person_count,
    median_hours = excluded.median_hours, computed_on = excluded.computed_on
  returning level
)
select (select count(*) from written), (select count(*) from written where level > 0),
  (select coalesce(array_agg(establishment_id), array[]::uuid[]) from moved)
"""  # noqa: S608  # constants of this module alone
RECOMPUTE = {False: _PASS.format(which=""), True: _PASS.format(which=" and establishment_id = %(one)s")}  # for one?
# A level that came back to what it was the day before has not moved.
UNMOVED = """
delete from reciprok_labelmove m
where m.establishment_id = any(%(moved)s) and m."on" = %(today)s and m.level = coalesce((
  select p.level from reciprok_labelmove p
  where p.establishment_id = m.establishment_id and p."on" < m."on" order by p."on" desc limit 1), 0)
"""
LOCK = 0x6C61_626C  # of the database: no computation writes over what a later one has read
ALONE = "select pg_advisory_xact_lock(%s)"
