"""Registration of the room and its page under one's own portrait."""

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from otklik.core.ui import nav


class NoticesConfig(AppConfig):
    name = "otklik.core.notices"
    label = "notices"
    verbose_name = _("notices")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_out

        from otklik.core.notices import told  # noqa: F401 - listens

        user_logged_out.connect(_forget_browser, dispatch_uid="notices.browser")
        nav.add(nav.Entry("routes", _("How I am told"), icon="bell", url="notices:routes", section="me", order=12))


def _forget_browser(sender: Any, request: HttpRequest, **details: Any) -> None:
    """Receiver of user_logged_out: this browser shows nothing more."""
    from otklik.core.notices.models import Browser

    if request.session.session_key:
        Browser.objects.filter(session=request.session.session_key).delete()
