"""Addresses of the room: one's own routes, those of a line, browsers, and what makes the product installable."""

from django.urls import path

from otklik.core.notices.views import install, lines, routes

app_name = "notices"

urlpatterns = [
    path("me/notices/", routes.page, name="routes"),
    path("me/notices/line/", lines.page, name="lines"),
    path("me/notices/browsers/", routes.allow, name="browsers"),
    path("me/notices/browsers/<int:pk>/remove/", routes.remove, name="browser_remove"),
    path("manifest.webmanifest", install.manifest, name="manifest"),
    path("worker.js", install.worker, name="worker"),
]
