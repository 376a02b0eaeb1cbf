"""The addresses of the contested results, under /equipe/."""

from django.urls import path

from entremise.web.manager import contests

urlpatterns = [
    path("contestations/", contests.contests, name="contests"),
    path("contestations/<uuid:pk>/", contests.contest, name="contest"),
]
