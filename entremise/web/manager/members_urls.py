"""Addresses of the team page, under /equipe/membres/."""

from django.urls import URLPattern, path

from entremise.web.manager import members

urlpatterns: list[URLPattern] = [
    path("membres/", members.members, name="members"),
    path("membres/inviter/", members.invite, name="invite"),
    path("membres/<uuid:pk>/fin/", members.member_end, name="member_end"),
    path("invitations/<uuid:pk>/renvoyer/", members.invitation_again, name="invitation_again"),
    path("invitations/<uuid:pk>/annuler/", members.invitation_revoke, name="invitation_revoke"),
]
