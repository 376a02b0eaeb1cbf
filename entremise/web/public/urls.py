"""Pages open to all, with their French addresses."""

from django.urls import URLPattern, URLResolver, path

from entremise.web.public import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("sante/", health.alive, name="health"),
]
