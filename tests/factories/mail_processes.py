"""The processes that carry mail, started in a moment and killed by a test: run as `python -m` with a site's settings.

It reads one word a line on its input (`writer`, `worker` or `relay`), forks that process, and prints its number. Time
stands on a Monday morning, since no news leaves on a Sunday; leases are short: a killed worker's are soon over.
"""

import argparse
import datetime as dt
import os
import random
import signal
import sys
import time
import traceback
from itertools import cycle
from pathlib import Path

import django
import time_machine

KINDS = ("validations.request", "validations.answered", "promotions.profile", "accounts.login_code_email")
SHORT = dt.timedelta(seconds=1)


def write(acknowledged: Path) -> None:
    """Write messages without pause, as pages do; note each one once its transaction is over."""
    from django.db import Error, connection, transaction

    from entremise.kernel import mail

    note = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for kind in cycle(KINDS):
        try:
            with transaction.atomic():
                message = mail.send(mail.KINDS[kind].example(), to=f"{random.randint(1, 9**9)}@example.org")
        except Error:
            connection.close()
            time.sleep(0.05)
            continue
        os.write(note, f"{message.pk.hex} {kind}\n".encode())
        time.sleep(0.01)


def work() -> None:
    """Deliver without pause."""
    from django.db import Error, connection

    from entremise.kernel import delivery

    delivery.LEASE = delivery.HANDED_LEASE = SHORT
    while True:
        try:
            delivery.deliver_due()
        except Error:
            connection.close()
        time.sleep(0.02)


def carry() -> None:
    """Run the relay of the product."""
    from entremise.config import cli_mail

    cli_mail.relay(argparse.Namespace())


def create_tables() -> None:
    """Create the tables that mail needs, as their owner: all the migrations would take longer than the kills."""
    from django.db import connection

    from entremise.config import environment
    from entremise.kernel.models import JournalEntry, OutboxMessage
    from entremise.kernel.models_mail import MailReturn, Suppression

    owner = environment.django_database(os.environ["DATABASE_OWNER_URL"])
    usual = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    connection.settings_dict.update(USER=owner["USER"], PASSWORD=owner["PASSWORD"])
    with connection.schema_editor() as editor:
        for model in (JournalEntry, OutboxMessage, MailReturn, Suppression):
            editor.create_model(model)
    connection.close()
    connection.settings_dict.update(usual)


def fork(word: str, acknowledged: Path) -> int:
    """Start one process and return its number."""
    number = os.fork()
    if number:
        return number
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        {"writer": lambda: write(acknowledged), "worker": work, "relay": carry}[word]()
    except BaseException:  # noqa: BLE001  # nobody above a forked process would say it
        traceback.print_exc()
    os._exit(1)


def warm_up() -> None:
    """Load what the processes need: a forked one works at once."""
    from django.urls import reverse

    from entremise.config import cli_mail
    from entremise.kernel import delivery, mail

    assert reverse("mail_stop", args=["x"])  # every address is loaded
    for kind in KINDS:
        mail.render(mail.KINDS[kind].example())
    assert delivery.spool() is not None
    assert cli_mail.relay is not None


def main() -> None:
    """Obey until the input ends."""
    django.setup()
    create_tables()
    warm_up()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead leave no trace
    with time_machine.travel(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)):
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        for line in sys.stdin:
            sys.stdout.write(f"{fork(line.strip(), Path(sys.argv[1]))}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
