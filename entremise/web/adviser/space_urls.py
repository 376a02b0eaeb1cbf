"""The addresses of the recruiter spaces, for who certifies them."""

from django.urls import path

from entremise.web.adviser import space_decisions, space_page, space_papers, spaces

urlpatterns = [
    path("espaces/", spaces.spaces, name="spaces"),
    path("espaces.fichier", spaces.spaces_export, name="spaces_export"),
    path("espaces/<uuid:pk>/", space_page.space, name="space"),
    path("espaces/<uuid:pk>/verification/", space_page.space_check, name="space_check"),
    path("espaces/<uuid:pk>/piece-vue/", space_page.space_document, name="space_document"),
    path("espaces/<uuid:pk>/connaissance/", space_page.space_know, name="space_know"),
    path("espaces/<uuid:pk>/relance/", space_page.space_remind, name="space_remind"),
    path("points-de-vigilance/<uuid:pk>/reponse/", space_page.space_point_answer, name="space_point_answer"),
    path("espaces/<uuid:pk>/certifier/", space_decisions.space_certify, name="space_certify"),
    path("espaces/<uuid:pk>/pieces/", space_decisions.space_ask_documents, name="space_ask_documents"),
    path("espaces/<uuid:pk>/examen/", space_decisions.space_review, name="space_review"),
    path("espaces/<uuid:pk>/refuser/", space_decisions.space_refuse, name="space_refuse"),
    path("espaces/<uuid:pk>/bloquer/", space_decisions.space_block, name="space_block"),
    path("espaces/<uuid:pk>/debloquer/", space_decisions.space_unblock, name="space_unblock"),
    path("espaces/<uuid:pk>/courrier/", space_papers.space_letter, name="space_letter"),
    path("espaces/<uuid:pk>/fraude/", space_papers.space_fraud, name="space_fraud"),
    path("espaces/<uuid:pk>/fraude/portail/", space_papers.space_fraud_declared, name="space_fraud_declared"),
    path("espaces/<uuid:pk>/fraude/prevenir/", space_papers.space_fraud_warn, name="space_fraud_warn"),
    path("espaces/<uuid:pk>/exclusions/lever/", space_papers.space_exclusions_lift, name="space_exclusions_lift"),
]
