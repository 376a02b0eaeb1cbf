"""The addresses of the board of applications, under /equipe/."""

from django.urls import path

from entremise.web.manager import reciprok

urlpatterns = [
    path("candidatures/", reciprok.reciprok_board, name="reciprok_board"),
    path("candidatures/<str:table>.fichier", reciprok.reciprok_board_export, name="reciprok_board_export"),
]
