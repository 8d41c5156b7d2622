"""Whether the articles in requests were the right ones: what was drawn and looked at."""

from datetime import timedelta

import pytest

from otklik.care.knowledge.models import Article, ArticleUse, LinkCheck, LinkDraw, Section
from otklik.care.knowledge.sampling import draw, midnight
from otklik.care.knowledge.states import How
from otklik.care.knowledge.terms import today
from otklik.core.formulas import wilson
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.days import midnight as of_day
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.linking import RIGHT, UNSURE, WRONG
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading, TicketFact
from otklik.team.metrics.scope import Scope
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)  # entries of a running transaction are not settled


@pytest.fixture
def drawn(writes: Write, anna: User, head: User) -> list[LinkCheck]:
    """Eight links of the last whole week, given to the head to look at."""
    article = Article.objects.begin(title="Номер", text="Так", by=anna, section=Section.objects.create(name="Номера"))
    article.publish(by=anna)
    monday = today() - timedelta(days=today().weekday() + 7)
    for number in range(8):
        ticket = writes(sender=f"{number}@volga.test")
        ArticleUse.objects.note(ticket, article, How.LINKED, by=anna, at=midnight(monday) + timedelta(hours=9 + number))
    draw(monday, [head])
    return list(LinkCheck.objects.order_by("pk"))


def asked() -> Question:
    scope = Scope(of_day(today() - timedelta(days=3)), of_day(today() + timedelta(days=1)))
    return Question(METRICS["kb.link_accuracy"], scope)


def figure() -> Figure:
    count_facts()
    return layer.figure(asked())


def test_right_of_right_and_wrong_with_its_interval(drawn: list[LinkCheck], head: User) -> None:
    """Four of six; of the two others one cannot be told and one waits."""
    assert figure().n == 0, "nothing was looked at yet: not enough data, not zero"
    for check, fit in zip(drawn, ("right", "right", "wrong", "right", "unsure", "wrong", "right"), strict=False):
        check.judge(fit, by=head)
    told, sure = figure(), wilson(4, 6)

    assert (told.good, told.n) == (4, 6)
    assert (told.value, told.lo, told.hi) == (sure["p"], sure["lo"], sure["hi"])
    behind = {row.ticket_id for row in layer.behind(asked())}
    assert behind == {check.ticket_id for check in drawn[:7]} - {drawn[4].ticket_id}


def test_a_slip_is_mended_and_it_is_of_who_put_it_in(
    drawn: list[LinkCheck], head: User, anna: User, line_one: Team
) -> None:
    drawn[0].judge("wrong", by=head)
    drawn[0].judge("right", by=head)
    count_facts()
    row = Reading.objects.get(measure=Measure.LINK)
    assert (row.kind, row.agent_id, row.team_id, row.ticket_id) == (RIGHT, anna.pk, line_one.pk, drawn[0].ticket_id)


def test_what_was_judged_of_a_joined_request_counts_where_it_goes_on(
    drawn: list[LinkCheck], head: User, writes: Write
) -> None:
    first, second = (Ticket.objects.get(pk=one.ticket_id) for one in drawn[:2])
    drawn[0].judge("right", by=head)
    other = writes(sender="0@volga.test")
    first.merge_into(other, by=head, disclose=True)
    assert (figure().good, figure().n) == (1, 1)
    last = writes(sender="1@volga.test")
    second.merge_into(last, by=head, disclose=True)
    drawn[1].refresh_from_db()
    figure()
    drawn[1].judge("wrong", by=head)
    assert (figure().good, figure().n) == (1, 2)
    assert set(Reading.objects.filter(measure=Measure.LINK).values_list("ticket", flat=True)) == {other.pk, last.pk}


def test_a_rebuild_finds_the_same(drawn: list[LinkCheck], head: User) -> None:
    for check, fit in zip(drawn, ("right", "wrong", "unsure"), strict=False):
        check.judge(fit, by=head)
    count_facts()

    def kept() -> list[tuple[object, ...]]:
        rows = Reading.objects.filter(measure=Measure.LINK).order_by("at")
        return list(rows.values_list("ticket", "at", "kind", "agent_id"))

    before = kept()
    assert [kind for _ticket, _at, kind, _agent in before] == [RIGHT, WRONG, UNSURE]
    TicketFact.objects.rebuild()
    count_facts()
    assert kept() == before and LinkDraw.objects.get().taken == 8
