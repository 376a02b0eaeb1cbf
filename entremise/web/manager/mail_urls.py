"""Addresses of the accounts of the mail, under /equipe/courriels/."""

from django.urls import URLPattern, path

from entremise.web.manager import mail

urlpatterns: list[URLPattern] = [
    path("", mail.manager_mail, name="manager_mail"),
    path("recherche/", mail.mail_search, name="mail_search"),
    path("<uuid:pk>/renvoyer/", mail.mail_again, name="mail_again"),
    path("<uuid:pk>/arrive/", mail.mail_taken_as_sent, name="mail_taken_as_sent"),
    path("adresses/<uuid:pk>/retablir/", mail.mail_restore, name="mail_restore"),
]
