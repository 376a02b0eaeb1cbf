"""Tables change while the previous version serves (R7): what is added only adds, and waits for nobody.

Read in the SQL that each migration sends, except the first of each domain, which makes its tables.
"""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

OURS = "entremise."
NAME = r'(?:if not exists |only )?(?:"?\w+"?\.)?"?(?P<table>\w+)"?'
CREATED = re.compile(rf"create (?:unlogged )?table {NAME}", re.IGNORECASE)
UNSAFE = {
    "removes or renames what the previous version uses": re.compile(
        rf"alter table {NAME}\s+(?:drop (?:column|constraint)|rename|set schema|.*\bdrop column)",
        re.IGNORECASE,
    ),
    "removes a table that the previous version uses": re.compile(rf"drop table {NAME}", re.IGNORECASE),
    "changes a column that the previous version writes": re.compile(
        rf"alter table {NAME}\s+alter (?:column )?\"?\w+\"? (?:type|set data|set not null)", re.IGNORECASE
    ),
    "adds a column that the previous version does not fill": re.compile(
        rf"alter table {NAME}\s+add column (?!.*\bdefault\b)(?!.*\bgenerated\b).*\bnot null\b", re.IGNORECASE
    ),
    "keeps everybody waiting while an index is made": re.compile(
        rf"create (?:unique )?index (?!concurrently)(?:if not exists )?\"?\w+\"? on {NAME}", re.IGNORECASE
    ),
    "keeps everybody waiting while rows are checked": re.compile(
        rf"alter table {NAME}\s+add constraint (?!.*not valid).*\b(?:foreign key|check|exclude)\b", re.IGNORECASE
    ),
}
BEFORE_ANYBODY = "written before the first installation with people: there was no previous version to serve"
DROP_DEFAULT = re.compile(
    r"alter table \"?(?P<table>\w+)\"? alter column \"?(?P<column>\w+)\"? drop default", re.IGNORECASE
)
ACCEPTED = dict.fromkeys(
    (
        "employers.0004_directory_search",
        "kernel.0004_journal_seals",
        "kernel.0005_mail_accounts",
        "kernel.0007_vigilance",
        "matching.0002_engine",
        "matching.0008_searches_of_spaces",
        "offers.0003_offer_reference",
        "offers.0005_channels_and_checks",
        "offers.0006_partner_feeds_and_public_search",
        "people.0002_vault",
    ),
    BEFORE_ANYBODY,
)


def statements() -> dict[tuple[str, str], list[str]]:
    """Return the SQL of every migration, as `sqlmigrate` tells it, in the order in which they are applied."""
    loader = MigrationLoader(connection, replace_migrations=False)
    plan = [key for leaf in loader.graph.leaf_nodes() for key in loader.graph.forwards_plan(leaf)]
    state, found = loader.project_state(plan[0], at_end=False), {}
    for key in dict.fromkeys(plan):
        migration = loader.graph.nodes[key]
        with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
            state = migration.apply(state, editor, collect_sql=True)
        found[key] = split("\n".join(editor.collected_sql))
    return found


def split(sql: str) -> list[str]:
    """Return the statements of a text, without what functions and comments say."""
    bare = re.sub(r"--[^\n]*", "", re.sub(r"\$(\w*)\$.*?\$\1\$", "''", sql, flags=re.DOTALL))
    return [" ".join(one.split()) for one in bare.split(";") if one.strip()]


def faults_of(told: list[str]) -> set[str]:
    """Return what in these statements the previous version would not survive."""
    created = {found["table"] for one in told if (found := CREATED.search(one))}
    faults = set()
    for one in told:
        for fault, pattern in UNSAFE.items():
            found = pattern.search(one)
            if found and found["table"] not in created:
                faults.add(f"{fault}: {one[:160]}")
        dropped = DROP_DEFAULT.search(one)
        if dropped and dropped["table"] not in created:
            faults.add(f"adds a column that the previous version does not fill: {one[:160]}")
    return faults


def ours() -> list[tuple[str, str]]:
    graph = MigrationLoader(None).disk_migrations
    return sorted(
        key for key, migration in graph.items() if type(migration).__module__.startswith(OURS) and key[1][:4] > "0001"
    )


@pytest.mark.django_db
def test_a_migration_lets_the_previous_version_serve() -> None:
    told = statements()
    faults = {".".join(key): sorted(faults_of(told[key])) for key in ours()}
    assert {name: found for name, found in faults.items() if found and name not in ACCEPTED} == {}
    assert [name for name in ACCEPTED if not faults[name]] == [], "nothing to accept any more"


@pytest.mark.parametrize(
    "statement",
    [
        'ALTER TABLE "people_person" DROP COLUMN "fax" CASCADE',
        'ALTER TABLE "people_person" RENAME COLUMN "fax" TO "phone"',
        'ALTER TABLE "people_person" RENAME TO "people_human"',
        "alter table people_identity set schema vault",
        'DROP TABLE "people_person" CASCADE',
        'ALTER TABLE "people_person" ALTER COLUMN "fax" TYPE integer USING "fax"::integer',
        'ALTER TABLE "people_person" ALTER COLUMN "fax" SET NOT NULL',
        'ALTER TABLE "people_person" ADD COLUMN "fax" varchar(20) NOT NULL',
        'ALTER TABLE "people_person" ALTER COLUMN "fax" DROP DEFAULT',
        'CREATE INDEX "fax" ON "people_person" ("fax")',
        "create unique index fax on people_person (fax)",
        'ALTER TABLE "people_person" ADD CONSTRAINT "c" FOREIGN KEY ("x") REFERENCES "y" ("id")',
        'ALTER TABLE "people_person" ADD CONSTRAINT "c" CHECK ("x" > 1)',
    ],
)
def test_what_the_previous_version_would_not_survive_is_seen(statement: str) -> None:
    assert faults_of([statement])


@pytest.mark.parametrize(
    "statement",
    [
        'ALTER TABLE "people_person" ADD COLUMN "fax" varchar(20) NULL',
        'ALTER TABLE "people_person" ADD COLUMN "fax" varchar(20) DEFAULT \'\' NOT NULL',
        'CREATE INDEX CONCURRENTLY "fax" ON "people_person" ("fax")',
        'ALTER TABLE "people_person" ADD CONSTRAINT "c" CHECK ("x" > 1) NOT VALID',
        'ALTER TABLE "people_person" VALIDATE CONSTRAINT "c"',
        "create function f() returns int language sql as ''",
    ],
)
def test_what_only_adds_is_let_through(statement: str) -> None:
    assert not faults_of([statement])


def test_a_table_of_the_same_migration_may_be_made_as_one_likes() -> None:
    assert not faults_of(['CREATE TABLE "fax" ("id" int)', 'CREATE INDEX "i" ON "fax" ("id")'])
