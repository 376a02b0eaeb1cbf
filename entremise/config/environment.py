"""Everything the operator can set, read once from the environment variables, typed and checked."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from entremise.kernel.postgres import ConnectionFile, read_connection_file
from entremise.lib.bodies import parse_body

TRUE_WORDS = {"1", "true", "yes", "on", "oui", "vrai"}
FALSE_WORDS = {"0", "false", "no", "off", "non", "faux", ""}
LANGUAGES = ("fr", "en")
HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
DATABASE_SCHEMES = ("postgresql", "postgres")
MOST_PROXIES = 9
SMTP_PORTS = {"smtp": 587, "smtps": 465}
SMS_BODY = '{"to": "{to}", "from": "{sender}", "text": "{text}"}'
SMS_WORDS = frozenset({"to", "number", "text", "sender", "reference"})
SMS_SENDER = re.compile(r"[A-Za-z0-9 ]{1,11}|\+?[0-9]{3,15}")  # what operators of telephones accept
SEARCH_PATH = "-c search_path=public,vault"  # identities are in a schema of their own (kernel.vault)
ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")
HEADER_TEXT = re.compile(r"[!-~]*")


class SettingRefused(ValueError):
    """A setting has a value that cannot be used; the message says which one, why, and what to write."""


@dataclass(frozen=True)
class Smtp:
    """Where outgoing mail is handed over."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    use_tls: bool
    use_ssl: bool


@dataclass(frozen=True)
class Sms:
    """The gateway that takes SMS away, and how to write to it."""

    url: str = field(repr=False)  # some gateways want their key in it
    host: str
    user: str
    password: str = field(repr=False)
    token: str = field(repr=False)
    sender: str
    body: str = field(repr=False)
    accepted: str  # words that an answer must contain; none: any answer that is not an error


@dataclass(frozen=True)
class Brand:
    """What the operator may change in the look."""

    name: str = "Entremise"
    primary: str = "#0b5d66"
    accent: str = "#d9643a"
    logo: Path | None = None


@dataclass(frozen=True)
class Environment:
    """The settings of this process."""

    var: Path
    port: int
    bind: str
    database_url: str | None = field(repr=False)  # application role; None: embedded server not initialised yet
    database_owner_url: str | None = field(repr=False)  # owner role, for migrations only
    embedded: bool
    as_owner: bool
    secret_key: str = field(repr=False)
    journal_key: Path | None  # the file of the key that signs the journal; None: made in the data folder
    badges_key: Path | None  # the file of the key that seals the issuers' private keys; None: made in the data folder
    journal_copy: Path | None  # a folder of another machine, where the signed heads are copied
    demo: bool
    debug: bool
    allowed_hosts: tuple[str, ...]
    base_url: str
    proxies: int  # between the public and the site, each adding the address it saw to X-Forwarded-For
    smtp: Smtp | None
    sms: Sms | None
    mail_from: str
    fraud_mail: str  # who handles the frauds of recruiters, told of each report
    dpo_mail: str  # the data protection officer, told of unusual looks at people's files
    brand: Brand
    language: str

    def django_database(self) -> dict[str, Any]:
        """Give the `DATABASES["default"]` of this process, as the owner when `ENTREMISE_DB_ROLE=owner`."""
        url = self.database_owner_url if self.as_owner else self.database_url
        return django_database(url or "postgresql:///entremise")


