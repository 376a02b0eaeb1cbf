"""Where an employer says why people got no answer."""

from django.urls import URLPattern, path

from entremise.web.employer import silence

urlpatterns: list[URLPattern] = [
    path("candidatures/<str:token>/pourquoi/", silence.inbox_silence, name="inbox_silence"),
]
