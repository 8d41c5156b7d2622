"""The address that Telegram posts to."""

from django.urls import path

from otklik.adapters.telegram import views

app_name = "telegram"
urlpatterns = [path("hooks/telegram/<str:key>/", views.receive, name="hook")]
