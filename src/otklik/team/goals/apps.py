from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    name = "otklik.team.goals"
    label = "goals"
    verbose_name = _("goals")

    def ready(self) -> None:
        from otklik.team.goals.told import tell

        tell()