def load(variables: Mapping[str, str] | None = None) -> Environment:
    """Read and check the settings; refuse a bad one with a sentence."""
    values = os.environ if variables is None else variables
    var = _var(values)
    port = _port(values.get("PORT", "8000"), "PORT")
    base_url = _base_url(values.get("ENTREMISE_BASE_URL") or f"http://127.0.0.1:{port}")
    app_url, owner_url = _database_urls(values, var)
    return Environment(
        var=var,
        port=port,
        bind=values.get("ENTREMISE_BIND", "127.0.0.1"),
        database_url=app_url,
        database_owner_url=owner_url,
        embedded=not values.get("DATABASE_URL"),
        as_owner=_choice(values, "ENTREMISE_DB_ROLE", ("app", "owner")) == "owner",
        secret_key=values.get("ENTREMISE_SECRET_KEY") or _kept_secret(var / "secret_key"),
        journal_key=_path(values.get("ENTREMISE_JOURNAL_KEY", "")),
        badges_key=_path(values.get("ENTREMISE_BADGES_KEY", "")),
        journal_copy=_path(values.get("ENTREMISE_JOURNAL_COPY", "")),
        demo=_flag(values, "ENTREMISE_DEMO"),
        debug=_flag(values, "ENTREMISE_DEBUG"),
        allowed_hosts=_allowed_hosts(values.get("ENTREMISE_ALLOWED_HOSTS", ""), base_url),
        base_url=base_url,
        proxies=_proxies(values.get("ENTREMISE_PROXIES", ""), base_url),
        smtp=_smtp(values.get("SMTP_URL", "")),
        sms=_sms(values),
        mail_from=values.get("ENTREMISE_MAIL_FROM", "Entremise <ne-pas-repondre@localhost>"),
        dpo_mail=_address(values, "ENTREMISE_DPO_MAIL"),
        fraud_mail=_address(values, "ENTREMISE_FRAUD_MAIL"),
        brand=_brand(values),
        language=_choice(values, "ENTREMISE_LANGUAGE", LANGUAGES),
    )


def django_database(url: str) -> dict[str, Any]:
    """Translate a PostgreSQL address into a Django `DATABASES` entry."""
    parts = urlsplit(url)
    if parts.scheme not in DATABASE_SCHEMES:
        raise SettingRefused(
            "DATABASE_URL doit commencer par « postgresql:// » : Entremise a besoin de PostgreSQL 18 ou plus récent."
        )
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    options["options"] = f"{SEARCH_PATH} {options.get('options', '')}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "entremise",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(options.pop("port", "") or _url_port(url, "DATABASE_URL") or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _var(values: Mapping[str, str]) -> Path:
    folder = Path(values.get("ENTREMISE_VAR") or "var").expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise SettingRefused(f"ENTREMISE_VAR doit être un dossier, or {folder} est un fichier.")
    return folder


def _address(values: Mapping[str, str], name: str) -> str:
    text = values.get(name, "").strip()
    if text and not ADDRESS.fullmatch(text):
        raise SettingRefused(f"{name} doit être une adresse électronique, par exemple dpd@exemple.fr.")
    return text


def _path(text: str) -> Path | None:
    return Path(text).expanduser().absolute() if text else None


def _database_urls(values: Mapping[str, str], var: Path) -> tuple[str | None, str | None]:
    app_url = values.get("DATABASE_URL", "")
    if app_url:
        django_database(app_url)
        owner_url = values.get("DATABASE_OWNER_URL", "")
        if owner_url:
            django_database(owner_url)
        return app_url, owner_url or None
    connection: ConnectionFile | None = read_connection_file(var)
    if connection is None:
        return None, None
    return connection.app_url, connection.owner_url


