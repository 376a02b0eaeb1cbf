"""Addresses of the keys of badges, under /equipe/cles/."""

from django.urls import URLPattern, path

from entremise.web.manager import badge_keys

urlpatterns: list[URLPattern] = [
    path("", badge_keys.badge_keys, name="badge_keys"),
    path("<uuid:pk>/suivante/", badge_keys.badge_key_next, name="badge_key_next"),
    path("<uuid:pk>/abandonner/", badge_keys.badge_key_give_up, name="badge_key_give_up"),
]
