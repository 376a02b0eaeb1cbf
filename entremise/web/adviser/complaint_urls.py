"""The addresses of complaints, for advisers."""

from django.urls import path

from entremise.web.adviser import complaints

urlpatterns = [
    path("reclamations/", complaints.complaints, name="complaints"),
    path("reclamations.fichier", complaints.complaints_export, name="complaints_export"),
    path("reclamations/nouvelle/", complaints.complaint_add, name="complaint_add"),
    path("reclamations/<uuid:pk>/", complaints.complaint, name="complaint"),
    path("reclamations/<uuid:pk>/confier/", complaints.complaint_assign, name="complaint_assign"),
    path("reclamations/<uuid:pk>/repondre/", complaints.complaint_answer, name="complaint_answer"),
]