def _port(text: str, name: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise SettingRefused(f"{name} doit être un numéro de port entre 1 et 65535 (reçu : « {text} »).")
    return int(text)


def _url_port(url: str, name: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError as error:
        raise SettingRefused(
            f"{name} : le port indiqué dans l'adresse n'est pas un nombre entre 1 et 65535."
        ) from error


def _flag(values: Mapping[str, str], name: str) -> bool:
    word = values.get(name, "").strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise SettingRefused(f"{name} doit valoir 1 (oui) ou 0 (non) (reçu : « {values[name]} »).")


def _choice(values: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    word = values.get(name) or choices[0]
    if word not in choices:
        raise SettingRefused(f"{name} doit valoir {' ou '.join(choices)} (reçu : « {word} »).")
    return word


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingRefused(
            "ENTREMISE_BASE_URL doit être l'adresse publique du site, par exemple https://exemple.fr "
            f"(reçu : « {text} »)."
        )
    _url_port(text, "ENTREMISE_BASE_URL")
    return text.rstrip("/")


def _proxies(text: str, base_url: str) -> int:
    if not text:
        return 1 if base_url.startswith("https://") else 0  # the site itself does not speak HTTPS
    if not text.isdecimal() or int(text) > MOST_PROXIES:
        raise SettingRefused(f"ENTREMISE_PROXIES doit être un nombre entre 0 et {MOST_PROXIES} (reçu : « {text} »).")
    return int(text)


def _allowed_hosts(text: str, base_url: str) -> tuple[str, ...]:
    named = [name.strip() for name in text.split(",") if name.strip()]
    own = urlsplit(base_url).hostname or "localhost"
    return tuple(dict.fromkeys([*named, own, "127.0.0.1", "localhost", "[::1]"]))


def _smtp(url: str) -> Smtp | None:
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in SMTP_PORTS or not parts.hostname:
        raise SettingRefused(
            "SMTP_URL doit ressembler à smtp://nom:mot-de-passe@serveur:587 (ou smtps://… pour une liaison chiffrée)."
        )
    plain = dict(parse_qsl(parts.query)).get("tls") == "none"
    return Smtp(
        host=parts.hostname,
        port=_url_port(url, "SMTP_URL") or SMTP_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp" and not plain,
        use_ssl=parts.scheme == "smtps",
    )


def _sms(values: Mapping[str, str]) -> Sms | None:
    url = values.get("ENTREMISE_SMS_URL", "")
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingRefused("ENTREMISE_SMS_URL doit être l'adresse de la passerelle SMS, en https://.")
    _url_port(url, "ENTREMISE_SMS_URL")
    token = values.get("ENTREMISE_SMS_TOKEN", "")
    if not HEADER_TEXT.fullmatch(token):
        raise SettingRefused("ENTREMISE_SMS_TOKEN contient un espace, un accent ou une fin de ligne.")
    if token and parts.username:
        raise SettingRefused(
            "La passerelle SMS se contente d'une preuve : ENTREMISE_SMS_TOKEN, ou un nom et un mot de passe dans "
            "ENTREMISE_SMS_URL, pas les deux."
        )
    return Sms(
        url=parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl(),
        host=parts.hostname,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        token=token,
        sender=_sms_sender(values.get("ENTREMISE_SMS_SENDER") or "Entremise"),
        body=_sms_body(values.get("ENTREMISE_SMS_BODY") or SMS_BODY),
        accepted=values.get("ENTREMISE_SMS_ACCEPTED", ""),
    )


def _sms_sender(text: str) -> str:
    if not SMS_SENDER.fullmatch(text):
        raise SettingRefused(
            "ENTREMISE_SMS_SENDER doit compter 11 lettres ou chiffres au plus, sans accent, ou être un numéro "
            f"(reçu : « {text} »)."
        )
    return text


def _sms_body(text: str) -> str:
    try:
        names = parse_body(text).names
    except ValueError as error:
        raise SettingRefused(
            "ENTREMISE_SMS_BODY doit être du JSON, ou un formulaire écrit champ=valeur&champ=valeur."
        ) from error
    if unknown := sorted(names - SMS_WORDS):
        raise SettingRefused(f"ENTREMISE_SMS_BODY ne connaît pas {{{unknown[0]}}}.")
    if "text" not in names or not names & {"to", "number"}:
        raise SettingRefused("ENTREMISE_SMS_BODY doit contenir {text}, et {to} ou {number}.")
    return text


def _brand(values: Mapping[str, str]) -> Brand:
    logo = values.get("ENTREMISE_LOGO", "")
    return Brand(
        name=values.get("ENTREMISE_NAME") or Brand.name,
        primary=_colour(values, "ENTREMISE_PRIMARY_COLOUR", Brand.primary),
        accent=_colour(values, "ENTREMISE_ACCENT_COLOUR", Brand.accent),
        logo=Path(logo) if logo else None,
    )


def _colour(values: Mapping[str, str], name: str, default: str) -> str:
    text = values.get(name) or default
    if not HEX_COLOUR.fullmatch(text):
        raise SettingRefused(f"{name} doit être une couleur comme {default} (reçu : « {text} »).")
    return text.lower()


def _kept_secret(path: Path) -> str:
    """Read the secret of this installation; make it once, complete or not at all, readable by its owner only."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)  # two first starts at once: the first link wins, both read the same secret
            draft.unlink()
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise SettingRefused(
            f"Le dossier de données {path.parent} ne peut pas être écrit ({error.strerror}). "
            "Choisissez-en un autre avec ENTREMISE_VAR."
        ) from error
