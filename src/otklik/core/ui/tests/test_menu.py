"""The menu holds what apps added and this person may open."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.template import Context
from django.test import RequestFactory, override_settings

from otklik.core.ui import frame, nav

pytestmark = pytest.mark.urls("otklik.core.ui.tests.urls")


@pytest.fixture(autouse=True)
def empty_menu(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(nav, "_entries", {})
    monkeypatch.setattr(nav, "_doors", {})
    nav.address.cache_clear()
    yield
    nav.address.cache_clear()


def asked(path: str, leads: bool = False) -> Context:
    request: HttpRequest = RequestFactory().get(path)
    request.user = SimpleNamespace(  # type: ignore[assignment]
        leads=leads,
        is_authenticated=True,
        pk=7,
        theme="dark",
        compact=True,
        keys_on=False,
        list_width=24,
        card_folded=True,
    )
    return Context({"request": request})


def test_entries_stand_by_section_and_order() -> None:
    nav.add(nav.Entry("b", "B", icon="mail", url="sample:desk", order=20))
    nav.add(nav.Entry("settings", "S", icon="sliders", url="sample:desk", section="settings"))
    nav.add(nav.Entry("a", "A", icon="mail", url="sample:desk", order=10))
    assert [entry.name for entry in nav.entries_for(None)] == ["a", "b", "settings"]


def test_a_person_sees_what_they_may_open() -> None:
    nav.add(nav.Entry("board", "B", icon="gauge", url="sample:desk", section="lead", allowed=lambda user: user.leads))
    assert frame.menu(asked("/desk/")["request"]).lead == []
    assert len(frame.menu(asked("/desk/", leads=True)["request"]).lead) == 1


def test_an_entry_whose_page_is_absent_is_left_out() -> None:
    nav.add(nav.Entry("gone", "G", icon="mail", url="nowhere:page"))
    assert nav.entries_for(None) == []


def test_the_longest_address_is_where_we_are() -> None:
    nav.add(nav.Entry("desk", "D", icon="mail", url="sample:desk", home=True))
    nav.add(nav.Entry("row", "R", icon="mail", url="sample:row"))
    menu = frame.menu(asked("/desk/row/5")["request"])
    assert [item.entry.name for item in menu.work if item.current] == ["row"]
    assert menu.home == "/desk/"


def test_a_counter_stands_beside_its_entry() -> None:
    nav.add(nav.Entry("desk", "D", icon="mail", url="sample:desk", count=lambda request: nav.Count(3, "breach")))
    assert frame.menu(asked("/")["request"]).work[0].count == nav.Count(3, "breach")


def test_html_carries_the_choices_of_the_person() -> None:
    nav.open_door("live", "sample:live")
    said = frame.html_attributes(asked("/"))
    for attribute in ('data-theme="dark"', 'data-density="compact"', 'data-keys="off"', 'data-live="/live/"'):
        assert attribute in said
    assert 'data-list="24"' in said and 'data-card="folded"' in said
    assert "data-theme" not in frame.html_attributes(Context({}))


def test_an_unknown_door_is_refused() -> None:
    with pytest.raises(ValueError, match="no door named 'window'"):
        nav.open_door("window", "sample:desk")


@override_settings(ROOT_URLCONF="otklik.core.ui.tests.urls")
def test_the_query_string_of_a_list_changes_piece_by_piece() -> None:
    query = RequestFactory().get("/?line=1&line=2&page=4&q=а б").GET
    assert frame.query_string(query, {"page": None}) == "?line=1&line=2&q=%D0%B0+%D0%B1"
    assert frame.query_string(query, {"toggle_line": 2, "page": None, "q": None}) == "?line=1"
    assert (
        frame.query_string(query, {"toggle_line": 3, "page": 5, "q": "x&y"}) == "?line=1&line=2&line=3&page=5&q=x%26y"
    )
    assert frame.query_string(query, {"line": None, "page": None, "q": None}) == "?"
