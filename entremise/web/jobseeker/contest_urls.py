"""The addresses where a person contests a result about herself."""

from django.urls import path

from entremise.web.jobseeker import contest

urlpatterns = [
    path("contester/", contest.my_contest, name="my_contest"),
    path("contester/<uuid:pk>/retirer/", contest.my_contest_withdraw, name="my_contest_withdraw"),
]
