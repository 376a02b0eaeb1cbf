"""The addresses of the imports."""

from django.urls import path

from entremise.web.manager import imports

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/envoyer/", imports.import_upload, name="import_upload"),
    path("imports/modele/", imports.import_example, name="import_example"),
    path("imports/<uuid:pk>/", imports.import_file, name="import_file"),
    path("imports/<uuid:pk>/colonnes/", imports.import_map, name="import_map"),
    path("imports/<uuid:pk>/importer/", imports.import_start, name="import_start"),
    path("imports/<uuid:pk>/erreurs/", imports.import_errors, name="import_errors"),
]
