"""What the demo company looks at: the head's morning on the wall, the lead's first line, an agent's own figures."""

from otklik.core.staff.models import Role, Team, User
from otklik.team.boards.models import Board, Form, Shared
from otklik.team.boards.period import Span
from otklik.team.boards.ready import begin

MORNING = (
    ("backlog.late", Form.NUMBER, 1, ""),
    ("backlog.unanswered", Form.NUMBER, 1, ""),
    ("frt", Form.NUMBER, 1, ""),
    ("refusal.appeals", Form.NUMBER, 1, ""),
    ("complaint.open", Form.NUMBER, 1, ""),
    ("promise.kept", Form.NUMBER, 1, ""),
    ("sla.attainment", Form.COURSE, 2, ""),
    ("sla.attainment", Form.SPLIT, 1, "line"),
    ("arrivals", Form.HEAT, 2, ""),
    ("arrivals", Form.SPLIT, 1, "topic"),
    ("frt", Form.TABLE, 3, "line"),
)


def load() -> None:
    head = User.objects.filter(role=Role.HEAD).earliest("pk")
    board = Board.objects.make(by=head, name="Утро отдела", shared=Shared.EVERYBODY, span=Span.FOUR_WEEKS, present=True)
    for metric, form, width, by in MORNING:
        board.add(metric=metric, form=form, width=width, by=by)
    begin("twelve", by=head, called="Отдел в двенадцати числах")
    lead, first = User.objects.filter(role=Role.LEAD).earliest("pk"), Team.objects.first_line()
    mine = begin("line", by=lead, called="Первая линия сегодня", line=first.pk)
    mine.change(by=lead, shared=Shared.LINE, shared_with=first)
    begin("own", by=User.objects.filter(role=Role.AGENT).earliest("pk"), called="Мои цифры")
