"""The addresses of applying with the person beside, for advisers."""

from django.urls import path

from entremise.web.adviser import apply

urlpatterns = [
    path("profils/<uuid:pk>/postuler/", apply.adviser_apply_choose, name="adviser_apply_choose"),
    path("profils/<uuid:pk>/postuler/<uuid:offer>/", apply.adviser_apply, name="adviser_apply"),
]
