"""The addresses of the answers to check, for advisers."""

from django.urls import path

from entremise.web.adviser import validation_checks

urlpatterns = [
    path("validations/", validation_checks.validation_checks, name="validation_checks"),
    path("validations/<uuid:pk>/", validation_checks.validation_check, name="validation_check"),
    path("validations/<uuid:pk>/confirmer/", validation_checks.validation_check_same, name="validation_check_same"),
    path("validations/<uuid:pk>/fraude/", validation_checks.validation_check_fraud, name="validation_check_fraud"),
]
