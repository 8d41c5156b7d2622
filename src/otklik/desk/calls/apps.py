from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallsConfig(AppConfig):
    name = "otklik.desk.calls"
    label = "calls"
    verbose_name = _("telephone")

    def ready(self) -> None:
        from otklik.core.staff.models.stint import heard_of_by
        from otklik.desk.calls.signs import last_talk

        heard_of_by(last_talk)
