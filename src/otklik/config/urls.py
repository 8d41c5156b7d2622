"""Every address of the product."""

from django.urls import URLPattern, URLResolver, path

from otklik.config.health.views import livez, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", livez),
    path("readyz", readyz),
]
