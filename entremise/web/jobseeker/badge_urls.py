"""The addresses of the person's badges."""

from django.urls import path

from entremise.web.jobseeker import badges, badges_bundle, badges_foreign, badges_shares

urlpatterns = [
    path("badges/", badges.my_badges, name="my_badges"),
    path("badges/choix/", badges.my_badges_choice, name="my_badges_choice"),
    path("badges/emporter/", badges_bundle.my_badges_bundle, name="my_badges_bundle"),
    path("badges/ajouter/", badges_foreign.my_badge_import, name="my_badge_import"),
    path("badges/garder/", badges_foreign.my_badge_keep, name="my_badge_keep"),
    path("badges/partages/", badges_shares.my_badge_shares, name="my_badge_shares"),
    path("badges/partager/", badges_shares.my_badge_share_new, name="my_badge_share_new"),
    path("badges/partages/<uuid:pk>/", badges_shares.my_badge_share, name="my_badge_share"),
    path("badges/partages/<uuid:pk>/fermer/", badges_shares.my_badge_share_stop, name="my_badge_share_stop"),
    path("badges/ailleurs/<uuid:pk>/", badges_foreign.my_foreign_badge, name="my_foreign_badge"),
    path("badges/ailleurs/<uuid:pk>/image", badges_foreign.my_foreign_badge_image, name="my_foreign_badge_image"),
    path("badges/ailleurs/<uuid:pk>/fichier/", badges_foreign.my_foreign_badge_file, name="my_foreign_badge_file"),
    path("badges/ailleurs/<uuid:pk>/verifier/", badges_foreign.my_foreign_badge_check, name="my_foreign_badge_check"),
    path("badges/ailleurs/<uuid:pk>/montrer/", badges_foreign.my_foreign_badge_show, name="my_foreign_badge_show"),
    path("badges/ailleurs/<uuid:pk>/retirer/", badges_foreign.my_foreign_badge_remove, name="my_foreign_badge_remove"),
    path("badges/<uuid:pk>/", badges.my_badge, name="my_badge"),
    path("badges/<uuid:pk>/image.svg", badges.my_badge_image, name="my_badge_image"),
    path("badges/<uuid:pk>/fichier/", badges.my_badge_file, name="my_badge_file"),
    path("badges/<uuid:pk>/montrer/", badges.my_badge_show, name="my_badge_show"),
    path("badges/<uuid:pk>/refuser/", badges.my_badge_decline, name="my_badge_decline"),
]
