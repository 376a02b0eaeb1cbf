"""The addresses of establishments, for advisers."""

from django.urls import path

from entremise.web.adviser import establishment_file, establishments

urlpatterns = [
    path("entreprises/", establishments.establishments, name="establishments"),
    path("entreprises/ajouter/", establishments.establishment_add, name="establishment_add"),
    path("entreprises/<uuid:pk>/", establishments.establishment, name="establishment"),
    path("entreprises/<uuid:pk>/contacts/", establishments.contact_add, name="contact_add"),
    path("entreprises/<uuid:pk>/echanges/", establishments.contact_log_add, name="contact_log_add"),
    path("entreprises/<uuid:pk>/fermeture/", establishments.establishment_close, name="establishment_close"),
    path("entreprises/<uuid:pk>/services/", establishment_file.service_add, name="service_add"),
    path("entreprises/<uuid:pk>/previsions/", establishment_file.forecast_add, name="forecast_add"),
    path("entreprises/<uuid:pk>/avis/", establishment_file.satisfaction_add, name="satisfaction_add"),
    path(
        "entreprises/<uuid:pk>/fil.fichier", establishment_file.establishment_timeline, name="establishment_timeline"
    ),
    path("contacts/<uuid:pk>/opposition/", establishments.contact_oppose, name="contact_oppose"),
]
