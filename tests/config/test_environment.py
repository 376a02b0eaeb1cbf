"""What the operator sets: read, checked, refused with a sentence."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.config import environment
from entremise.config.environment import Environment, SettingRefused, django_database
from entremise.kernel.postgres.connection import address

SMS = {"ENTREMISE_SMS_URL": "https://sms.example/envois"}
SERVER = "postgresql://entremise_app:s%2Fecret@db.example:6543/travail?sslmode=require"


def load(tmp_path: Path, **values: str) -> Environment:
    return environment.load({"ENTREMISE_VAR": str(tmp_path / "var"), **values})


def test_nothing_set_gives_a_local_site_without_demo(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert (settings.port, settings.bind, settings.base_url) == (8000, "127.0.0.1", "http://127.0.0.1:8000")
    assert (settings.embedded, settings.demo, settings.debug, settings.smtp) == (True, False, False, None)
    assert settings.database_url is None


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"PORT": "zero"}, "PORT doit être un numéro de port entre 1 et 65535 (reçu : « zero »)."),
        ({"PORT": "70000"}, "PORT doit être un numéro de port entre 1 et 65535"),
        ({"ENTREMISE_DEMO": "peut-être"}, "ENTREMISE_DEMO doit valoir 1 (oui) ou 0 (non)"),
        ({"ENTREMISE_LANGUAGE": "de"}, "ENTREMISE_LANGUAGE doit valoir fr ou en (reçu : « de »)."),
        ({"ENTREMISE_PROXIES": "deux"}, "ENTREMISE_PROXIES doit être un nombre entre 0 et 9 (reçu : « deux »)."),
        ({"ENTREMISE_BASE_URL": "exemple.fr"}, "ENTREMISE_BASE_URL doit être l'adresse publique du site"),
        ({"ENTREMISE_BASE_URL": "https://a.fr:99999"}, "n'est pas un nombre entre 1 et 65535"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL doit commencer par « postgresql:// »"),
        ({"DATABASE_URL": "postgresql://h:bad/y"}, "DATABASE_URL : le port"),
        ({"SMTP_URL": "mail.example"}, "SMTP_URL doit ressembler à smtp://"),
        ({"ENTREMISE_SMS_URL": "sms.example"}, "ENTREMISE_SMS_URL doit être l'adresse de la passerelle SMS"),
        ({"ENTREMISE_SMS_URL": "https://a.fr:x"}, "ENTREMISE_SMS_URL : le port"),
        ({**SMS, "ENTREMISE_SMS_TOKEN": "a\nb"}, "ENTREMISE_SMS_TOKEN contient un espace"),
        ({"ENTREMISE_SMS_URL": "https://u:p@a.fr", "ENTREMISE_SMS_TOKEN": "t"}, "pas les deux."),
        ({**SMS, "ENTREMISE_SMS_SENDER": "Emploi en Drôme"}, "doit compter 11 lettres ou chiffres au plus"),
        ({**SMS, "ENTREMISE_SMS_BODY": '{"to": '}, "ENTREMISE_SMS_BODY doit être du JSON, ou un formulaire"),
        ({**SMS, "ENTREMISE_SMS_BODY": "bonjour"}, "ENTREMISE_SMS_BODY doit être du JSON, ou un formulaire"),
        ({**SMS, "ENTREMISE_SMS_BODY": "to={to}"}, "ENTREMISE_SMS_BODY doit contenir {text}"),
        ({**SMS, "ENTREMISE_SMS_BODY": "to={to}&m={text}&k={cle}"}, "ENTREMISE_SMS_BODY ne connaît pas {cle}."),
        ({"ENTREMISE_PRIMARY_COLOUR": "red"}, "ENTREMISE_PRIMARY_COLOUR doit être une couleur comme #0b5d66"),
    ],
)
def test_a_bad_setting_is_refused_with_a_sentence(tmp_path: Path, values: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingRefused) as refusal:
        load(tmp_path, **values)
    assert sentence in str(refusal.value)


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    with pytest.raises(SettingRefused, match="ENTREMISE_VAR doit être un dossier"):
        load(tmp_path)


def test_the_secret_is_made_once_for_this_account_only(tmp_path: Path) -> None:
    first, second = load(tmp_path), load(tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 50
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]


def test_secrets_do_not_show_when_settings_are_printed(tmp_path: Path) -> None:
    settings = load(tmp_path, DATABASE_URL=SERVER, SMTP_URL="smtp://u:motdepasse@mail.example")
    shown = repr(settings)
    assert settings.secret_key not in shown
    assert "s%2Fecret" not in shown
    assert "motdepasse" not in shown


def test_an_outside_server_is_understood(tmp_path: Path) -> None:
    settings = load(tmp_path, DATABASE_URL=SERVER, DATABASE_OWNER_URL=SERVER.replace("_app", "_owner"))
    database = settings.django_database()
    assert not settings.embedded
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", "6543", "travail")
    assert (database["USER"], database["PASSWORD"]) == ("entremise_app", "s/ecret")
    assert database["OPTIONS"]["sslmode"] == "require"
    assert "-c search_path=public,vault" in database["OPTIONS"]["options"]


def test_the_owner_is_used_only_when_asked(tmp_path: Path) -> None:
    owner_url = SERVER.replace("_app", "_owner")
    values = {"DATABASE_URL": SERVER, "DATABASE_OWNER_URL": owner_url}
    assert load(tmp_path, **values).django_database()["USER"] == "entremise_app"
    assert load(tmp_path, **values, ENTREMISE_DB_ROLE="owner").django_database()["USER"] == "entremise_owner"


@pytest.mark.parametrize(
    ("url", "port", "use_tls", "use_ssl"),
    [
        ("smtp://u:p@mail.example", 587, True, False),
        ("smtp://mail.example:25?tls=none", 25, False, False),
        ("smtps://u:p@mail.example", 465, False, True),
    ],
)
def test_mail_servers_are_understood(tmp_path: Path, url: str, port: int, use_tls: bool, use_ssl: bool) -> None:
    smtp = load(tmp_path, SMTP_URL=url).smtp
    assert smtp is not None
    assert (smtp.host, smtp.port, smtp.use_tls, smtp.use_ssl) == ("mail.example", port, use_tls, use_ssl)


def test_an_sms_gateway_is_understood(tmp_path: Path) -> None:
    assert load(tmp_path).sms is None
    plain = load(tmp_path, **SMS, ENTREMISE_SMS_TOKEN="jeton").sms
    assert plain is not None
    assert (plain.url, plain.token, plain.sender) == ("https://sms.example/envois", "jeton", "Entremise")
    basic = load(tmp_path, ENTREMISE_SMS_URL="https://nom:mot%40passe@sms.example:8443/x?cle=1").sms
    assert basic is not None
    assert (basic.url, basic.user, basic.password) == ("https://sms.example:8443/x?cle=1", "nom", "mot@passe")


def test_the_keys_of_a_gateway_do_not_show_when_settings_are_printed(tmp_path: Path) -> None:
    for values in ({**SMS, "ENTREMISE_SMS_TOKEN": "s3cr3t"}, {"ENTREMISE_SMS_URL": "https://u:s3cr3t@a.fr?k=s3cr3t"}):
        assert "s3cr3t" not in repr(load(tmp_path, **values))


def test_the_public_name_is_an_allowed_host(tmp_path: Path) -> None:
    settings = load(
        tmp_path, ENTREMISE_BASE_URL="https://emploi.example/", ENTREMISE_ALLOWED_HOSTS="a.example, b.example"
    )
    assert settings.base_url == "https://emploi.example"
    assert set(settings.allowed_hosts) >= {"emploi.example", "a.example", "b.example", "127.0.0.1"}


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ({}, 0),
        ({"ENTREMISE_BASE_URL": "https://emploi.example"}, 1),
        ({"ENTREMISE_BASE_URL": "https://emploi.example", "ENTREMISE_PROXIES": "2"}, 2),
        ({"ENTREMISE_BASE_URL": "https://emploi.example", "ENTREMISE_PROXIES": "0"}, 0),
    ],
)
def test_an_address_in_https_means_a_proxy_unless_told_otherwise(
    tmp_path: Path, values: dict[str, str], count: int
) -> None:
    assert load(tmp_path, **values).proxies == count


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)


@given(password=words, folder=words)
def test_any_password_and_folder_survive_the_address(password: str, folder: str) -> None:
    database = django_database(address("role", password, "base", f"/{folder}"))
    assert (database["USER"], database["PASSWORD"]) == ("role", password)
    assert (database["NAME"], database["HOST"], database["PORT"]) == ("base", f"/{folder}", "5432")
