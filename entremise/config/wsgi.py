"""The WSGI entry point served by gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from entremise.config.database import limit_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entremise.config.settings")
application = get_wsgi_application()
limit_statements(statement_seconds=10, lock_seconds=5, idle_seconds=30)
