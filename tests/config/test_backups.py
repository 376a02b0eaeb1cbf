"""Backups as an operator makes them: refusals, a folder kept in order, what is sealed read again or refused."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import psycopg
import pytest

from entremise.config import backups, cli_backup, doctor, integrity, restoring
from entremise.config.backup_files import Packer, open_file, seal_file, unpack
from entremise.config.backups import DUMP, BackupSettings
from entremise.config.cli_backup import is_due
from entremise.config.console import CommandRefused
from entremise.config.environment import SettingRefused, load
from entremise.kernel.postgres import Cluster, Options, archive
from entremise.kernel.postgres.placement import place
from entremise.lib.sealing import SealRefused, new_keys

PUBLIC, SECRET = new_keys()
NIGHT = dt.datetime(2026, 11, 22, 1, 30, tzinfo=dt.UTC)  # half past two in Paris


@pytest.fixture
def var() -> Iterator[Path]:
    folder = Path("/tmp") / f"entremise-{new_keys()[0][-12:]}"  # pytest's own is closed to the server
    folder.mkdir(mode=0o755)
    yield folder
    shutil.rmtree(folder)


def pack(*files: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    packer = Packer(target, PUBLIC, "base", lambda count: None)
    for name, content in files:
        packer.whole(name, content)
    packer.finish()
    return target.getvalue()


def test_both_settings_or_none() -> None:
    assert backups.load({}) is None
    chosen = backups.load({"ENTREMISE_BACKUP_FOLDER": "/s", "ENTREMISE_BACKUP_KEY": PUBLIC})
    assert chosen == BackupSettings(Path("/s"), PUBLIC)
    with pytest.raises(SettingRefused, match="vont ensemble"):
        backups.load({"ENTREMISE_BACKUP_FOLDER": "/s"})
    with pytest.raises(SettingRefused, match=r"ENTREMISE_BACKUP_KEY : .*commence par"):
        backups.load({"ENTREMISE_BACKUP_FOLDER": "/s", "ENTREMISE_BACKUP_KEY": SECRET})


@pytest.mark.parametrize(
    ("hours_ago", "now", "due"),
    [
        (None, NIGHT, True),
        (24, NIGHT, True),
        (24, NIGHT.replace(hour=12), False),
        (3, NIGHT, False),
        (27, NIGHT.replace(hour=12), True),
    ],
)
def test_a_backup_is_due_at_night_and_after_a_night_missed(hours_ago: int | None, now: dt.datetime, due: bool) -> None:
    last = None if hours_ago is None else now - dt.timedelta(hours=hours_ago)
    assert is_due(last, now) is due


def test_old_backups_and_old_log_are_let_go(tmp_path: Path) -> None:
    log = tmp_path / backups.LOG_FOLDER
    log.mkdir()
    for days in range(60):
        at = (NIGHT - dt.timedelta(days=days)).strftime(backups.WRITTEN_AT)
        first = f"{1:08X}{0:08X}{60 - days:08X}"
        (tmp_path / f"entremise-{at}-{first}.sauvegarde").touch()
        (log / f"{first}.scelle").touch()
    (log / "00000002.history.scelle").touch()
    gone = backups.let_go(tmp_path)
    left = backups.backups_of(tmp_path)
    assert len(left) == 7 + 4 + 2  # seven days, the Sundays of four weeks more, the last of two months more
    assert left[-1].at == NIGHT
    assert sorted(path.name[16:24] for path in log.glob("0000000100*")) == [f"{n:08X}" for n in range(54, 61)]
    assert (log / "00000002.history.scelle").exists()
    assert len(gone) == 60 - 13 + 60 - 7
    assert backups.let_go(tmp_path) == []


def test_a_folder_of_another_installation_is_refused(var: Path, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / backups.OWNER_MARK).write_text("somebody else")
    with pytest.raises(CommandRefused, match="reçoit les sauvegardes d'une autre installation"):
        backups.make(load({"ENTREMISE_VAR": str(var)}), BackupSettings(folder, PUBLIC), lambda done, total: None)


def test_a_folder_without_room_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandRefused, match=r"pas assez de place dans .* Libérez de la place"):
        backups._check_room(tmp_path, 1 << 60)


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("precious")
    with pytest.raises(CommandRefused, match="une clé ne s'écrase pas"):
        cli_backup.run_backup(argparse.Namespace(new_key=tmp_path / "key"))
    assert (tmp_path / "key").read_text() == "precious"


def test_a_restoration_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "something").touch()
    with pytest.raises(CommandRefused, match="n'est pas vide"):
        restoring.restore(tmp_path / "x", tmp_path / "var", SECRET, None, lambda step: None)


def test_a_refused_restoration_leaves_nothing(var: Path, tmp_path: Path) -> None:
    whole = bytearray(pack(("base/PG_VERSION", b"18\n"), ("var/secret_key", b"s" * 3_000_000)))
    whole[-30] ^= 1
    (tmp_path / "x.sauvegarde").write_bytes(bytes(whole))
    with pytest.raises(SealRefused, match="abîmée"):
        restoring.restore(tmp_path / "x.sauvegarde", var / "new", SECRET, None, lambda step: None)
    assert not (var / "new").exists()


def test_an_instant_is_read_in_paris_or_refused() -> None:
    assert cli_backup._instant("") is None
    assert str(cli_backup._instant("2026-11-24T10:30")) == "2026-11-24 10:30:00+01:00"
    assert str(cli_backup._instant("2026-11-24T10:30+00:00")) == "2026-11-24 10:30:00+00:00"
    with pytest.raises(CommandRefused, match="écrivez un instant comme"):
        cli_backup._instant("hier")


def test_what_is_packed_is_unpacked_with_its_sums(tmp_path: Path) -> None:
    manifest = unpack(io.BytesIO(pack(("var/a/b", b"hello"))), SECRET, lambda name: tmp_path.joinpath(*name.parts))
    assert (tmp_path / "var/a/b").read_bytes() == b"hello"
    assert manifest.files["var/a/b"][0] == 5


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "var/../../outside"])
def test_a_path_that_leads_out_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(SealRefused, match="chemin interdit"):
        unpack(io.BytesIO(pack((name, b"x"))), SECRET, lambda found: tmp_path.joinpath(*found.parts))
    assert not list(tmp_path.iterdir())


def test_a_link_is_refused(tmp_path: Path) -> None:
    target = io.BytesIO()
    packer = Packer(target, PUBLIC, "base", lambda count: None)
    link = tarfile.TarInfo("var/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    packer._tar.addfile(link)
    packer.finish()
    with pytest.raises(SealRefused, match="chemin interdit"):
        unpack(io.BytesIO(target.getvalue()), SECRET, lambda name: None)


def test_a_file_that_the_list_does_not_know_is_seen() -> None:
    target = io.BytesIO()
    packer = Packer(target, PUBLIC, "base", lambda count: None)
    packer.whole("var/a", b"a")
    packer.manifest.files["var/b"] = (1, "0" * 64)
    packer.finish()
    with pytest.raises(SealRefused, match="ne sont pas ceux de sa liste"):
        unpack(io.BytesIO(target.getvalue()), SECRET, lambda name: None)


def test_a_piece_of_log_is_sealed_and_opened(tmp_path: Path) -> None:
    (tmp_path / "piece").write_bytes(b"x" * 100_000)
    sealed, opened = io.BytesIO(), io.BytesIO()
    seal_file(tmp_path / "piece", sealed, PUBLIC)
    assert len(sealed.getvalue()) < 2_000  # compressed: most of a piece closed early is zeros
    open_file(io.BytesIO(sealed.getvalue()), opened, SECRET)
    assert opened.getvalue() == b"x" * 100_000
    with pytest.raises(SealRefused):
        open_file(io.BytesIO(sealed.getvalue()[:-1]), opened, SECRET)


def test_the_log_is_kept_from_its_first_start_on_whoever_starts_the_server(var: Path) -> None:
    home = var / "à l'apostrophe 100 %"
    archive.turn_on(place(home))
    with Cluster(home, Options(durable=False)) as cluster, psycopg.connect(cluster._superuser_address()) as base:
        assert base.execute("select current_setting('archive_mode')").fetchone() == ("on",)
        base.execute("select pg_switch_wal()")
    kept = [path.name for path in archive.finished_pieces(cluster.placement)]
    assert kept
    assert all(len(name) == 24 for name in kept)
    archive.turn_off(cluster.placement)
    assert archive.settings(cluster.placement) == {}


def test_a_damaged_page_stops_a_copy_and_is_told_by_the_check(var: Path) -> None:
    with Cluster(var) as cluster:
        with psycopg.connect(cluster.connection.owner_url) as owner:
            owner.execute("create table note as select n, repeat('x', 200) t from generate_series(1, 5000) n")
            owner.execute("create index note_n on note (n)")
            row = owner.execute("select pg_relation_filepath('note'::regclass)").fetchone()
        assert integrity.faults(var, lambda done, total: None) == []
        data = cluster.placement.data
    assert row is not None
    with (data / row[0]).open("r+b") as table:
        table.seek(8192 * 3 + 5000)
        table.write(b"\xff" * 16)
    with Cluster(var):
        faults = " ".join(integrity.faults(var, lambda done, total: None))
    assert "PostgreSQL n'a pas pu copier la base" in faults
    assert "est abîmé" in faults


def test_an_index_that_forgot_a_row_is_told(var: Path) -> None:
    with Cluster(var, Options(durable=False)) as cluster:
        with psycopg.connect(cluster._superuser_address().replace("/postgres?", "/entremise?")) as base:
            base.execute("create table note (n int)")
            base.execute("create index note_n on note (n)")
            base.execute("insert into note select generate_series(1, 100)")
            base.execute("update pg_index set indisready = false where indexrelid = 'note_n'::regclass")
        with psycopg.connect(cluster._superuser_address().replace("/postgres?", "/entremise?")) as base:
            base.execute("insert into note values (101)")
            base.execute("update pg_index set indisready = true where indexrelid = 'note_n'::regclass")
        faults = integrity.faults(var, lambda done, total: None)
    assert faults == ["L'index note_n compte 100 lignes, et sa table note en compte 101."]


def test_an_outside_server_is_dumped_and_given_back(var: Path, tmp_path: Path) -> None:
    outside = var / "outside"
    outside.mkdir(mode=0o755)
    with Cluster(outside, Options(durable=False)) as server:
        with psycopg.connect(server.connection.owner_url) as owner:
            owner.execute("create table note as select 'kept' as t")
        settings = load({
            "ENTREMISE_VAR": str(var / "own"),
            "DATABASE_URL": server.connection.app_url,
            "DATABASE_OWNER_URL": server.connection.owner_url,
        })  # fmt: skip
        saved = backups.make(settings, BackupSettings(tmp_path / "s", PUBLIC), lambda done, total: None)
    assert saved.name.endswith(f"-{DUMP}.sauvegarde")
    assert restoring.restore(saved, var / "new", SECRET, None, lambda step: None) == DUMP
    dump = (var / "new" / restoring.DUMP_FILE).read_bytes()
    assert dump.startswith(b"PGDMP")
    assert b"kept" in dump
    assert (var / "new" / "secret_key").read_text() == settings.secret_key


def test_a_manifest_of_another_format_is_refused() -> None:
    target = io.BytesIO()
    packer = Packer(target, PUBLIC, "base", lambda count: None)
    packer.manifest.kind = "base"
    packer.whole("manifest.json", b'{"format": 99}')
    packer.finish()
    with pytest.raises(SealRefused, match="autre version"):
        unpack(io.BytesIO(target.getvalue()), SECRET, lambda name: PurePosixPath("x") and None)


def test_the_doctor_says_when_nothing_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load({"ENTREMISE_VAR": str(tmp_path / "var"), "ENTREMISE_DEMO": "0"})
    assert [one.fact for one in doctor._backups(settings)] == ["Aucune sauvegarde automatique."]
    monkeypatch.setenv("ENTREMISE_BACKUP_FOLDER", str(tmp_path))
    monkeypatch.setenv("ENTREMISE_BACKUP_KEY", PUBLIC)
    assert "ne se font plus : il n'y en a aucune." in doctor._backups(settings)[0].fact
    now = dt.datetime.now(dt.UTC)
    (tmp_path / f"entremise-{now - dt.timedelta(days=3):{backups.WRITTEN_AT}}-dump.sauvegarde").touch()
    assert "ne se font plus : la dernière est du" in doctor._backups(settings)[0].fact
    (tmp_path / f"entremise-{now:{backups.WRITTEN_AT}}-dump.sauvegarde").touch()
    assert doctor._backups(settings)[0].fact.startswith("Dernière sauvegarde : ")
