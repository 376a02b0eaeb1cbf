"""The addresses of the person's requests."""

from django.urls import path

from entremise.web.jobseeker import validations

urlpatterns = [
    path("validations/", validations.my_validations, name="my_validations"),
    path("validations/demander/", validations.my_validation_add, name="my_validation_add"),
    path("validations/<uuid:pk>/", validations.my_validation, name="my_validation"),
    path("validations/<uuid:pk>/envoyer/", validations.my_validation_send, name="my_validation_send"),
    path("validations/<uuid:pk>/relancer/", validations.my_validation_remind, name="my_validation_remind"),
    path("validations/<uuid:pk>/retirer/", validations.my_validation_withdraw, name="my_validation_withdraw"),
]
