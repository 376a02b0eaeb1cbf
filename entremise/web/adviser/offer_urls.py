"""The addresses of offers, for advisers."""

from django.urls import path

from entremise.web.adviser import (
    offer_attractiveness,
    offer_diagnosis,
    offer_entry,
    offer_followup,
    offer_imports,
    offer_validation,
    offers,
)

urlpatterns = [
    path("offres/", offers.offers, name="offers"),
    path("offres/nouvelle/", offer_entry.offer_add, name="offer_add"),
    path("offres/a-valider/", offer_validation.offers_to_validate, name="offers_to_validate"),
    path("offres/<uuid:pk>/valider/", offer_validation.offer_validation, name="offer_validation"),
    path("offres/<uuid:pk>/valider/acte/", offer_validation.offer_validation_act, name="offer_validation_act"),
    path("offres/<uuid:pk>/valider/alerte/", offer_validation.offer_alert_answer, name="offer_alert_answer"),
    path("offres/imports/", offer_imports.offer_imports, name="offer_imports"),
    path("offres/imports/envoyer/", offer_imports.offer_import_upload, name="offer_import_upload"),
    path("offres/imports/modele/", offer_imports.offer_import_example, name="offer_import_example"),
    path("offres/imports/<uuid:pk>/", offer_imports.offer_import, name="offer_import"),
    path("offres/imports/<uuid:pk>/colonnes/", offer_imports.offer_import_map, name="offer_import_map"),
    path("offres/imports/<uuid:pk>/importer/", offer_imports.offer_import_start, name="offer_import_start"),
    path("offres/imports/<uuid:pk>/a-corriger/", offer_imports.offer_import_refused, name="offer_import_refused"),
    path("offres/<uuid:pk>/", offers.offer, name="offer"),
    path("offres/<uuid:pk>/attractivite/", offer_attractiveness.offer_attractiveness, name="offer_attractiveness"),
    path("offres/<uuid:pk>/diagnostic/", offer_diagnosis.offer_diagnosis, name="offer_diagnosis"),
    path("offres/<uuid:pk>/diagnostic/commencer/", offer_diagnosis.diagnosis_start, name="diagnosis_start"),
    path("offres/diagnostics/<uuid:pk>/ecrire/", offer_diagnosis.diagnosis_write, name="diagnosis_write"),
    path("offres/diagnostics/<uuid:pk>/envoyer/", offer_diagnosis.diagnosis_send, name="diagnosis_send"),
    path("offres/diagnostics/<uuid:pk>/diagnostic.pdf", offer_diagnosis.diagnosis_paper, name="diagnosis_paper"),
    path("offres/<uuid:pk>/suivi/", offer_followup.offer_followup, name="offer_followup"),
    path("offres/<uuid:pk>/suivi.fichier", offer_followup.offer_followup_export, name="offer_followup_export"),
    path("offres/<uuid:pk>/presenter/", offer_followup.offer_introduce, name="offer_introduce"),
    path("offres/<uuid:pk>/prevoir/", offer_followup.offer_task_add, name="offer_task_add"),
    path("offres/retours/<uuid:pk>/", offer_followup.introduction_feedback, name="introduction_feedback"),
    path("offres/taches/<uuid:pk>/faite/", offer_followup.offer_task_done, name="offer_task_done"),
    path("offres/taches/<uuid:pk>/reporter/", offer_followup.offer_task_put_off, name="offer_task_put_off"),
    path("offres/<uuid:pk>/modifier/", offer_entry.offer_edit, name="offer_edit"),
    path("offres/<uuid:pk>/ouvrir/", offers.offer_open, name="offer_open"),
    path("offres/<uuid:pk>/clore/", offers.offer_close, name="offer_close"),
    path("offres/<uuid:pk>/assouplir/<str:requirement>/", offers.offer_relax, name="offer_relax"),
    path("offres/<uuid:pk>/exiger/<str:requirement>/", offers.offer_restore, name="offer_restore"),
    path("offres/<uuid:pk>/rouvrir/", offers.offer_reopen, name="offer_reopen"),
]
