"""The addresses of promotions, for advisers."""

from django.urls import path

from entremise.web.adviser import promote, promotions

urlpatterns = [
    path("profils/<uuid:pk>/promouvoir/", promote.promote, name="promote"),
    path("promotions/", promotions.promotions, name="promotions"),
    path("promotions/<uuid:pk>/", promotions.promotion, name="promotion"),
    path("promotions/<uuid:pk>/reponse/", promotions.log_answer, name="promotion_log_answer"),
    path("promotions/<uuid:pk>/suite/", promotions.record_outcome, name="promotion_outcome"),
    path("promotions/<uuid:pk>/retirer/", promotions.withdraw, name="promotion_withdraw"),
]
