"""The statements of the SIRENE import: two temporary tables filled by COPY, compared with the directory in sets."""

TABLES = """
drop table if exists sirene_line, sirene_unit, sirene_place, sirene_compared;
create temp table sirene_line (
  line integer, siret text, is_private boolean, is_head boolean, closed_on date, state_on date, opened_on date,
  name text, words text, naf text, size_band text, address text, postcode text, commune text
);
create temp table sirene_unit (siren text, is_private boolean, name text, words text);
create temp table sirene_place (code text primary key, words text);
"""
NO_TABLES = "drop table sirene_line, sirene_unit, sirene_place"
COMMUNE = "insert into sirene_place values (%s, %s)"
COPY_LINES = "copy sirene_line from stdin"
COPY_UNITS = "copy sirene_unit from stdin"
INDEX_LINES = "create index on sirene_line (siret, line); analyze sirene_line"
INDEX_UNITS = "create index on sirene_unit (siren); analyze sirene_unit"
# What comes last in the file is what INSEE said last.
TWICE = """
delete from sirene_line l using (
  select siret, max(line) as kept from sirene_line group by siret having count(*) > 1
) t where l.siret = t.siret and l.line < t.kept returning l.siret
"""
BOUNDS = """
with numbered as (
  select siret, row_number() over (order by siret) as number, count(*) over () as total from sirene_line
)
select siret from numbered where number %% %s = 0 or number = total order by siret
"""
# A closure that an adviser noted holds until SIRENE says that the place opened after it.
COMPARE = """
create temp table sirene_compared as
with told as (
  select l.*, left(l.siret, 9) as siren, l.is_private or coalesce(u.is_private, false) as hidden,
    coalesce(u.name, '') as unit_name, coalesce(u.words, '') as unit_words
  from sirene_line l left join sirene_unit u on u.siren = left(l.siret, 9)
  where l.siret > %(low)s and l.siret <= %(high)s
), wanted as (
  select e.id, t.siret, t.siren, t.hidden as is_private, t.is_head, t.state_on, t.words, t.unit_words,
    case when t.hidden then %(private)s when t.name <> '' then t.name when t.unit_name <> '' then t.unit_name
      when e.id is not null and not e.is_private then e.name else 'Entreprise ' || t.siren end as name,
    case when t.hidden then '' when t.unit_name <> '' then t.unit_name
      else coalesce(e.legal_name, '') end as legal_name,
    coalesce(t.naf, e.naf_id) as naf,
    t.commune,
    case when t.hidden then '' else coalesce(nullif(t.address, ''), e.address, '') end as address,
    case when t.hidden then '' else coalesce(nullif(t.postcode, ''), e.postcode, '') end as postcode,
    coalesce(nullif(t.size_band, ''), e.size_band, '') as size_band,
    coalesce(t.opened_on, e.opened_on) as opened_on,
    case when t.closed_on is not null then t.closed_on
      when e.closed_on is null then null
      when t.state_on > e.closed_on then null
      when (select v.source from employers_establishmentevent v where v.establishment_id = e.id and v.kind = 'closed'
            order by v.at desc limit 1) = 'adviser' then e.closed_on
      else null end as closed_on,
    e.name as old_name, e.legal_name as old_legal_name, e.naf_id as old_naf, e.commune_id as old_commune,
    e.address as old_address, e.postcode as old_postcode, e.size_band as old_size_band, e.opened_on as old_opened_on,
    e.is_head as old_is_head, e.is_private as old_is_private, e.closed_on as old_closed_on
  from told t left join employers_establishment e on e.siret = t.siret
), kept as (  -- capitals alone are no change
  select id, siret, siren, is_private, is_head, state_on, words, unit_words, naf, commune, postcode, size_band,
    opened_on, closed_on, old_name, old_legal_name, old_naf, old_commune, old_address, old_postcode, old_size_band,
    old_closed_on, old_is_private,
    case when lower(name) = lower(old_name) then old_name else name end as name,
    case when lower(legal_name) = lower(old_legal_name) then old_legal_name else legal_name end as legal_name,
    case when lower(address) = lower(old_address) then old_address else address end as address,
    (is_head, is_private, naf, commune, postcode, size_band, opened_on) is distinct from
      (old_is_head, old_is_private, old_naf, old_commune, old_postcode, old_size_band, old_opened_on) as differs
  from wanted
)
select *, case when id is null then 'created'
    when old_closed_on is null and closed_on is not null then 'closed'
    when old_closed_on is not null and closed_on is null then 'reopened'
    when differs or (name, legal_name, address, closed_on) is distinct from
      (old_name, old_legal_name, old_address, old_closed_on) then 'changed'
    else 'unchanged' end as what
from kept
"""
NO_COMPARE = "drop table sirene_compared"
COUNT = """
select what, count(*), (array_agg(siret order by siret))[1:5] from sirene_compared group by what
"""
NEWS = """
insert into employers_establishmentevent (id, establishment_id, kind, source, at, happened_on, before, after)
"""
_NEW = (
    NEWS
    + """
select uuidv7(), e.id, 'created', 'sirene', %(now)s, c.opened_on, '', ''
from sirene_compared c join employers_establishment e on e.siret = c.siret
where c.what = 'created' and c.closed_on is null and c.opened_on >= %(new_since)s and exists (
  select from employers_establishment sibling
  where sibling.siret >= c.siren || '00000' and sibling.siret <= c.siren || '99999'
    and coalesce(sibling.checked_at, '-infinity') < %(started_at)s and sibling.id <> e.id)
"""
)
_CREATE = """
insert into employers_establishment (
  id, siret, name, legal_name, search_name, naf_id, commune_id, address, postcode, size_band, email_domain, phone,
  opened_on, closed_on, checked_at, is_head, is_private, is_fictional)
select uuidv7(), c.siret, c.name, c.legal_name,
  left(concat_ws(' ', case when c.is_private then null when nullif(c.words, '') is not null then c.words
      when c.unit_words = '' then 'entreprise ' || c.siren end,
    case when c.is_private then null else nullif(c.unit_words, '') end, p.words), 420),
  c.naf, c.commune, c.address, c.postcode, c.size_band, '', '', c.opened_on, c.closed_on, %(now)s, c.is_head,
  c.is_private, false
from sirene_compared c join sirene_place p on p.code = c.commune where c.what = 'created'
on conflict (siret) do nothing
"""
# Closures are left to the action that stops what is under way.
_CHANGE = """
update employers_establishment e set name = c.name, legal_name = c.legal_name, naf_id = c.naf, commune_id = c.commune,
  address = c.address, postcode = c.postcode, size_band = c.size_band, opened_on = c.opened_on, is_head = c.is_head,
  is_private = c.is_private, checked_at = %(now)s,
  closed_on = case when c.what = 'closed' then null else c.closed_on end
from sirene_compared c where e.id = c.id and c.what in ('changed', 'closed', 'reopened')
"""
_CHECKED = """
update employers_establishment e set checked_at = %(now)s from sirene_compared c
where e.id = c.id and c.what = 'unchanged' and (e.checked_at is null or e.checked_at < %(stale_before)s)
"""
_REOPENED = (
    NEWS
    + """
select uuidv7(), id, 'reopened', 'sirene', %(now)s, state_on, old_closed_on::text, '' from sirene_compared
where what = 'reopened'
"""
)
_RENAMED = (
    NEWS
    + """
select uuidv7(), id, 'renamed', 'sirene', %(now)s, null, old_name, name from sirene_compared
where id is not null and name <> old_name and not is_private and not old_is_private
  and old_name <> 'Entreprise ' || siren
"""
)
# An address that SIRENE had not written before, or a commune that merged, is no move.
_MOVED = (
    NEWS
    + """
select uuidv7(), c.id, 'moved', 'sirene', %(now)s, null,
  concat_ws(', ', nullif(c.old_address, ''), trim(c.old_postcode || ' ' || before.name)),
  concat_ws(', ', nullif(c.address, ''), trim(c.postcode || ' ' || after.name))
from sirene_compared c
join territories_commune before on before.code = c.old_commune join territories_commune after on after.code = c.commune
where c.id is not null and not c.is_private and not c.old_is_private
  and ((c.old_commune <> c.commune and before.retired_on is null)
    or (c.old_postcode <> '' and c.address <> c.old_address))
"""
)
_ACTIVITY = (
    NEWS
    + """
select uuidv7(), id, 'activity', 'sirene', %(now)s, null, old_naf, naf from sirene_compared
where id is not null and naf <> old_naf
"""
)
_SIZE = (
    NEWS
    + """
select uuidv7(), id, 'size', 'sirene', %(now)s, null, old_size_band, size_band from sirene_compared
where id is not null and old_size_band <> '' and size_band <> old_size_band
"""
)
# Who asks not to be shown any more is not shown in the past either.
_HIDDEN = """
update employers_establishmentevent v set before = '', after = '' from sirene_compared c
where v.establishment_id = c.id and c.is_private and not c.old_is_private and v.kind in ('renamed', 'moved')
"""
WRITES = (_CREATE, _NEW, _CHANGE, _CHECKED, _REOPENED, _RENAMED, _MOVED, _ACTIVITY, _SIZE, _HIDDEN)
RENAMED = """
select c.id, c.name, c.legal_name, p.name from sirene_compared c join territories_commune p on p.code = c.commune
where c.what <> 'created' and (c.name, c.legal_name, c.commune) is distinct from
  (c.old_name, c.old_legal_name, c.old_commune)
"""
WORDS = """
update employers_establishment e set search_name = n.words from unnest(%s::uuid[], %s::text[]) as n(id, words)
where e.id = n.id
"""
CLOSINGS = "select id, closed_on from sirene_compared where what = 'closed' order by siret"
