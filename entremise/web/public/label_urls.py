"""Addresses of the label, open to all."""

from django.urls import URLPattern, path

from entremise.web.public import label

urlpatterns: list[URLPattern] = [
    path("reciprok/", label.reciprok, name="reciprok"),
    path("entreprises/<str:siret>/reciprok/", label.reciprok_history, name="reciprok_history"),
    path("entreprises/<str:siret>/reciprok.svg", label.reciprok_badge, name="reciprok_badge"),
]
