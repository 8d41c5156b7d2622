"""Addresses that providers of mail post to."""

from django.urls import path

from otklik.adapters.email.hooks import views

app_name = "email"
urlpatterns = [
    path("hooks/mail/<str:key>/", views.receive, name="hook"),
    path("hooks/mail/<str:key>/mime", views.receive, name="hook_mime"),  # the end by which Mailgun posts raw MIME
]
