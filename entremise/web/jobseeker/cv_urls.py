"""The addresses of the person's documents with proofs: certified CVs, certificates of employment."""

from django.urls import path

from entremise.web.jobseeker import certificates, cv

urlpatterns = [
    path("cv/", cv.my_cvs, name="my_cvs"),
    path("cv/nouveau/", cv.my_cv_add, name="my_cv_add"),
    path("cv/<uuid:pk>/", cv.my_cv, name="my_cv"),
    path("cv/<uuid:pk>/modifier/", cv.my_cv_change, name="my_cv_change"),
    path("cv/<uuid:pk>/pdf/", cv.my_cv_pdf, name="my_cv_pdf"),
    path("cv/<uuid:pk>/arreter/", cv.my_cv_stop, name="my_cv_stop"),
    path("cv/<uuid:pk>/reprendre/", cv.my_cv_resume, name="my_cv_resume"),
    path("cv/<uuid:pk>/retirer/", cv.my_cv_remove, name="my_cv_remove"),
    path("certificats/", certificates.my_certificates, name="my_certificates"),
    path("certificats/<uuid:pk>/", certificates.my_certificate, name="my_certificate"),
    path("certificats/<uuid:pk>/pdf/", certificates.my_certificate_pdf, name="my_certificate_pdf"),
    path("certificats/<uuid:pk>/json/", certificates.my_certificate_json, name="my_certificate_json"),
    path("certificats/<uuid:pk>/contester/", certificates.my_certificate_contest, name="my_certificate_contest"),
]
