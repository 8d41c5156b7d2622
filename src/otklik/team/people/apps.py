from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "otklik.team.people"
    label = "people"
    verbose_name = _("people of the department")

    def ready(self) -> None:
        from otklik.team.people.told import tell

        tell()
