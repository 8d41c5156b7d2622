"""The page of a request as its kind has it: order, folds, what is left out, and whose word counts."""

import re
from collections.abc import Callable

import pytest
from django.test import Client as Browser

from otklik.care.complaints.models import Complaint, Filing
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.layouts import Area, Kind, delivered
from otklik.desk.tickets.models import Layout, Ticket
from otklik.desk.tickets.steps import Refuse
from otklik.front.workspace.arranging import kind_of
from otklik.front.workspace.complaints.stripe import stripe_of
from otklik.front.workspace.queries import one
from otklik.front.workspace.queries.standing import Reader

pytestmark = pytest.mark.django_db

ABOVE = ("passed", "bond", "broken", "appeal", "refusal", "incident", "problem", "complaint", "company")


def page_of(browser: Browser, ticket: Ticket, more: str = "") -> str:
    answer = browser.get(f"/tickets/{ticket.number}/{more}")
    assert answer.status_code == 200
    return answer.content.decode()


def above(page: str) -> list[str]:
    return [name for name in re.findall(r'id="(\w+)"', page) if name in ABOVE]


def kind(ticket: Ticket, user: User) -> str:
    found = one.ticket(ticket.number, Reader.of(user))
    assert found is not None
    return kind_of(found, stripe_of(found, user, can_act=True))


def set_plan(kind: str, *, first: str = "", folded: list[str] | None = None, hidden: list[str] | None = None) -> None:
    usual = [code for code in delivered(kind).order if code != first]
    Layout.objects.of(kind).set_plan([first, *usual] if first else usual, folded or [], hidden or [])


def test_an_ordinary_request_is_laid_out_as_it_always_was(annas: Browser, anna: User, ticket: Ticket) -> None:
    assert kind(ticket, anna) == Kind.ORDINARY
    page = page_of(annas, ticket)
    assert above(page) == list(ABOVE) and "data-block" not in page
    heads = [page.index(f"<h3>{word}") for word in ("Как говорить", "Не беспокоить", "Что важно", "История")]
    assert heads == sorted(heads)


def test_a_complaint_stands_first_for_who_may_see_it_and_is_not_told_to_others(
    annas: Browser, sits_at: Callable[[User], Browser], anna: User, boris: User, head: User, ticket: Ticket
) -> None:
    Complaint.objects.file(Filing("Грубо", "Тон", ticket=ticket, owner=boris, against=anna), by=head)

    assert (kind(ticket, boris), kind(ticket, anna)) == (Kind.COMPLAINT, Kind.ORDINARY)
    assert above(page_of(sits_at(boris), ticket))[0] == "complaint"
    assert above(page_of(annas, ticket)) == list(ABOVE)


def test_a_refusal_is_a_kind(anna: User, ticket: Ticket) -> None:
    ticket.reply("Нет", by=anna, then=Refuse("outside", "Это не к нам", ["Обратитесь в банк"]))

    assert kind(ticket, anna) == Kind.REFUSAL


@pytest.mark.parametrize(("channel", "is_"), [("phone", Kind.CALL), ("telegram", Kind.CHAT), ("email", Kind.ORDINARY)])
def test_the_channel_says_the_rest(anna: User, ticket: Ticket, channel: str, is_: Kind) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(channel_kind=channel)

    assert kind(ticket, anna) == is_


def test_a_block_moves_folds_and_goes_at_the_next_look(annas: Browser, ticket: Ticket) -> None:
    set_plan(Kind.ORDINARY, first="client.history", folded=["client.talk"], hidden=["client.addresses"])

    page = page_of(annas, ticket)

    assert page.index("<h3>История") < page.index("<h3>Что важно")
    assert 'id="addresses"' not in page
    fold = re.search(r'<details class="kept-folded" data-block="client.talk">(.*?)</details>', page, re.DOTALL)
    assert fold and "Как говорить" in fold[1] and "Обращение" in fold[1]
    card = annas.get(f"/clients/contact/{ticket.contact_id}/").content.decode()
    assert 'id="addresses"' in card and "data-block" not in card  # the client's own page has no kind


def test_a_folded_block_without_anything_to_say_is_no_fold(annas: Browser, ticket: Ticket) -> None:
    set_plan(Kind.ORDINARY, folded=["client.products", "client.details", "client.history"])

    assert re.findall('data-block="([^"]+)"', page_of(annas, ticket)) == ["client.history"]


