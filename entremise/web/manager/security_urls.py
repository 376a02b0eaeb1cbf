"""The addresses of the watch over what accounts look at, under /equipe/."""

from django.urls import path

from entremise.web.manager import access_questions, security

urlpatterns = [
    path("acces/", security.access_security, name="access_security"),
    path("acces/questions/", access_questions.access_questions, name="access_questions"),
    path("acces/questions/repondre/", access_questions.access_answer, name="access_answer"),
    path("acces/<uuid:pk>/", security.access_account, name="access_account"),
    path("acces/<uuid:pk>/normal/", security.access_dismiss, name="access_dismiss"),
    path("acces/<uuid:pk>/relever/", security.access_raise, name="access_raise"),
    path("acces/<uuid:pk>/suspendre/", security.access_cut, name="access_cut"),
    path("acces/<uuid:pk>/retablir/", security.access_lift, name="access_lift"),
]
