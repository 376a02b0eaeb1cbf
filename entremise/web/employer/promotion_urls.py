"""The addresses of the employer's page."""

from django.urls import path

from entremise.web.employer import promotions

urlpatterns = [
    path("repondre/<str:token>/", promotions.promotion_answer, name="promotion_answer"),
    path("repondre/<str:token>/modifier/", promotions.promotion_change, name="promotion_change"),
    path("repondre/<str:token>/vue/", promotions.promotion_opened, name="promotion_opened"),
    path("repondre/<str:token>/ne-plus-me-solliciter/", promotions.opposition, name="opposition"),
]
