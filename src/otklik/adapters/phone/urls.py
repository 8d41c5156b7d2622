"""Addresses that exchanges post to."""

from django.urls import path

from otklik.adapters.phone import views

app_name = "phone"
urlpatterns = [path("hooks/phone/<str:key>/", views.receive, name="hook")]
