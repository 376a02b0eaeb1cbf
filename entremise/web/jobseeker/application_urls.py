"""The addresses of the applications that the person allowed something."""

from django.urls import path

from entremise.web.jobseeker import applications

urlpatterns = [
    path("applications/", applications.my_applications, name="my_applications"),
    path("applications/<uuid:pk>/arreter/", applications.my_application_stop, name="my_application_stop"),
]
