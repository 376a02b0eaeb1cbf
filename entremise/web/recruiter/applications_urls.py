"""Addresses of the candidates of a space, under /recruteur/."""

from django.urls import path

from entremise.web.recruiter import applications as views

urlpatterns = [
    path("candidatures/", views.inboxes, name="recruiter_inboxes"),
    path("offres/<uuid:pk>/candidatures/", views.offer_applications, name="recruiter_applications"),
    path("candidatures/boite/<uuid:pk>/", views.inbox, name="recruiter_inbox"),
    path("candidatures/boite/<uuid:pk>/fichier", views.inbox_export, name="recruiter_applications_export"),
    path("candidatures/boite/<uuid:pk>/repondre/", views.answer_many, name="recruiter_applications_many"),
    path("candidatures/boite/<uuid:pk>/repondre-a-tous/", views.closing, name="recruiter_closing"),
    path("candidatures/boite/<uuid:pk>/rendez-vous.ics", views.calendar, name="recruiter_calendar"),
    path("candidatures/<uuid:pk>/", views.application, name="recruiter_application"),
    path("candidatures/<uuid:pk>/repondre/", views.application_answer, name="recruiter_application_answer"),
    path("candidatures/<uuid:pk>/vue/", views.application_opened, name="recruiter_application_opened"),
    path("candidatures/<uuid:pk>/rendez-vous/", views.application_meeting, name="recruiter_meeting"),
    path("candidatures/<uuid:pk>/annuler/", views.application_meeting_cancel, name="recruiter_meeting_cancel"),
    path("candidatures/<uuid:pk>/recommander/", views.application_recommend, name="recruiter_recommend"),
    path("candidatures/<uuid:pk>/signaler/", views.application_report, name="recruiter_report"),
]
