"""The addresses of the person's own profile."""

from django.urls import path

from entremise.web.jobseeker import experiences, home, identity, letters, privacy, proof, rights, skills, undo, welcome

urlpatterns = [
    path("", home.my_home, name="my_home"),
    path("bienvenue/<int:step>/", welcome.my_welcome, name="my_welcome"),
    path("a-jour/", home.my_confirm, name="my_confirm"),
    path("coordonnees/", identity.my_identity, name="my_identity"),
    path("messages/", letters.my_letters, name="my_letters"),
    path("souhaits/", identity.my_wishes, name="my_wishes"),
    path("experiences/ajouter/", experiences.my_experience_add, name="my_experience_add"),
    path("experiences/<uuid:pk>/", experiences.my_experience, name="my_experience"),
    path("experiences/<uuid:pk>/retirer/", experiences.my_experience_remove, name="my_experience_remove"),
    path("experiences/<uuid:pk>/competences/", experiences.my_experience_skills, name="my_experience_skills"),
    path("competences/", skills.my_skills, name="my_skills"),
    path("competences/ajouter/", experiences.my_skills_add, name="my_skills_add"),
    path("competences/<uuid:pk>/", skills.my_skill, name="my_skill"),
    path("competences/<uuid:pk>/retirer/", skills.my_skill_remove, name="my_skill_remove"),
    path("competences/<uuid:pk>/montrer/", skills.my_skill_show, name="my_skill_show"),
    path("accord/", privacy.my_consent, name="my_consent"),
    path("visibilite/", privacy.my_visibility, name="my_visibility"),
    path("consultations/", privacy.my_access, name="my_access"),
    path("donnees/", rights.my_data, name="my_data"),
    path("donnees/telecharger/", rights.my_archive, name="my_archive"),
    path("donnees/reprendre/", rights.my_take_back, name="my_take_back"),
    path("donnees/recus/<uuid:pk>/", rights.my_receipt, name="my_receipt"),
    path("donnees/effacer/", rights.my_erasure, name="my_erasure"),
    path("donnees/code/", proof.my_proof, name="my_proof"),
    path("donnees/effacees/", rights.erased, name="erased"),
    path("promotions/", home.my_promotions, name="my_promotions"),
    path("imprimer/", home.my_print, name="my_print"),
    path("annuler/<slug:token>/", undo.my_undo, name="my_undo"),
]
