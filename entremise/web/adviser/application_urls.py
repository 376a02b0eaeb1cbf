"""The addresses of applications and of what is said about them, for advisers."""

from django.urls import path

from entremise.web.adviser import (
    applications,
    moderation,
    moderation_label,
    offer_applications,
    profile_applications,
)

urlpatterns = [
    path("candidatures/", applications.adviser_applications, name="adviser_applications"),
    path("candidatures.fichier", applications.adviser_applications_export, name="adviser_applications_export"),
    path("candidatures/<uuid:pk>/", applications.adviser_application, name="adviser_application"),
    path(
        "candidatures/<uuid:pk>/favorable/", applications.adviser_application_favour, name="adviser_application_favour"
    ),
    path("candidatures/<uuid:pk>/refus/", applications.adviser_application_refuse, name="adviser_application_refuse"),
    path("candidatures/<uuid:pk>/embauche/", applications.adviser_application_hire, name="adviser_application_hire"),
    path("offres/<uuid:pk>/candidatures/", offer_applications.offer_applications, name="offer_applications"),
    path(
        "offres/<uuid:pk>/candidatures.fichier",
        offer_applications.offer_applications_export,
        name="offer_applications_export",
    ),
    path("profils/<uuid:pk>/candidatures/", profile_applications.profile_applications, name="profile_applications"),
    path("avis/", moderation.adviser_moderation, name="adviser_moderation"),
    path("avis/<uuid:pk>/", moderation.adviser_rating, name="adviser_rating"),
    path("avis/signalements/<uuid:pk>/", moderation.adviser_report, name="adviser_report"),
    path("avis/comptes/<uuid:pk>/", moderation_label.adviser_count, name="adviser_count"),
    path("avis/conseils/<uuid:pk>/", moderation_label.adviser_advice, name="adviser_advice"),
    path("avis/pauses/<uuid:pk>/", moderation_label.adviser_pause, name="adviser_pause"),
]
