"""The living style page."""

from django.urls import path

from otklik.core.ui import views

app_name = "ui"
urlpatterns = [path("", views.kit, name="kit")]
