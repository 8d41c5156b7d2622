"""What people of a desk of millions have set up: boards, plans of everybody, improvements; and sums of the night.

Runs within `inside`, by the product's own verbs.
"""

FULL, ALL_TOLD = "Всё сразу", 24
"""A board with as many tiles as one may have."""
BOARDS = {"department": "Отдел", "line": "Линия", "topic": "Тема", "own": "Своё"}


def furnish() -> None:
    from datetime import timedelta

    from otklik.core.journal import clock
    from otklik.core.staff.models import Team, User
    from otklik.desk.tickets.models import Topic
    from otklik.team.boards.models import Board
    from otklik.team.boards.period import Span
    from otklik.team.boards.ready import begin
    from otklik.team.metrics.models import CardSum, Improvement
    from otklik.team.value.counting import count_all

    vera, olga, marina = (User.objects.get(login=login) for login in ("vera", "olga", "marina"))
    begin("department", by=vera, called=BOARDS["department"])
    begin("line", by=olga, called=BOARDS["line"], line=Team.objects.first_line().pk)
    begin("topic", by=vera, called=BOARDS["topic"], topic=Topic.objects.earliest("pk").pk)
    begin("own", by=marina, called=BOARDS["own"])
    full = Board.objects.make(by=vera, name=FULL, span=Span.FOUR_WEEKS, present=True)
    for metric, form, by in _tiles():
        full.add(metric=metric, form=form, by=by)
    today = clock.house_today()
    for metric, least in (("csat.t2b", 0.02), ("sla.attainment", 0.02), ("arrivals", 0.1)):
        begun = today - timedelta(days=30)
        Improvement(name=metric, hypothesis=metric, metric=metric, least=least, starts_on=begun, by=vera).save()
    _plan(vera)
    count_all()
    CardSum.objects.count_on(today)


def _tiles() -> list[tuple[str, str, str]]:
    """Every form, of the metrics that a head puts side by side."""
    from otklik.team.boards.models import Form

    numbers = ["frt", "resolution.full", "sla.attainment", "csat.t2b", "promise.kept", "reopen", "backlog", "solved"]
    courses = ["frt", "arrivals", "sla.attainment", "csat.t2b", "reopen", "backlog"]
    sides = ("line", "topic", "agent", "product", "channel")
    found: list[tuple[str, str, str]] = [(name, Form.NUMBER, "") for name in numbers]
    found += [(name, Form.COURSE, "") for name in courses]
    found += [("frt", Form.TABLE, side) for side in sides]
    found += [("arrivals", Form.SPLIT, side) for side in sides[:4]]
    found.append(("arrivals", Form.HEAT, ""))
    assert len(found) == ALL_TOLD
    return found


def _plan(head: "object") -> None:
    """Three indicators of each agent, as the demo agreed with its own."""
    from decimal import Decimal

    from otklik.core.staff.models import User
    from otklik.team.indicators.models import Indicator, Of

    for person in User.objects.filter(login__startswith="agent-"):
        for metric, floor, target in (("sla.attainment", 0.75, 0.92), ("reopen", 0.25, 0.08), ("frt", 7200.0, 1200.0)):
            planned = Indicator(metric=metric, made_by=head, person=person, of=Of.OWN)
            planned.plan(by=head, floor=floor, target=target, weight=Decimal(33), fewest=15)


def settle() -> None:
    """What the jobs of every hour have done on a desk that has been at work: days of surveys that are over are tallied.

    Of a desk that was made today the first time takes all of them, later times what came since.
    """
    from otklik.care.surveys import tallying

    while tallying.catch_up():
        pass


MONTHS = 24


def report(*, exact: bool = False) -> int:
    """Row f of the design: requests and median first answer of each month and person, over all requests.

    From the sums of days, or counted anew from the readings themselves.  Returns how many rows it has.
    """
    from otklik.core.journal import clock
    from otklik.team.metrics.days import midnight
    from otklik.team.metrics.layer import question
    from otklik.team.metrics.layer.catalogue import METRICS
    from otklik.team.metrics.scope import Scope
    from otklik.team.value.counting import months_before

    today, usual, found = clock.house_today(), question.EXACT_UP_TO, 0
    question.EXACT_UP_TO = 10**12 if exact else 0
    try:
        for back in range(MONTHS):
            span = Scope(midnight(months_before(today, back)), midnight(months_before(today, back - 1)))
            found += len(question.by_side(question.Question(METRICS["frt"], span), "agent"))
    finally:
        question.EXACT_UP_TO = usual
    return found
