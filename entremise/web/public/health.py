"""Whether this process and its database answer, for the supervisor and for load balancers."""

from django.db import connection
from django.http import HttpRequest, HttpResponse

from entremise.web.kit.screens import PUBLIC, screen


@screen(PUBLIC)
def alive(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers; the middleware answers 503 when it does not."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")
