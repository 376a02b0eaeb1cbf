"""The drill: a backup and its log, restored elsewhere, are the same base, row for row and file for file (R6)."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from entremise.config import backups
from entremise.config.backups import BackupSettings
from entremise.kernel.postgres import Cluster, archive
from entremise.kernel.postgres.connection import DATABASE
from entremise.kernel.postgres.copying import superuser_url
from entremise.kernel.postgres.placement import place
from entremise.lib.sealing import public_key_of
from tests.crash.site_under_load import START_SECONDS, Site, sign_in
from tests.promises import Promise

FILES = 20
PATIENCE_SECONDS = 60.0
TABLES = """
select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables
where schemaname not in ('pg_catalog', 'information_schema') order by 1
"""
IDENTITY = "select system_identifier::text, timeline_id from pg_control_system(), pg_control_checkpoint()"
Rows = dict[str, tuple[int, str]]


@pytest.fixture
def site() -> Iterator[Site]:
    """Give an installation with its people, files and log kept, not running."""
    made = Site()
    try:
        made.prepare()
        archive.turn_on(place(made.var))
        for number in range(FILES):
            path = made.var / "files" / f"{number % 3}" / f"pièce {number}.bin"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(secrets.token_bytes(random.Random(number).randrange(0, 300_000)))
        yield made
    finally:
        made.remove()


@pytest.mark.nightly
def test_a_backup_restored_elsewhere_is_the_same_to_the_last_write(site: Site, promise: Promise) -> None:
    secret, public = keys_of(site)
    saved, until = save_and_write_on(site, public)
    with Cluster(site.var):
        before, identity = everything(site.var), identity_of(site.var)
        finish_log(site.var)
    take_log(site, public)
    elsewhere, earlier = site.folder / "ailleurs", site.folder / "avant"
    assert_done(site, "restore", str(saved), str(elsewhere), "--secret", str(secret))
    with Cluster(elsewhere):
        after, new_identity = everything(elsewhere), identity_of(elsewhere)
    differing = sorted(name for name in before | after if before.get(name) != after.get(name))
    files = same_files(site.var, elsewhere)
    assert new_identity[0] == identity[0]
    assert new_identity[1] > identity[1]  # another timeline: indexes of before know that they are of another base
    assert_done(site, "restore", str(saved), str(earlier), "--secret", str(secret), "--until", until)
    with Cluster(earlier):
        assert written(earlier) == ["before the instant"]
    assert written_rows(after) == written_rows(before) > 0
    shows_itself(site, elsewhere)
    count = sum(rows for rows, _digest in before.values())
    told = f"{len(before) - len(differing)} tables sur {len(before)} identiques ({count} lignes), {files} fichiers sur"
    promise("R6", f"{told} {FILES}, à l'instant près", is_met=not differing and files == FILES)


def keys_of(site: Site) -> tuple[Path, str]:
    secret = site.folder / "clé secrète"
    assert_done(site, "backup", "--new-key", str(secret))
    assert secret.stat().st_mode & 0o077 == 0
    return secret, public_key_of(secret.read_text(encoding="utf-8"))


def save_and_write_on(site: Site, public: str) -> tuple[Path, str]:
    """Back up, then write before and after an instant; return the backup and the instant."""
    folder = site.folder / "sauvegardes"
    with Cluster(site.var):
        assert_done(site, "backup", str(folder), "--key", public)
        write(site.var, "before the instant")
        time.sleep(0.05)
        until = dt.datetime.now(dt.UTC).isoformat()
        time.sleep(0.05)
        write(site.var, "after the instant")
    (saved,) = backups.backups_of(folder)
    return saved.path, until


def write(var: Path, text: str) -> None:
    with psycopg.connect(base_of(var)) as base:
        base.execute("insert into kernel_indexstamp (name, version) values (%s, 1)", [f"drill {text}"])


def written(var: Path) -> list[str]:
    with psycopg.connect(base_of(var)) as base:
        rows = base.execute("select name from kernel_indexstamp where name like 'drill %' order by name").fetchall()
    return [row[0].removeprefix("drill ") for row in rows]


def written_rows(rows: Rows) -> int:
    return rows["public.kernel_indexstamp"][0]


def everything(var: Path) -> Rows:
    """Return how many rows each table has, and their sum."""
    found = {}
    with psycopg.connect(base_of(var)) as base:
        for (table,) in base.execute(TABLES).fetchall():
            rows = f"select md5(t::text) as row from {table} t"
            query = f"select count(*), coalesce(md5(string_agg(row, '' order by row)), '') from ({rows}) rows"
            row = base.execute(query.encode()).fetchone()
            assert row is not None
            found[table] = (int(row[0]), str(row[1]))
    return found


def identity_of(var: Path) -> tuple[str, int]:
    with psycopg.connect(base_of(var)) as base:
        row = base.execute(IDENTITY).fetchone()
    assert row is not None
    return row[0], row[1]


def finish_log(var: Path) -> None:
    """Close the piece of log under way, and wait until it is kept."""
    with psycopg.connect(base_of(var), autocommit=True) as base:
        row = base.execute("select pg_walfile_name(pg_switch_wal())").fetchone()
    assert row is not None
    kept = archive.archive_folder(place(var)) / row[0]
    limit = time.monotonic() + PATIENCE_SECONDS
    while not kept.exists():
        assert time.monotonic() < limit, "the log is not kept"
        time.sleep(0.05)


def take_log(site: Site, public: str) -> None:
    chosen = BackupSettings(site.folder / "sauvegardes", public)
    assert backups.take_log(place(site.var), chosen) >= 2
    assert not list(archive.finished_pieces(place(site.var)))
    assert b"drill" not in b"".join(path.read_bytes() for path in chosen.folder.rglob("*.scelle"))


def same_files(one: Path, other: Path) -> int:
    """Return how many files of the first folder are, byte for byte, in the second."""
    originals = [path for path in (one / "files").rglob("*") if path.is_file()]
    return sum((other / path.relative_to(one)).read_bytes() == path.read_bytes() for path in originals)


def shows_itself(site: Site, elsewhere: Path) -> None:
    """Start the site on what was restored, backing up in turn; an adviser enters, and the pool is searched."""
    site.var, site.settings = elsewhere, {
        "ENTREMISE_BACKUP_FOLDER": str(site.folder / "nouvelles"),
        "ENTREMISE_BACKUP_KEY": public_key_of((site.folder / "clé secrète").read_text(encoding="utf-8")),
    }  # fmt: skip
    site.start()
    client, _target, _token = sign_in(site)
    with contextlib.closing(client):
        assert client.get("/conseil/vivier/").status_code == httpx.codes.OK
    limit = time.monotonic() + START_SECONDS
    while not backups.backups_of(site.folder / "nouvelles"):
        assert time.monotonic() < limit, site.said()[-2000:]
        time.sleep(0.1)
    site.stop()
    assert "Traceback" not in site.said()


def base_of(var: Path) -> str:
    return superuser_url(var).replace("/postgres?", f"/{DATABASE}?")


def assert_done(site: Site, *words: str) -> None:
    done = site.command(*words)
    assert done.returncode == 0, done.stdout + done.stderr
