"""The addresses of the advisers' lists as files."""

from django.urls import path

from entremise.web.adviser import exports

urlpatterns = [
    path("promotions.fichier", exports.promotions_export, name="promotions_export"),
    path("vivier.fichier", exports.pool_export, name="pool_export"),
    path("offres.fichier", exports.offers_export, name="offers_export"),
    path("offres-a-valider.fichier", exports.offers_to_validate_export, name="offers_to_validate_export"),
    path("entreprises.fichier", exports.establishments_export, name="establishments_export"),
]
