"""Addresses of the published offers, open to all."""

from django.urls import URLPattern, path

from entremise.web.public import offers

urlpatterns: list[URLPattern] = [
    path("", offers.public_offers, name="public_offers"),
    path("flux.atom", offers.public_offers_feed, name="public_offers_feed"),
    path("cadre/", offers.public_offers_frame, name="public_offers_frame"),
    path("logos/<uuid:pk>.png", offers.partner_logo, name="partner_logo"),
    path("<uuid:pk>/", offers.public_offer, name="public_offer"),
    path("<uuid:pk>/<slug:day>.ics", offers.public_offer_day, name="public_offer_day"),
]