def test_what_an_agent_opened_is_open_for_them_alone(
    annas: Browser, sits_at: Callable[[User], Browser], anna: User, boris: User, ticket: Ticket
) -> None:
    set_plan(Kind.ORDINARY, folded=["client.history"])
    opened, closed = ('<details class="kept-folded" data-block="client.history"' + end for end in (" open>", ">"))

    annas.post("/me/preferences/", {"block_opened": "client.history"})
    assert opened in page_of(annas, ticket) and closed in page_of(sits_at(boris), ticket)

    annas.post("/me/preferences/", {"block_folded": "client.history"})
    assert closed in page_of(annas, ticket)


@pytest.mark.parametrize("told", ["", "<b>", "client history", "client.history x", "a" * 50, "client." + "x" * 40])
def test_what_is_no_block_is_not_remembered(annas: Browser, anna: User, told: str) -> None:
    assert annas.post("/me/preferences/", {"block_opened": told}).status_code == 204
    anna.refresh_from_db()
    assert anna.card_opened == ""


def test_no_more_is_remembered_than_fits(annas: Browser, anna: User) -> None:
    for number in range(60):
        code = "client." + "abcdefghij"[number // 10] + "abcdefghij"[number % 10] + "xxxxxxxx"
        annas.post("/me/preferences/", {"block_opened": code})
    anna.refresh_from_db()
    assert len(anna.card_opened) <= 400 and anna.card_opened.endswith("client.fjxxxxxxxx")


def test_the_first_tab_opens_unless_the_agent_has_one_of_their_own(annas: Browser, anna: User, ticket: Ticket) -> None:
    set_plan(Kind.ORDINARY, first="tabs.history", hidden=["tabs.visits"])

    page = page_of(annas, ticket)
    doors = re.findall(r'data-card-tab="(\w+)"', page)
    assert doors[0] == "history" and "visits" not in doors
    assert re.search(r'data-card-tab="history"[^>]*aria-current="true"', page)

    annas.post("/me/preferences/", {"card_tab": "facts"})
    assert re.search(r'data-card-tab="facts"[^>]*aria-current="true"', page_of(annas, ticket))

    left_out = page_of(annas, ticket, "?card=visits")
    assert re.search(r'data-card-tab="visits"[^>]*aria-current="true"', left_out)
    annas.post("/me/preferences/", {"card_tab": "visits"})
    assert re.search(r'data-card-tab="history"[^>]*aria-current="true"', page_of(annas, ticket))


@pytest.mark.parametrize("area", [Area.FACTS, Area.RELATED])
def test_other_tabs_are_laid_out_too(annas: Browser, ticket: Ticket, area: str) -> None:
    last = {"facts": ("facts.course", "Как шло"), "related": ("related.ended", "Завершённые раньше")}
    code, word = last[area]

    def place() -> int:
        return annas.get(f"/tickets/{ticket.number}/card/{area}/").content.decode().index(word)

    before = place()
    set_plan(Kind.ORDINARY, first=code)
    assert place() < before
    set_plan(Kind.ORDINARY, hidden=[code])
    with pytest.raises(ValueError, match="substring"):
        place()


def test_a_layout_of_ones_own_costs_no_statement(
    annas: Browser, ticket: Ticket, kept_for_long: None, django_assert_num_queries: Callable
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page_of(annas, ticket)
    with CaptureQueriesContext(connection) as before:
        page_of(annas, ticket)
    set_plan(Kind.ORDINARY, first="client.history", folded=["client.talk"])

    with django_assert_num_queries(len(before)):
        page_of(annas, ticket)


def test_news_come_to_their_strips_wherever_these_stand(annas: Browser, ticket: Ticket, line_one: Team) -> None:
    set_plan(Kind.ORDINARY, first="above.company", hidden=["above.files"])

    assert above(page_of(annas, ticket)) == ["company", *ABOVE[:-1]]
    news = annas.get(f"/tickets/{ticket.number}/timeline/").content.decode()
    targets = set(re.findall(r'hx-target="#(\w+)"', news))
    assert targets & {*ABOVE} == {*ABOVE} - {"company", "bond"}
