"""Marking that the client is upset, and where the mark is seen."""

import pytest

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.tests.conftest import Post
from otklik.front.workspace.acts.tests.test_classifying import SignIn
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
SEEN = "клиент недоволен"


def test_it_is_set_and_taken_away_by_one_press_each(ticket: Ticket, anna: User, post: Post, client_of: SignIn) -> None:
    assert post(anna, ticket, "upset", upset="on").status_code == 204
    page = client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()
    assert 'id="upset"' in page and "Снять отметку" in page and "отмечено: клиент недоволен" in page

    assert post(anna, ticket, "upset", upset="").status_code == 204
    page = client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()
    assert 'id="upset"' not in page and "Отметить: клиент недоволен" in page
    assert "отметка «клиент недоволен» снята" in page


def test_the_story_says_by_which_words_and_folds_nothing_over_them(
    writes: Write, anna: User, client_of: SignIn
) -> None:
    ticket = writes("Сколько можно ждать? <b>Безобразие</b>!")
    ticket.tag(["один"], by=anna)
    ticket.tag(["два"], by=anna)
    page = client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()
    assert "Клиент недоволен, судя по словам: «безобразие», «сколько можно ждать»" in page
    assert page.index("судя по словам") < page.index('<details class="evs">')


def test_the_row_of_a_list_has_the_mark_in_words_too(ticket: Ticket, writes: Write, anna: User, client_of: SignIn):
    angry = writes("Верните деньги!!!")
    page = client_of(anna).get("/queue/all/").content.decode()
    assert page.count(f'<span class="sr">{SEEN}</span>') == 1

    narrowed = client_of(anna).get("/queue/all/?q=upset:yes").content.decode()
    assert f'id="t{angry.pk}"' in narrowed and f'id="t{ticket.pk}"' not in narrowed and SEEN in narrowed


def test_a_list_is_narrowed_by_the_form(ticket: Ticket, anna: User, client_of: SignIn) -> None:
    form = client_of(anna).get("/queue/all/narrow/", headers={"HX-Request": "true"}).content.decode()
    assert 'name="upset"' in form
    led = client_of(anna).post("/queue/all/narrow/", {"upset": "yes"})
    assert led["Location"].endswith("q=upset%3Ayes")


def test_an_ended_request_shows_no_mark_but_lets_go_of_it(ticket: Ticket, anna: User, post: Post, client_of: SignIn):
    ticket.mark_upset(by=anna)
    ticket.close("spam", by=anna)
    page = client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()
    assert 'id="upset"' not in page and "Снять отметку" in page
    post(anna, ticket, "upset", upset="")
    page = client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()
    assert "Отметить: клиент недоволен" not in page


def test_a_joined_one_refuses(ticket: Ticket, writes: Write, anna: User, post: Post) -> None:
    ticket.merge_into(writes("Ещё"), by=anna)
    assert post(anna, ticket, "upset", upset="on").status_code == 409
