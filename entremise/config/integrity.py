"""The whole embedded base looked at while it serves: every page, every index against its table, every foreign key.

The wheel has no `amcheck` extension. Instead: PostgreSQL checks the sum of each page it reads for a copy, which is
thrown away; each index is walked from end to end and must count what its table counts; no foreign key may dangle.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql

from entremise.kernel.postgres import copying
from entremise.kernel.postgres.connection import DATABASE, ServerRefused

BLOCK = 1 << 20
INDEXES = """
select i.indrelid::regclass::text, i.indexrelid::regclass::text,
  coalesce(' where ' || pg_get_expr(i.indpred, i.indrelid), ''),
  (select string_agg(pg_get_indexdef(i.indexrelid, k, true)
    || case when i.indoption[k - 1] & 1 = 1 then ' desc' else '' end
    || case when i.indoption[k - 1] & 2 = 2 then ' nulls first' else ' nulls last' end, ', ' order by k)
    from generate_series(1, i.indnkeyatts) k)
from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam and a.amname = 'btree'
join pg_namespace n on n.oid = c.relnamespace
where n.nspname not in ('pg_catalog', 'pg_toast', 'information_schema') and i.indisvalid
order by 1, 2
"""
INVALID = "select indexrelid::regclass::text from pg_index where not indisvalid or not indisready"
FOREIGN_KEYS = """
select conname, conrelid::regclass::text, confrelid::regclass::text,
  (select attname from pg_attribute where attrelid = conrelid and attnum = conkey[1]),
  (select attname from pg_attribute where attrelid = confrelid and attnum = confkey[1])
from pg_constraint where contype = 'f' and cardinality(conkey) = 1 order by 2, 1
"""
Told = Callable[[int, int], None]


def faults(var: Path, told: Told) -> list[str]:
    """Return what is wrong with the running embedded base, in French sentences."""
    found = _pages(var)
    url = copying.superuser_url(var).replace("/postgres?", f"/{DATABASE}?")
    with psycopg.connect(url) as connection:
        connection.execute("set transaction isolation level repeatable read, read only")
        indexes = connection.execute(INDEXES).fetchall()
        keys = connection.execute(FOREIGN_KEYS).fetchall()
        found += [f"L'index {name} n'est pas valide." for (name,) in connection.execute(INVALID)]
        total = len(indexes) + len(keys)
        for number, (table, index, where, order) in enumerate(indexes):
            told(number, total)
            found += _index_faults(connection, table, index, where, order)
        for number, (name, child, parent, column, target) in enumerate(keys):
            told(len(indexes) + number, total)
            found += _key_faults(connection, name, child, parent, column, target)
        told(total, total)
    return found


def _pages(var: Path) -> list[str]:
    try:
        with copying.base_copy(var, with_log=False) as copied:
            while copied.read(BLOCK):
                pass
    except ServerRefused as refusal:
        return [str(refusal)]
    return []


def _index_faults(connection: psycopg.Connection, table: str, index: str, where: str, order: str) -> list[str]:
    """Compare what the table counts and what a walk through the index counts."""
    count = f"select count(*) from {table}{where}"  # noqa: S608  # the server's own words, quoted by it
    walk = f"select count(*) from (select 1 from {table}{where} order by {order}) walked"  # noqa: S608
    try:
        by_table = _counted(connection, count, "enable_indexscan", "enable_indexonlyscan", "enable_bitmapscan")
        by_index = _counted(connection, walk, "enable_seqscan", "enable_sort", "enable_bitmapscan")
    except (psycopg.DataError, psycopg.InternalError) as error:  # what a damaged page or index makes of a query
        connection.rollback()
        return [f"L'index {index} ou sa table {table} est abîmé : {str(error).splitlines()[0]}"]
    if by_table != by_index:
        return [f"L'index {index} compte {by_index} lignes, et sa table {table} en compte {by_table}."]
    return []


def _counted(connection: psycopg.Connection, query: str, *without: str) -> int:
    for name in without:
        connection.execute(sql.SQL("set local {} = off").format(sql.Identifier(name)))
    row = connection.execute(query.encode()).fetchone()
    for name in without:
        connection.execute(sql.SQL("set local {} = on").format(sql.Identifier(name)))
    return int(row[0]) if row else 0


def _key_faults(
    connection: psycopg.Connection, name: str, child: str, parent: str, column: str, target: str
) -> list[str]:
    query = sql.SQL(
        "select count(*) from {child} c where c.{column} is not null"
        " and not exists (select from {parent} p where p.{target} = c.{column})"
    ).format(
        child=sql.SQL(child),
        parent=sql.SQL(parent),
        column=sql.Identifier(column),
        target=sql.Identifier(target),
    )
    row = connection.execute(query).fetchone()
    if row and row[0]:
        return [f"{row[0]} lignes de {child} désignent par {name} une ligne de {parent} qui n'existe pas."]
    return []
