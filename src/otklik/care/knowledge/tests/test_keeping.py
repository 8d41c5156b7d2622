"""Nothing hangs: reviews, words that something is wrong, and articles of who left."""

from datetime import timedelta

import pytest

from otklik.care.knowledge import telling
from otklik.care.knowledge.models import Article, ArticleUse, Flag
from otklik.care.knowledge.states import How
from otklik.care.knowledge.terms import EVERY, today
from otklik.care.knowledge.tests.conftest import Begin
from otklik.core.journal import clock
from otklik.core.journal.models import Notice
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def notices(person: User) -> list[str]:
    return list(Notice.objects.filter(person=person, about="article").order_by("pk").values_list("text", flat=True))


def test_the_owner_hears_once_that_a_review_is_due(begin: Begin, anna: User) -> None:
    made = begin()
    with clock.at(clock.now() + EVERY - timedelta(days=1)):
        assert telling.tell_overdue() == 0
    with clock.at(clock.now() + EVERY):
        assert telling.tell_overdue() == 1 and telling.tell_overdue() == 0
        assert len(notices(anna)) == 1
        made.refresh_from_db()
        made.review(by=anna)
        assert made.review_on == today() + EVERY and made.overdue_at is None


def test_a_draft_is_finished_or_given_up(begin: Begin, anna: User) -> None:
    made = begin(published=False)
    with pytest.raises(Conflict):
        made.review(by=anna)
    with clock.at(clock.now() + timedelta(days=15)):
        assert telling.tell_overdue() == 1
    made.withdraw(by=anna)
    with clock.at(clock.now() + timedelta(days=300)):
        assert telling.tell_overdue() == 0


def test_a_word_that_it_is_wrong_goes_to_its_owner_with_a_date(
    begin: Begin, anna: User, ilya: User, ticket: Ticket
) -> None:
    made = begin()
    flag = made.flag("Срок уже десять дней", by=ilya, ticket=ticket)
    assert flag.due_at > clock.now() and len(notices(anna)) == 1
    made.write(title=made.title, text="Десять дней", by=anna, seen=made.edition, section=made.section)
    flag.refresh_from_db()
    assert flag.mended and len(notices(ilya)) == 1
    assert ArticleUse.objects.get(ticket=ticket).how == How.MENDED


def test_it_may_be_right_as_it_is_with_a_reason(begin: Begin, anna: User, ilya: User) -> None:
    flag = begin().flag("Не так", by=ilya)
    with pytest.raises(Invalid):
        flag.close(by=anna, answer=" ", mended=False)
    flag.close(by=anna, answer="Проверила: так", mended=False)
    with pytest.raises(Conflict):
        flag.close(by=anna, answer="ещё", mended=False)
    assert not Flag.objects.open().exists()
    with pytest.raises(Invalid):
        begin().flag("  ", by=ilya)


def test_articles_of_who_leaves_go_to_the_head(begin: Begin, anna: User, head: User) -> None:
    made = begin()
    anna.deactivate(by=head)
    assert Article.objects.get(pk=made.pk).owner == head
    assert len(notices(head)) == 1


def test_a_reader_who_writes_has_read_it(begin: Begin, writes: Write) -> None:
    public, internal = begin(public=True), begin()
    asked = writes("Не помогло", subject=f"Re: Перенос [KB-{public.number}]")
    writes("Хитро", subject=f"[KB-{internal.number}]", sender="x@y.test")
    use = ArticleUse.objects.get()
    assert (use.ticket, use.article, use.how, use.by) == (asked, public, How.READ, None)


def test_a_joined_request_takes_its_articles_along(begin: Begin, writes: Write, anna: User) -> None:
    one, two, made = writes("раз"), writes("два", sender="other@x.test"), begin()
    ArticleUse.objects.note(one, made, How.LINKED, by=anna)
    one.merge_into(two, by=anna, disclose=True)
    assert ArticleUse.objects.filter(ticket=two, article=made, how=How.LINKED).count() == 1
