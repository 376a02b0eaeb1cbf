"""What the operator can set about the mail and the reminders, read apart: the relay needs nothing else."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from entremise.config.environment import SettingRefused, load
from entremise.kernel.relay import Pace, Server
from entremise.lib import reminders

MOST_PER_MINUTE = 100_000
PACE = Pace()
ADDRESS = re.compile(r"[^@\s<>+]+@[^@\s<>]+")
HOURS = re.compile(r"(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True)
class Mailing:
    """How messages leave."""

    returns: str  # the mailbox that gets the reports of failure; none: the sender's
    pace: Pace
    hours: tuple[int, int]  # when people may be reached
    sms_knows_repeats: bool  # the gateway sends a reference once
    reminders: dict[str, reminders.Policy]


def load_mailing(variables: Mapping[str, str] | None = None) -> Mailing:
    """Read and check these settings; refuse a bad one with a sentence."""
    values = os.environ if variables is None else variables
    return Mailing(
        returns=_returns(values.get("ENTREMISE_MAIL_RETURNS", "")),
        pace=Pace(
            _count(values, "ENTREMISE_MAIL_PER_MINUTE", PACE.per_minute),
            _count(values, "ENTREMISE_MAIL_DOMAIN_PER_MINUTE", PACE.per_domain),
        ),
        hours=_hours(values.get("ENTREMISE_MAIL_HOURS") or "8-20"),
        sms_knows_repeats=_yes_or_no(values, "ENTREMISE_SMS_KNOWS_REPEATS"),
        reminders=_reminders(values.get("ENTREMISE_REMINDERS", "")),
    )


def mail_server() -> Server | None:
    """Return the mail server of this installation, None when it has none or is a demonstration."""
    settings = load()
    if settings.smtp is None or settings.demo:
        return None
    smtp = settings.smtp
    return Server(smtp.host, smtp.port, smtp.user, smtp.password, smtp.use_tls, smtp.use_ssl)


def _returns(text: str) -> str:
    if text and not ADDRESS.fullmatch(text):
        raise SettingRefused(
            "ENTREMISE_MAIL_RETURNS doit être une adresse sans « + », par exemple retours@exemple.fr "
            f"(reçu : « {text} »)."
        )
    return text


def _count(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name) or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= MOST_PER_MINUTE:
        raise SettingRefused(f"{name} doit être un nombre entre 1 et {MOST_PER_MINUTE} (reçu : « {text} »).")
    return int(text)


def _hours(text: str) -> tuple[int, int]:
    found = HOURS.fullmatch(text)
    if found is None or not 0 <= int(found[1]) < int(found[2]) <= 24:
        raise SettingRefused(
            "ENTREMISE_MAIL_HOURS dit entre quelles heures les personnes reçoivent des messages, par exemple 8-20 "
            f"(reçu : « {text} »)."
        )
    return int(found[1]), int(found[2])


def _yes_or_no(values: Mapping[str, str], name: str) -> bool:
    text = values.get(name) or "0"
    if text not in ("0", "1"):
        raise SettingRefused(f"{name} doit valoir 1 (oui) ou 0 (non) (reçu : « {text} »).")
    return text == "1"


def _reminders(text: str) -> dict[str, reminders.Policy]:
    try:
        return reminders.parse(text)
    except ValueError as error:
        raise SettingRefused(
            "ENTREMISE_REMINDERS s'écrit par exemple « validations=7,14/30 promotions=5,10/20 » : les jours des "
            "rappels, puis celui où l'attente s'arrête, avec au moins trois jours entre deux étapes "
            f"(reçu : « {text} »)."
        ) from error
