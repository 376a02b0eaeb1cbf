"""The addresses of the advisers' lists as files."""

from django.urls import path

from entremise.web.adviser import exports

urlpatterns = [
    path("promotions.fichier", exports.promotions_export, name="promotions_export"),
    path("vivier.fichier", exports.pool_export, name="pool_export"),
    path("entreprises.fichier", exports.establishments_export, name="establishments_export"),
]
