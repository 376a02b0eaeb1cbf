"""The addresses of prospecting, for advisers."""

from django.urls import path

from entremise.web.adviser import prospecting

urlpatterns = [
    path("prospection/", prospecting.prospecting, name="prospecting"),
    path("prospection/planifier/", prospecting.visit_plan_make, name="visit_plan_make"),
    path("prospection/<uuid:pk>/", prospecting.visit_plan, name="visit_plan"),
    path("prospection/<uuid:pk>/visites.ics", prospecting.visit_plan_calendar, name="visit_plan_calendar"),
    path("prospection/<uuid:pk>/ajouter/", prospecting.visit_add, name="visit_add"),
    path("prospection/<uuid:pk>/ordonner/", prospecting.visit_plan_order, name="visit_plan_order"),
    path("prospection/visites/<uuid:pk>/retirer/", prospecting.visit_remove, name="visit_remove"),
    path("prospection/visites/<uuid:pk>/resultat/", prospecting.visit_result, name="visit_result"),
]
