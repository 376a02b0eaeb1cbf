"""The validator's addresses."""

from django.urls import path

from entremise.web.employer import validations

urlpatterns = [
    path("valider/merci/<slug:what>/", validations.thanks, name="validate_thanks"),
    path("valider/<str:token>/", validations.validate, name="validate"),
    path("valider/<str:token>/rectifier/", validations.rectify, name="validate_rectify"),
    path("valider/<str:token>/decliner/", validations.decline, name="validate_decline"),
    path("valider/<str:token>/transmettre/", validations.forward, name="validate_forward"),
    path("valider/<str:token>/ouverte/", validations.opened, name="validate_opened"),
]
