"""Every address of the product."""

from django.urls import URLPattern, URLResolver, include, path

from otklik.config.doctor import findings
from otklik.config.health.views import livez, readyz
from otklik.front.api.interface import api, nothing
from otklik.front.setup.views.organisation import use_doctor

use_doctor(findings)

urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", livez),
    path("readyz", readyz),
    path("ui/", include("otklik.core.ui.urls")),
    path("api/v1/", api.urls),
    path("api/v1/<path:rest>", nothing),
    path("", include("otklik.front.workspace.urls")),
    path("", include("otklik.front.portal.urls")),
    path("", include("otklik.front.board.urls")),
    path("", include("otklik.front.setup.urls")),
    path("", include("otklik.adapters.email.urls")),
    path("", include("otklik.core.staff.urls")),
]
