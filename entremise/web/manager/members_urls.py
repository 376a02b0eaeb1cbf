"""Addresses of the team page and of the opening hours, under /equipe/."""

from django.urls import URLPattern, path

from entremise.web.manager import members, opening_hours

urlpatterns: list[URLPattern] = [
    path("membres/", members.members, name="members"),
    path("membres/inviter/", members.invite, name="invite"),
    path("membres/<uuid:pk>/fin/", members.member_end, name="member_end"),
    path("invitations/<uuid:pk>/renvoyer/", members.invitation_again, name="invitation_again"),
    path("invitations/<uuid:pk>/annuler/", members.invitation_revoke, name="invitation_revoke"),
    path("horaires/", opening_hours.opening_hours, name="opening_hours"),
    path("horaires/habituels/", opening_hours.usual_hours, name="opening_hours_usual"),
]
