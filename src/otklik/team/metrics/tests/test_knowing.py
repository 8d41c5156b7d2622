"""What articles did in requests that were solved."""

from datetime import timedelta

import pytest

from otklik.care.knowledge.models import Article, ArticleUse, Section
from otklik.care.knowledge.states import How
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Cell, Reading, TicketFact
from otklik.team.metrics.scope import Scope
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)  # entries of a running transaction are not settled
LATER = timedelta(days=9)


@pytest.fixture
def article(anna: User) -> Article:
    made = Article.objects.begin(title="Номер", text="Так", by=anna, section=Section.objects.create(name="Номера"))
    made.publish(by=anna)
    return made


@pytest.fixture
def solved(writes: Write, anna: User) -> list[Ticket]:
    tickets = [writes(sender=f"{number}@volga.test") for number in range(5)]
    for ticket in tickets:
        ticket.reply("Готово", by=anna, then=Resolve())
    return tickets


def figure(name: str) -> tuple[int, int]:
    """(of the numerator, of the denominator) a week later, when everything has matured."""
    count_facts()
    with clock.at(clock.now() + LATER):
        scope = Scope(midnight(today() - timedelta(days=20)), midnight(today() + timedelta(days=1)))
        told = layer.figure(Question(METRICS[name], scope))
    return round((told.value or 0) * told.n), told.n


def test_sent_used_or_made_counts_and_looking_does_not(solved: list[Ticket], article: Article, anna: User) -> None:
    for ticket, how in zip(solved, (How.LINKED, How.PASTED, How.LOOKED, How.READ), strict=False):
        ArticleUse.objects.note(ticket, article, how, by=anna)
    made = Article.objects.begin(title="x", text="x", by=anna, ticket=solved[4], section=article.section)
    assert figure("kb.link_rate") == (2, 5), "a draft serves nobody"
    made.publish(by=anna)
    assert figure("kb.link_rate") == (3, 5)
    assert figure("kb.reuse") == (2, 3)


def test_without_articles_nothing_is_known(solved: list[Ticket]) -> None:
    assert figure("kb.link_rate") == figure("kb.reuse") == (0, 0)


def test_requests_from_before_the_base_count_only_with_an_article(solved: list[Ticket], anna: User) -> None:
    section = Section.objects.create(name="Номера")
    made = Article.objects.begin(title="x", text="x", by=anna, ticket=solved[0], section=section)
    made.publish(by=anna)
    count_facts()
    assert figure("kb.link_rate") == (1, 1)
    TicketFact.objects.rebuild()
    assert figure("kb.link_rate") == (1, 1)


def test_what_is_put_in_long_after_the_end_changes_nothing(article: Article, solved: list[Ticket], anna: User) -> None:
    ArticleUse.objects.note(solved[0], article, How.LINKED, by=anna)
    with clock.at(clock.now() + timedelta(days=8)):
        ArticleUse.objects.note(solved[1], article, How.LINKED, by=anna)
    assert figure("kb.link_rate") == (1, 5)


def test_only_what_needed_a_higher_line_is_to_be_written_down(
    solved: list[Ticket], line_two: Team, anna: User, writes: Write, article: Article
) -> None:
    hard = [writes(sender=f"hard{number}@volga.test") for number in range(3)]
    for ticket in hard:
        ticket.hand_over(line_two, Brief("Почему?", "всё", "причина"), by=anna)
        Ticket.objects.get(pk=ticket.pk).reply("Готово", by=anna, then=Resolve())
    made = Article.objects.begin(title="x", text="x", by=anna, ticket=hard[0], section=article.section)
    assert figure("kb.capture") == (0, 3), "a draft is read by nobody"
    made.publish(by=anna)
    article.flag("Не так", by=anna, ticket=hard[1])
    with clock.at(clock.now() + timedelta(days=4)):
        article.write(title="Номер", text="Иначе", by=anna, seen=article.edition, section=article.section)
    assert figure("kb.capture") == (1, 3), "four days are too late"


def test_a_rebuild_finds_the_same(solved: list[Ticket], article: Article, anna: User) -> None:
    ArticleUse.objects.note(solved[0], article, How.LINKED, by=anna)
    count_facts()

    def kept() -> tuple[list[tuple[object, ...]], int]:
        rows = Reading.objects.order_by("ticket", "measure", "at", "kind").values_list(
            "ticket", "measure", "at", "kind"
        )
        return list(rows), Cell.objects.count()

    before = kept()
    assert any(measure == Measure.ARTICLE for _ticket, measure, _at, _kind in before[0])
    TicketFact.objects.rebuild()
    count_facts()
    assert kept() == before
