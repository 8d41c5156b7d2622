from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardConfig(AppConfig):
    name = "otklik.front.board"
    label = "board"
    verbose_name = _("figures")

    def ready(self) -> None:
        from otklik.core.ui import nav
        from otklik.front.board.menu import ENTRIES
        from otklik.front.board.papers import reported
        from otklik.front.board.roster.told import tell
        from otklik.team.reports import subjects
        from otklik.team.reports.models import Subject

        for entry in ENTRIES:
            nav.add(entry)
        tell()
        subjects.add(Subject.DEPARTMENT, reported.of_figures)
        subjects.add(Subject.BOARD, reported.of_own_board)
