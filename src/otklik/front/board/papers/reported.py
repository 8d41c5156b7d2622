"""What reports by mail say: the papers of this room, as the reader of each letter may see them."""

from django.utils.translation import gettext_lazy as _

from otklik.core.paper import Paper
from otklik.core.staff.models import User
from otklik.front.board.access import lines_of
from otklik.front.board.own.looking import Look
from otklik.front.board.papers.department import of_department
from otklik.front.board.papers.of_board import of_board
from otklik.front.board.period import viewed
from otklik.team.boards.models import Board
from otklik.team.boards.period import Period
from otklik.team.reports.errors import NothingToSend
from otklik.team.reports.models import Report
from otklik.team.reports.moments import Days


def of_figures(report: Report, reader: User, days: Days) -> Paper:
    lines = lines_of(reader)
    if not lines and not reader.sees_everything:
        raise NothingToSend(_("They are in no line, so there are no figures for them."))
    view = viewed(reader, lines, None, (days.last - days.first).days + 1, days.first, days.last)
    return of_department(view, reader, report.name)


def of_own_board(report: Report, reader: User, days: Days) -> Paper:
    board = Board.objects.visible_to(reader).select_related("team").filter(pk=report.board_id or 0).first()
    if board is None:
        raise NothingToSend(_("The board was removed, or is not shared with them."))
    period = Period(days.first, days.last)
    return of_board(board, reader, Look("", period, period.before(), unknown=[]), report.name)
