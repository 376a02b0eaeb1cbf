"""The addresses of the applications to offers and employers."""

from django.urls import path

from entremise.web.jobseeker import applying, job_application_acts, job_applications

urlpatterns = [
    path("postuler/offre/<uuid:pk>/", applying.apply_offer, name="apply_offer"),
    path("postuler/entreprise/<str:siret>/", applying.apply_establishment, name="apply_establishment"),
    path("candidatures/", job_applications.my_job_applications, name="my_job_applications"),
    path("candidatures/liste/", job_applications.my_job_applications_file, name="my_job_applications_file"),
    path("candidatures/<uuid:pk>/", job_applications.my_job_application, name="my_job_application"),
    path(
        "candidatures/<uuid:pk>/offres/", job_applications.my_job_application_offers, name="my_job_application_offers"
    ),
    path(
        "candidatures/<uuid:pk>/retirer/",
        job_application_acts.my_job_application_withdraw,
        name="my_job_application_withdraw",
    ),
    path(
        "candidatures/<uuid:pk>/repondre/",
        job_application_acts.my_job_application_reply,
        name="my_job_application_reply",
    ),
    path("candidatures/<uuid:pk>/avis/", job_application_acts.my_job_application_rate, name="my_job_application_rate"),
    path(
        "candidatures/<uuid:pk>/signaler/",
        job_application_acts.my_job_application_report,
        name="my_job_application_report",
    ),
    path("rendez-vous/<uuid:pk>/choisir/", job_application_acts.my_meeting_choose, name="my_meeting_choose"),
    path("rendez-vous/<uuid:pk>/autre/", job_application_acts.my_meeting_decline, name="my_meeting_decline"),
    path("rendez-vous/<uuid:pk>/agenda.ics", job_application_acts.my_meeting_calendar, name="my_meeting_calendar"),
    path(
        "recommandations/<uuid:pk>/repondre/",
        job_application_acts.my_recommendation_answer,
        name="my_recommendation_answer",
    ),
]
