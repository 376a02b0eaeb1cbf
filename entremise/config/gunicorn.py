"""How gunicorn serves the site (`gunicorn -c python:entremise.config.gunicorn entremise.config.wsgi:application`)."""

import os
import sys
from pathlib import Path

_SWITCH_SECONDS = 0.001  # who only has to be told to come back does not wait for a turn behind pages at work
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  # gunicorn's heartbeat files only: a slow disk must not kill a worker

bind = f"{os.environ.get('ENTREMISE_BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("ENTREMISE_WEB_WORKERS", "2"))
worker_class = "gthread"
threads = 24  # settings.REQUESTS_AT_ONCE work, REQUESTS_WAITING wait; the others only say that there are too many
backlog = 256
worker_connections = 200
preload_app = False  # each worker opens its own database connections and restarts alone
timeout = 60
graceful_timeout = 10
keepalive = 5
accesslog = None  # addresses hold tokens and searches: nothing of them is written
errorlog = "-"
loglevel = "warning"
control_socket_disable = True
worker_tmp_dir = str(_SHARED_MEMORY) if os.access(_SHARED_MEMORY, os.W_OK) else None


def on_starting(server: object) -> None:
    """Load the search engine before the workers are born: each inherits it, and starts no later for it."""
    from entremise.matching.engine.warm import warm  # only the server itself needs it this early

    warm()


def post_worker_init(worker: object) -> None:
    """Prepare the suggestions of fields in the background: the first page does not wait, nor the first word typed."""
    from entremise.kernel import typeahead_store  # needs Django, which this worker has just loaded

    sys.setswitchinterval(_SWITCH_SECONDS)
    typeahead_store.warm_in_background()
