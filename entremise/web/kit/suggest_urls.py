"""Where fields find their suggestions."""

from django.urls import path

from entremise.web.kit import suggest_communes, suggest_establishments, suggest_skills

urlpatterns = [
    path("communes/", suggest_communes.suggest_communes, name="suggest_communes"),
    path("etablissements/", suggest_establishments.suggest_establishments, name="suggest_establishments"),
    path("metiers/", suggest_skills.suggest_job_titles, name="suggest_job_titles"),
    path("competences/", suggest_skills.suggest_skills, name="suggest_skills"),
]
