"""What the tests of the adviser's screens share."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

TRANSACTIONS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


def text_of(response: Any) -> str:
    """Return the words of a page, with plain spaces and apostrophes."""
    return " ".join(response.content.decode().replace("\xa0", " ").replace("&#x27;", "'").split())


def pages_queries(client: Client, address: str, **headers: str) -> list[str]:
    """Return the SQL of a page that was already opened once, the marks of transactions left out."""
    client.get(address, headers=headers)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address, headers=headers).status_code == 200
    return [query["sql"] for query in seen if not query["sql"].startswith(TRANSACTIONS)]
