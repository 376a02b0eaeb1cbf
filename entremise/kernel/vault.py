"""The vault: identities are read inside a signed context that names who reads, whom and why.

The database checks the signature, and shows a professional only those whom it noted as shown to them today, within
the day's budget (migrations 0006 and people/0002). Everything else in the product works without opening it.
"""

import hashlib
import hmac
import re
import time
import weakref
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils.translation import gettext as _

from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor

PROFESSIONAL, SERVICE = "professional", "service"
CONTEXT_SECONDS = 300
BLOCK = 64  # bytes of a block of SHA-256
CODE = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
ENTER = "select current_setting('vault.context', true), vault.enter(%s, %s)"
LEAVE = "select set_config('vault.context', %s, true)"
SPENT, CUT = -1, -2
_CLOCKS: weakref.WeakKeyDictionary[Any, float] = weakref.WeakKeyDictionary()  # of each connection


class NotShown(AccessDenied):
    """The vault shows nobody more to this account; `reason` is a sentence for the user."""


@contextmanager
def opened(people: Iterable[UUID], *, actor: Actor, purpose: str) -> Iterator[None]:
    """Let the block read these people's identities: her own for herself, the disclosed ones for a professional."""
    with _context(pass_of(people, actor=actor, purpose=purpose)):
        yield


@contextmanager
def handled(people: Iterable[UUID], *, purpose: str) -> Iterator[None]:
    """Let the platform itself handle identities, for what it writes to them or about them; nobody is shown them."""
    with _context(pass_of(people, actor=None, purpose=purpose)):
        yield


def pass_of(people: Iterable[UUID], *, actor: Actor | None, purpose: str) -> list[str]:
    """Return what a context says and its signature, for this connection and a few minutes; no actor: the platform."""
    kind, actor_id = (SERVICE, "platform") if actor is None else (str(actor.kind), actor.id)
    if actor is not None and actor.is_professional:
        kind = PROFESSIONAL
    for code in (kind, actor_id, purpose):
        if not CODE.fullmatch(code):
            raise ValueError(f"not a code: {code!r}")
    connection.ensure_connection()
    link = connection.connection
    expires = int(_time_of(link)) + CONTEXT_SECONDS
    message = f"{link.info.backend_pid}|{expires}|{kind}|{actor_id}|{purpose}|{','.join(map(str, people))}"
    return [message, hmac.new(_key(), message.encode(), hashlib.sha256).hexdigest()]


def disclose(person_id: UUID) -> int:
    """Note inside `opened` that this person is shown today; return how many more may be. Refused: `NotShown`."""
    with connection.cursor() as cursor:
        cursor.execute("select vault.disclose(%s)", [person_id])
        (left,) = cursor.fetchone()
    if left == SPENT:
        raise NotShown(
            _(
                "Vous avez consulté aujourd'hui autant d'identités qu'un compte peut en consulter en une journée. "
                "Les fiches sans nom restent ouvertes. Si vous en avez besoin pour votre travail, "
                "parlez-en à votre responsable."
            ),
            "vault.budget",
        )
    if left == CUT:
        raise NotShown(
            _("L'accès aux identités est suspendu pour votre compte. Votre responsable peut le rétablir."),
            "vault.cut",
        )
    return int(left)


def allowance(actor: Actor) -> int:
    """Return how many identities a day this account may see, by its own habits."""
    return allowances([actor.id])[actor.id]


def allowances(actor_ids: Collection[str]) -> dict[str, int]:
    """Return the same for several accounts."""
    with connection.cursor() as cursor:
        cursor.execute("select who, vault.allowance(who) from unnest(%s::text[]) who", [list(actor_ids)])
        return dict(cursor.fetchall())


def is_agreed() -> bool:
    """Tell whether the database knows the key of this application; it does not after a change of the secret."""
    try:
        with handled([], purpose="check"):
            return True
    except ProgrammingError:
        return False


def install_key(owner: Any) -> None:
    """Tell the database, on a connection of its owner, with which key this application signs."""
    key = _key().ljust(BLOCK, b"\0")
    inner, outer = (bytes(byte ^ pad for byte in key) for pad in (0x36, 0x5C))  # HMAC, RFC 2104
    with owner.cursor() as cursor:
        cursor.execute("update vault.key set app_inner = %s, app_outer = %s", [inner, outer])


@contextmanager
def _context(signed: list[str]) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:  # what fails inside takes the context back with it
        cursor.execute(ENTER, signed)
        before = cursor.fetchone()[0]
        yield
        cursor.execute(LEAVE, [before or ""])


def _time_of(link: Any) -> float:
    """Return the time of the database in seconds, by its own clock: ours may be wrong. Asked once a connection."""
    if link not in _CLOCKS:
        told = link.execute("select extract(epoch from clock_timestamp())::float8").fetchone()[0]
        _CLOCKS[link] = told - time.perf_counter()
    return _CLOCKS[link] + time.perf_counter()


def _key() -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), b"entremise.vault", hashlib.sha256).digest()
