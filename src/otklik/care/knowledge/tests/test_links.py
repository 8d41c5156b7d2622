"""Links that chance draws are looked at by somebody else, by a date; what they say is told on."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from otklik.care.knowledge import sampling, telling
from otklik.care.knowledge.models import Article, ArticleUse, LinkCheck, LinkDraw
from otklik.care.knowledge.states import How
from otklik.care.knowledge.terms import LINKS_A_WEEK, LOOK_WITHIN, today
from otklik.care.knowledge.tests.conftest import Begin
from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import Role, Team, User
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write, person

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
type Link = Callable[..., Ticket]


def monday() -> date:
    return today() - timedelta(days=today().weekday()) - WEEK


@pytest.fixture
def link(writes: Write, begin: Begin, anna: User) -> Link:
    """`link(by=…)`: a request in which an article was put in on Wednesday of the last whole week."""
    article: list[Article] = []

    def make(how: How = How.LINKED, *, by: User = anna, days: int = 2) -> Ticket:
        if not article:
            article.append(begin())
        ticket = writes(sender=f"{Ticket.objects.count()}@volga.test")
        at = sampling.midnight(monday() + timedelta(days=days)) + timedelta(hours=12)
        ArticleUse.objects.note(ticket, article[0], how, by=by, at=at)
        return ticket

    return make


def test_a_week_is_drawn_once_and_everybody_hears_once(link: Link, head: User, boris: User) -> None:
    tickets = {link().pk for _each in range(3)}
    assert sampling.draw_due() == 3
    assert sampling.draw_due() == 0

    row = LinkDraw.objects.get()
    assert (row.week, row.pool, row.taken) == (monday(), 3, 3)
    assert {one.ticket_id for one in LinkCheck.objects.all()} == tickets
    holders = sorted(LinkCheck.objects.values_list("holder", flat=True))
    assert set(holders) == {head.pk, boris.pk}, "work is shared"
    assert {one.person_id: one.about for one in Notice.objects.filter(about="links")} == dict.fromkeys(holders, "links")
    assert all(one.due_at - clock.now() <= LOOK_WITHIN for one in LinkCheck.objects.all())


def test_of_many_ten_are_drawn_by_chance_and_the_same_again(link: Link, head: User) -> None:
    for _each in range(LINKS_A_WEEK + 5):
        link()
    first = sampling.draw(monday(), [head], seed=7)
    drawn = set(LinkCheck.objects.values_list("ticket", flat=True))
    assert (first.pool, first.taken, len(drawn)) == (15, 10, 10)
    LinkCheck.objects.all().delete()
    LinkDraw.objects.all().delete()
    sampling.draw(monday(), [head], seed=7)
    assert set(LinkCheck.objects.values_list("ticket", flat=True)) == drawn
    LinkCheck.objects.all().delete()
    LinkDraw.objects.all().delete()
    sampling.draw(monday(), [head], seed=8)
    assert set(LinkCheck.objects.values_list("ticket", flat=True)) != drawn


def test_all_links_of_a_week_have_the_same_chance_and_each_once(link: Link, head: User, boris: User) -> None:
    tickets = [link().pk for _each in range(6)]
    use = ArticleUse.objects.get(ticket=tickets[0])
    ArticleUse.objects.note(use.ticket, use.article, How.PASTED, by=boris, at=use.at + timedelta(hours=1))
    orders = [[one.ticket for one in sampling.chosen(monday(), seed)] for seed in range(40)]
    assert all(sorted(one) == sorted(tickets) for one in orders)
    assert {one[0] for one in orders} == {one[-1] for one in orders} == set(tickets)
    assert {one.by for one in sampling.chosen(monday(), 1)} == {use.by_id}, "of whoever put it in first"
    assert sampling.draw(monday(), [head]).pool == 6


def test_only_what_stands_in_an_answer_of_that_week_is_a_link(link: Link, head: User) -> None:
    inside = {link().pk, link(How.PASTED, days=0).pk, link(days=6).pk}
    link(How.LOOKED), link(How.READ), link(How.CHOSEN), link(How.MADE), link(days=-1), link(days=7)
    assert {one.ticket for one in sampling.chosen(monday(), 1)} == inside


def test_nobody_looks_at_their_own_link(link: Link, head: User) -> None:
    ticket = link(by=head)
    assert sampling.draw(monday(), [head]).taken == 0, "there is nobody else"
    LinkDraw.objects.all().delete()
    other = person("other", "Другой Другов", Role.HEAD)
    sampling.draw(monday(), [head, other])
    check = LinkCheck.objects.get(ticket=ticket)
    assert check.holder == other and check.linked_by == head
    with pytest.raises(Conflict):
        check.judge("right", by=head)


def test_administrators_look_where_nobody_else_keeps_the_base(link: Link, admin: User) -> None:
    link()
    assert sampling.draw_due() == 1 and LinkCheck.objects.get().holder == admin


def test_without_anybody_it_is_drawn_later(link: Link) -> None:
    User.objects.filter(role__in=(Role.HEAD, Role.LEAD, Role.ADMIN)).update(is_active=False)
    link()
    assert sampling.draw_due() == 0 and not LinkDraw.objects.exists()


def test_it_is_judged_and_the_last_word_counts(link: Link, head: User, anna: User, boris: User) -> None:
    ticket = link()
    sampling.draw(monday(), [head])
    check = LinkCheck.objects.get()
    with pytest.raises(Invalid):
        check.judge("nice", by=head)
    for other in (anna, boris):
        with pytest.raises(Conflict):
            check.judge("right", by=other)
    check.judge("right", by=head)
    first = check.looked_at
    check.judge("wrong", by=head)

    check.refresh_from_db()
    assert (check.fit, check.looked_by, check.looked_at) == ("wrong", head, first)
    told = Entry.objects.about("ticket", ticket.pk).filter(kind="knowledge.LinkJudged")
    assert [one.data["fit"] for one in told.order_by("id")] == ["right", "wrong"]


@pytest.mark.parametrize("told", [{"fit": "right"}, {"looked_at": clock.now()}, {"holder": None}, {"due_at": None}])
def test_one_without_a_word_or_a_date_cannot_be_written(link: Link, head: User, told: dict) -> None:
    link()
    sampling.draw(monday(), [head])
    with pytest.raises(IntegrityError), transaction.atomic():
        LinkCheck.objects.update(**told)


def test_what_is_late_is_told_once(link: Link, head: User) -> None:
    link(), link()
    sampling.draw(monday(), [head])
    Notice.objects.all().delete()
    with clock.at(clock.now() + LOOK_WITHIN - timedelta(minutes=1)):
        assert telling.tell_links_late() == 0
    with clock.at(clock.now() + LOOK_WITHIN):
        assert telling.tell_links_late() == 2
        assert telling.tell_links_late() == 0
    assert "2 ссылки не проверены в срок" in Notice.objects.get(person=head).text


def test_who_leaves_hands_them_on(link: Link, head: User, boris: User) -> None:
    ours = link()
    bosses = link(by=head)
    sampling.draw(monday(), [boris])
    assert LinkCheck.objects.of(boris).count() == 2
    boris.deactivate()

    check = LinkCheck.objects.get(ticket=ours)
    assert check.holder == head
    assert not LinkCheck.objects.filter(ticket=bosses).exists(), "nobody else could look"


def test_they_are_shared_out_to_who_sees_the_request_and_has_least(
    link: Link, head: User, boris: User, line_one: Team, line_two: Team
) -> None:
    for _each in range(4):
        link()
    sampling.draw(monday(), [boris])
    stranger = person("away", "Чужая Чужова", Role.LEAD, line_two)
    colleague = person("near", "Близкий Близнов", Role.LEAD, line_one)
    with CaptureQueriesContext(connection) as asked:
        boris.deactivate()
    written = [one["sql"] for one in asked.captured_queries if one["sql"].startswith('UPDATE "knowledge_linkcheck"')]
    assert len(written) == 1
    shared = [LinkCheck.objects.of(one).count() for one in (head, colleague, stranger)]
    assert shared == [2, 2, 0]


def test_whose_lines_changed_gives_away_what_they_do_not_see(
    link: Link, boris: User, line_one: Team, line_two: Team, admin: User
) -> None:
    link(), link()
    sampling.draw(monday(), [boris])
    boris.appoint(Role.LEAD, [line_two], by=admin)
    assert LinkCheck.objects.of(boris).count() == 2, "there is nobody else: they say that they cannot tell"
    check = LinkCheck.objects.of(boris)[0]
    with pytest.raises(Conflict):
        check.judge("right", by=User.objects.get(pk=boris.pk))
    check.judge("unsure", by=User.objects.get(pk=boris.pk))

    colleague = person("near", "Близкий Близнов", Role.LEAD, line_one)
    boris.appoint(Role.LEAD, [], by=admin)
    assert (LinkCheck.objects.of(boris).count(), LinkCheck.objects.of(colleague).count()) == (0, 1)


def test_a_draw_costs_as_much_for_many_as_for_few(link: Link, head: User, boris: User) -> None:
    counted = []
    for many in (2, 8):
        LinkCheck.objects.all().delete()
        LinkDraw.objects.all().delete()
        for _each in range(many):
            link()
        with CaptureQueriesContext(connection) as asked:
            sampling.draw(monday(), [head, boris])
        counted.append(len([one for one in asked.captured_queries if "notice" not in one["sql"]]))
    assert counted[1] <= counted[0], counted
