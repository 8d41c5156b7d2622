"""What the demo company agreed with its people: the last month is closed, paid, and one person disagrees."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Role, Team, User
from otklik.desk.tickets.models import Ticket
from otklik.team.indicators.models import Close, Indicator, Of, Scheme, Statement
from otklik.team.indicators.period import Period, Span
from otklik.team.metrics.days import midnight
from otklik.team.metrics.models import TicketFact, Watermark

BASE = Decimal(12_000)
RIPENS = timedelta(days=8, hours=10)
"""When in the next month the figures of the last days are counted, too."""
WORDS = (
    "Два обращения из-за аварии у оператора ждали инженеров, а не меня. "
    "Прошу не считать их в обязательствах: видно в переписке."
)


def load() -> None:
    _read_the_journal()
    head = User.objects.filter(role=Role.HEAD).earliest("pk")
    month = Period.now(Span.MONTH).move(-1)
    with clock.at(midnight(month.first) + timedelta(hours=10)):
        _agree(head)
    with clock.at(min(clock.now(), midnight(month.ends) + RIPENS)):
        Statement.objects.draft(Close.objects.close(month.first, by=head))
        _approve(head)


def _read_the_journal() -> None:
    """Whole, though it is not committed yet."""
    TicketFact.objects.count(set(Ticket.objects.values_list("pk", flat=True)))
    Watermark.objects.update_or_create(pk=1, defaults={"entry_id": Entry.objects.latest("pk").pk})


def _agree(head: User) -> None:
    """Three indicators with each agent; the lines and the department have theirs."""
    for person in User.objects.filter(role=Role.AGENT, is_active=True).order_by("pk"):
        line = person.teams.order_by("level").first()
        _plan(head, "sla.attainment", (0.75, 0.92), 40, 15, person=person, of=Of.OWN)
        _plan(head, "reopen", (0.25, 0.08), 30, 5, person=person, of=Of.OWN)
        _plan(head, "promise.kept", (0.6, 0.9), 30, 5, person=person, of=Of.LINE, team=line)
    first = Team.objects.first_line()
    _plan(head, "frt", (3600.0, 1200.0), 60, 20, of=Of.LINE, team=first)
    _plan(head, "sla.attainment", (0.75, 0.92), 40, 20, of=Of.LINE, team=first)
    _plan(head, "csat.t2b", (0.8, 0.92), 60, 30, of=Of.DEPARTMENT)
    _plan(head, "qa.score", (60.0, 85.0), 20, 5, of=Of.DEPARTMENT)
    _plan(head, "complaint.ack", (0.7, 0.95), 20, 3, of=Of.DEPARTMENT)
    scheme = Scheme(
        name="Премия специалистов", base=BASE, approver=head, starts_on=Period.now(Span.MONTH).first, role=Role.AGENT
    )
    scheme.make(by=head)


def _plan(head: User, metric: str, goal: tuple[float, float], weight: int, fewest: int, **whose: Any) -> None:
    indicator = Indicator(metric=metric, made_by=head, **whose)
    indicator.plan(by=head, floor=goal[0], target=goal[1], weight=Decimal(weight), fewest=fewest)


def _approve(head: User) -> None:
    """All but the last; the first person disagrees and waits for an answer."""
    statements = list(Statement.objects.select_related("person", "scheme__approver").order_by("person"))
    for statement in statements[:-1]:
        statement.approve(by=head)
    for statement in statements[:1]:
        statement.see(by=statement.person)
        statement.dispute_it(WORDS, by=statement.person)
