from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardsConfig(AppConfig):
    name = "otklik.team.boards"
    label = "boards"
    verbose_name = _("own boards")
