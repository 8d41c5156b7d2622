"""Every address of the product."""

from django.urls import URLPattern, URLResolver, include, path, re_path

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
    re_path(r"^api/(?P<rest>(?s:.*))\Z", nothing),  # a line feed too, which no converter takes
    path("", include("otklik.front.workspace.urls")),
    path("", include("otklik.front.portal.urls")),
    path("", include("otklik.front.board.urls")),
    path("", include("otklik.front.setup.urls")),
    path("", include("otklik.adapters.email.urls")),
    path("", include("otklik.adapters.phone.urls")),
    path("", include("otklik.adapters.sitechat.urls")),
    path("", include("otklik.adapters.telegram.urls")),
    path("", include("otklik.core.notices.urls")),
    path("", include("otklik.core.staff.urls")),
]
