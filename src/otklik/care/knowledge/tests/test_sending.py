"""What was put into an answer counts when the answer leaves, and only what still stands in it."""

from datetime import timedelta

import pytest

from otklik.care.knowledge import sending
from otklik.care.knowledge.models import ArticleUse
from otklik.care.knowledge.states import How
from otklik.care.knowledge.tests.conftest import Begin
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.links import site_url
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
WORDS = "Номер переносится за восемь рабочих дней."


def uses(ticket: Ticket) -> list[tuple[int, str, int | None]]:
    return list(ArticleUse.objects.filter(ticket=ticket).order_by("pk").values_list("article", "how", "by"))


def test_a_link_counts_by_whatever_way_it_came(begin: Begin, ticket: Ticket, anna: User) -> None:
    made, draft, other = begin(public=True), begin(published=False), begin()
    ticket.reply(
        f"[Тут]({site_url()}/kb/{made.pk}/), не {site_url()}/kb/{draft.pk}/ и не https://else.test/kb/{other.pk}/",
        by=anna,
        then=Resolve(),
    )
    assert uses(ticket) == [(made.pk, "linked", anna.pk)]
    assert ArticleUse.objects.get().at == ticket.conversation.messages.latest("pk").at
    ticket.note(f"Ещё {site_url()}/knowledge/{other.pk}/", by=anna)
    assert uses(ticket)[1:] == [(other.pk, "linked", anna.pk)]


def test_pasted_words_count_when_one_of_their_lines_is_said_by_anybody(
    begin: Begin, ticket: Ticket, anna: User, ilya: User
) -> None:
    made = begin(text=f"Да.\n\n{WORDS}\n\nПришлите скан договора с прежним оператором.")
    ArticleUse.objects.chosen(ticket, made, by=anna)
    ticket.note("Да.", by=anna)
    assert uses(ticket) == [(made.pk, "chosen", anna.pk)], "it was taken out again before that was said"
    ticket.reply(f"Павел, {WORDS}", by=ilya, then=Resolve())
    assert uses(ticket) == [(made.pk, "pasted", ilya.pk)]


def test_what_was_taken_back_has_not_left_and_may_leave_again(begin: Begin, ticket: Ticket, anna: User) -> None:
    made, linked = begin(text=WORDS), begin(public=True)
    ArticleUse.objects.chosen(ticket, made, by=anna)
    words = f"{WORDS} {site_url()}/kb/{linked.pk}/"
    message = ticket.reply(words, by=anna, then=Resolve(), undo=10)
    assert {how for _article, how, _by in uses(ticket)} == {"linked", "pasted"}
    ticket.take_back(message, by=anna)
    assert uses(ticket) == [(made.pk, "chosen", anna.pk)]
    ticket.reply(WORDS, by=anna, then=Resolve())
    assert uses(ticket) == [(made.pk, "pasted", anna.pk)]


def test_pasted_words_count_where_the_draft_goes_on(begin: Begin, writes: Write, anna: User) -> None:
    one, two = writes(), writes(subject="И ещё")
    made = begin(text=WORDS)
    ArticleUse.objects.chosen(one, made, by=anna)
    Draft.objects.keep(one.conversation, anna, "reply", WORDS, {})
    relocation = one.merge_into(two, by=anna)
    assert Draft.objects.get().conversation == two.conversation
    Ticket.objects.get(pk=one.pk).bring_back(relocation, by=anna)
    assert Draft.objects.get().conversation == one.conversation, "the draft goes back with what was put in"
    Ticket.objects.get(pk=one.pk).reply(WORDS, by=anna, then=Resolve())

    assert uses(one) == [(made.pk, "pasted", anna.pk)]


def test_pasted_words_count_where_their_draft_went(begin: Begin, writes: Write, anna: User) -> None:
    one, two = writes(), writes(subject="И ещё")
    made = begin(text=WORDS)
    ArticleUse.objects.chosen(one, made, by=anna)
    Draft.objects.keep(one.conversation, anna, "reply", WORDS, {})
    one.merge_into(two, by=anna)
    Ticket.objects.get(pk=two.pk).reply(WORDS, by=anna, then=Resolve())

    assert uses(two) == [(made.pk, "pasted", anna.pk)]


def test_an_answer_without_an_article_costs_one_statement(
    begin: Begin, ticket: Ticket, anna: User, django_assert_num_queries
) -> None:
    begin()
    message = ticket.note("Просто заметка", by=anna)
    with django_assert_num_queries(1):
        sending.has_left(ticket.pk, message.pk)
    assert uses(ticket) == []


def test_what_never_left_is_forgotten(begin: Begin, ticket: Ticket, anna: User) -> None:
    ArticleUse.objects.chosen(ticket, begin(), by=anna)
    ArticleUse.objects.note(ticket, begin(), How.LOOKED, by=anna)
    assert ArticleUse.objects.forget_unsent() == 0
    with clock.at(clock.now() + timedelta(days=30)):
        assert ArticleUse.objects.forget_unsent() == 1
    assert [how for _article, how, _by in uses(ticket)] == ["looked"]
