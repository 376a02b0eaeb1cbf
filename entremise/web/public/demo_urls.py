"""Addresses of the demonstration's tools, under /demo/."""

from django.urls import URLPattern, path

from entremise.web.public import demo

urlpatterns: list[URLPattern] = [
    path("", demo.demo_sign_in, name="demo_sign_in"),
    path("messagerie/", demo.mailbox, name="demo_mailbox"),
    path("messagerie/<uuid:pk>/", demo.mailbox_message, name="demo_message"),
    path("messagerie/<uuid:pk>/html/", demo.mailbox_html, name="demo_message_html"),
    path("courriels/", demo.mail_gallery, name="mail_gallery"),
    path("courriels/<str:kind>/", demo.mail_gallery_html, name="mail_gallery_html"),
]
