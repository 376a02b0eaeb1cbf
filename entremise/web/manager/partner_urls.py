"""Addresses of the partners who send offers."""

from django.urls import URLPattern, path

from entremise.web.manager import partners

urlpatterns: list[URLPattern] = [
    path("", partners.offer_partners, name="offer_partners"),
    path("nouveau/", partners.offer_partner_add, name="offer_partner_add"),
    path("<uuid:pk>/", partners.offer_partner, name="offer_partner"),
    path("<uuid:pk>/ordre/", partners.offer_partner_move, name="offer_partner_move"),
    path("<uuid:pk>/cle/", partners.offer_partner_key, name="offer_partner_key"),
    path("<uuid:pk>/arreter/", partners.offer_partner_stop, name="offer_partner_stop"),
    path("<uuid:pk>/fichier/", partners.offer_feed_upload, name="offer_feed_upload"),
    path("fichiers/<uuid:pk>/", partners.offer_feed, name="offer_feed"),
    path("fichiers/<uuid:pk>/retraits/", partners.offer_feed_confirm, name="offer_feed_confirm"),
    path("fichiers/<uuid:pk>/rejets.csv", partners.offer_feed_refused, name="offer_feed_refused"),
]
