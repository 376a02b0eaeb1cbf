"""The settings of the mail, and its two commands."""

import argparse
from pathlib import Path

import pytest

from entremise.config import cli_mail
from entremise.config.console import CommandRefused
from entremise.config.environment import SettingRefused
from entremise.config.environment_mail import load_mailing, mail_server
from entremise.kernel.relay import AnotherRelay, Pace, Relay, Server, alone
from entremise.kernel.spool import Spool
from entremise.lib.reminders import DEFAULTS


def test_the_usual_settings() -> None:
    usual = load_mailing({})
    assert (usual.returns, usual.pace, usual.hours, usual.sms_knows_repeats) == ("", Pace(600, 60), (8, 20), False)
    assert usual.reminders == DEFAULTS


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENTREMISE_MAIL_RETURNS", "retours"),
        ("ENTREMISE_MAIL_RETURNS", "a+b@exemple.fr"),
        ("ENTREMISE_MAIL_PER_MINUTE", "0"),
        ("ENTREMISE_MAIL_PER_MINUTE", "beaucoup"),
        ("ENTREMISE_MAIL_DOMAIN_PER_MINUTE", "-1"),
        ("ENTREMISE_MAIL_HOURS", "20-8"),
        ("ENTREMISE_MAIL_HOURS", "8h-20h"),
        ("ENTREMISE_SMS_KNOWS_REPEATS", "peut-être"),
        ("ENTREMISE_REMINDERS", "validations=14,7/30"),
    ],
)
def test_an_impossible_setting_is_refused_with_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingRefused, match=name):
        load_mailing({name: value})


def test_a_demonstration_has_no_mail_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTP_URL", "smtp://nom:secret@serveur.exemple:2525")
    monkeypatch.setenv("ENTREMISE_DEMO", "0")
    assert mail_server() == Server("serveur.exemple", 2525, "nom", "secret", use_tls=True)
    assert "secret" not in repr(mail_server())
    monkeypatch.setenv("ENTREMISE_DEMO", "1")
    assert mail_server() is None


def test_a_second_relay_on_the_same_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entremise.kernel.relay.LOCK_SECONDS", 0.3)
    relay = Relay(Spool(tmp_path), Server("127.0.0.1", 9))
    with alone(tmp_path / "relay.lock"), pytest.raises(AnotherRelay):
        relay.run(lambda: True)
    relay.run(lambda: True)  # once the other one is gone


def test_a_mailbox_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandRefused, match="n'existe pas"):
        cli_mail.bounces(argparse.Namespace(mailbox=tmp_path / "rien"))


@pytest.mark.django_db
def test_reading_a_mailbox_says_what_was_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "boite"
    path.write_bytes(b"From x Mon Nov 23 09:00:00 2026\nSubject: bonjour\n\nJe suis absent.\n")
    assert cli_mail.bounces(argparse.Namespace(mailbox=path)) == 0
    assert "Messages lus : 1." in capsys.readouterr().out
