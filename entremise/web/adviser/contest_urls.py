"""The addresses where an adviser contests a result."""

from django.urls import path

from entremise.web.adviser import contest

urlpatterns = [
    path("vivier/contester/<uuid:pk>/", contest.contest_pool, name="contest_pool"),
    path("vivier/contestations/<uuid:pk>/", contest.contest_mine, name="contest_mine"),
    path("vivier/contestations/<uuid:pk>/retirer/", contest.contest_withdraw, name="contest_withdraw"),
]
