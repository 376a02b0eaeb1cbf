"""The addresses of establishments, for advisers."""

from django.urls import path

from entremise.web.adviser import establishments

urlpatterns = [
    path("entreprises/", establishments.establishments, name="establishments"),
    path("entreprises/ajouter/", establishments.establishment_add, name="establishment_add"),
    path("entreprises/<uuid:pk>/", establishments.establishment, name="establishment"),
    path("entreprises/<uuid:pk>/contacts/", establishments.contact_add, name="contact_add"),
    path("entreprises/<uuid:pk>/echanges/", establishments.contact_log_add, name="contact_log_add"),
    path("entreprises/<uuid:pk>/fermeture/", establishments.establishment_close, name="establishment_close"),
    path("contacts/<uuid:pk>/opposition/", establishments.contact_oppose, name="contact_oppose"),
]
