"""The list narrowed by a form, and kept under a name."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client as Browser

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Field, SavedList, Ticket
from otklik.front.workspace.queries import counts
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def sum_(db: None) -> Field:
    return Field.objects.create(name="Сумма", kind="number")


@pytest.fixture
def two(writes: Write, anna: User, sum_: Field) -> list[Ticket]:
    tickets = [writes(f"Дело {number}", subject=f"Дело {number}") for number in range(2)]
    for place, ticket in enumerate(tickets):
        ticket.fill({sum_.pk: 100 + place}, by=anna)
    tickets[0].tag(["vpn"], by=anna)
    return tickets


def narrow(browser: Browser, **told: Any) -> Any:
    return browser.post("/queue/line/narrow/", told, headers=HTMX)


def test_by_a_field_then_by_a_tag_too_and_back(annas: Browser, two: list[Ticket], sum_: Field) -> None:
    dialog = annas.get("/queue/line/narrow/", headers=HTMX).content.decode()
    assert dialog.startswith("<dialog") and "Сумма" in dialog

    led = unquote(narrow(annas, field=sum_.pk, test=">=", value="100")["HX-Redirect"])
    assert led == f"/queue/line/?q=field:{sum_.pk}>=100"
    led = narrow(annas, tag="vpn", q=f"field:{sum_.pk}>=100")["HX-Redirect"]
    page = annas.get(led).content.decode()
    assert f'id="t{two[0].pk}"' in page and f'id="t{two[1].pk}"' not in page
    assert "Сумма &gt;= 100" in page and "#vpn" in page and 'Наш ход <span class="n">1</span>' in page
    assert f'id="t{two[1].pk}"' in annas.get(f"/queue/line/?q=field:{sum_.pk}>100").content.decode()
    assert annas.get("/queue/line/?q=tag:vpn слово").status_code == 400  # what nobody asked for is not shown
    rows = annas.get(f"/queue/line/rows/?ids={two[0].pk},{two[1].pk}&q=tag:vpn").content.decode()
    assert f"t{two[0].pk}" in rows and f"t{two[1].pk}" not in rows


@pytest.mark.parametrize(
    "told", [{}, {"field": "x"}, {"field": "1", "test": "?"}, {"field": "own", "test": "=", "value": "много"}]
)
def test_what_makes_no_sense_says_why(annas: Browser, sum_: Field, told: dict[str, str]) -> None:
    told = {**told, "field": str(sum_.pk)} if told.get("field") in ("own", "1") else told
    answer = narrow(annas, **told)
    assert answer.status_code == 422 and ("err" in answer.content.decode() or "callout" in answer.content.decode())


def test_kept_under_a_name_it_stands_in_the_menu(
    annas: Browser, two: list[Ticket], boris: User, ilya: User, line_one: Team
) -> None:
    dialog = annas.get("/queue/line/keep/?q=tag:vpn", headers=HTMX).content.decode()
    assert "#vpn" in dialog and "Для кого" not in dialog  # an agent saves for oneself
    assert annas.post("/queue/line/keep/", {"name": " ", "q": "tag:vpn"}, headers=HTMX).status_code == 422
    annas.post("/queue/line/keep/", {"name": "Наши VPN", "q": "tag:vpn", "for": line_one.pk}, headers=HTMX)
    saved = SavedList.objects.get()
    assert saved.team is None
    menu = annas.get("/queue/line/counts/").content.decode()
    assert "Наши VPN" in menu and "/queue/line/?q=tag%3Avpn" in menu

    leads, other = Browser(), Browser()
    leads.force_login(boris)
    other.force_login(ilya)
    assert other.post(f"/queue/lists/{saved.pk}/remove/").status_code == 404
    leads.post("/queue/line/keep/", {"name": "Срочные", "q": "priority:4", "for": line_one.pk}, headers=HTMX)
    assert "Срочные" in other.get("/queue/line/counts/").content.decode()
    assert other.post(f"/queue/lists/{SavedList.objects.get(team=line_one).pk}/remove/").status_code == 404
    annas.post(f"/queue/lists/{saved.pk}/remove/")
    assert SavedList.objects.count() == 1 and annas.get("/queue/nowhere/keep/").status_code == 404


def told(browser: Browser) -> str:
    return browser.get("/queue/line/counts/").content.decode()


def test_of_a_line_by_its_leads_of_everybody_by_the_head(
    annas: Browser, anna: User, boris: User, vera: User, head: User, line_one: Team, line_two: Team
) -> None:
    leads, heads, strangers = Browser(), Browser(), Browser()
    for browser, user in ((leads, boris), (heads, head), (strangers, vera)):
        browser.force_login(user)
    assert "для всех" not in leads.get("/queue/line/keep/?q=tag:vpn", headers=HTMX).content.decode()
    assert "для всех" in heads.get("/queue/line/keep/?q=tag:vpn", headers=HTMX).content.decode()
    leads.post("/queue/line/keep/", {"name": "Хитрость", "q": "tag:vpn", "for": "all"}, headers=HTMX)
    assert not SavedList.objects.get().is_shared
    leads.post("/queue/line/keep/", {"name": "Чужой линии", "q": "tag:vpn", "for": line_two.pk}, headers=HTMX)
    assert not SavedList.objects.filter(team=line_two).exists()
    heads.post("/queue/line/keep/", {"name": "Общий", "q": "tag:vpn", "for": "all"}, headers=HTMX)
    leads.post("/queue/line/keep/", {"name": "Линейный", "q": "tag:vpn", "for": line_one.pk}, headers=HTMX)

    seen = {
        name: [word for word in ("Общий", "Линейный", "Хитрость") if word in told(browser)]
        for name, browser in (("anna", annas), ("boris", leads), ("vera", strangers), ("head", heads))
    }
    assert seen == {
        "anna": ["Общий", "Линейный"],
        "boris": ["Общий", "Линейный", "Хитрость"],
        "vera": ["Общий"],
        "head": ["Общий", "Линейный"],
    }
    common, of_line = SavedList.objects.get(everybody=True), SavedList.objects.get(team=line_one)
    for browser, may in ((annas, set()), (strangers, set()), (leads, {of_line.pk}), (heads, {common.pk, of_line.pk})):
        for one in (common, of_line):
            address = f"/queue/lists/{one.pk}/"
            allowed = one.pk in may
            assert browser.get(address, headers=HTMX).status_code == (200 if allowed else 404)
            assert (f"/queue/lists/{one.pk}/" in told(browser)) is allowed
            if not allowed:
                for act in ("", "move/", "remove/"):
                    assert browser.post(address + act, {"step": "up"}, headers=HTMX).status_code == 404


def test_a_shared_list_shows_each_reader_what_they_may_see(
    annas: Browser, two: list[Ticket], vera: User, head: User
) -> None:
    SavedList.objects.keep(head, "Все VPN", "all", "tag:vpn", everybody=True)
    other = Browser()
    other.force_login(vera)

    assert 'Все VPN <small class="mute">все</small></span><span class="n push">1</span>' in told(annas)
    assert 'Все VPN <small class="mute">все</small></span><span class="n push">0</span>' in told(other)
    assert f'id="t{two[0].pk}"' not in other.get("/queue/all/?q=tag:vpn").content.decode()


def test_a_list_is_renamed_narrowed_otherwise_given_and_moved(
    annas: Browser, two: list[Ticket], anna: User, boris: User, line_one: Team
) -> None:
    _first, second = (SavedList.objects.keep(boris, name, "line", "tag:vpn", line_one) for name in ("Раз", "Два"))
    leads = Browser()
    leads.force_login(boris)
    dialog = leads.get(f"/queue/lists/{second.pk}/", headers=HTMX).content.decode()
    assert dialog.startswith("<dialog") and "tag:vpn" in dialog

    for told_, words in (({"name": "", "query": "tag:vpn"}, "e-name"), ({"name": "Два", "query": "слово"}, "e-query")):
        refused = leads.post(f"/queue/lists/{second.pk}/", told_, headers=HTMX)
        assert refused.status_code == 422 and words in refused.content.decode()
    leads.post(f"/queue/lists/{second.pk}/", {"name": "Два!", "query": "-tag:vpn", "for": line_one.pk}, headers=HTMX)
    second.refresh_from_db()
    assert (second.name, second.query, second.team) == ("Два!", "-tag:vpn", line_one)
    assert told(annas).index("Раз") < told(annas).index("Два!")
    leads.post(f"/queue/lists/{second.pk}/move/", {"step": "up"}, headers=HTMX)
    assert told(annas).index("Раз") > told(annas).index("Два!")
    assert leads.post(f"/queue/lists/{second.pk}/move/", {"step": "off"}, headers=HTMX).status_code == 404
    leads.post(f"/queue/lists/{second.pk}/", {"name": "Два!", "query": "-tag:vpn", "for": ""}, headers=HTMX)
    assert "Два!" not in told(annas) and "Раз" in told(annas)


def test_figures_of_saved_lists_are_one_statement_and_have_their_time(
    annas: Browser, anna: User, two: list[Ticket], django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = [SavedList.objects.keep(anna, f"Список {n}", "line", f"tag:vpn number:<{n}99999999") for n in range(1, 6)]
    assert anna.team_ids
    with django_assert_num_queries(5):  # a savepoint, its time, the figures, the time given back
        found = counts.of_saved(lists, anna, clock.now())
    assert set(found.values()) == {1}
    monkeypatch.setattr(counts, "_one", lambda streams, condition: "(SELECT 1 FROM pg_sleep(2))")
    monkeypatch.setattr(counts, "SAVED_MS", 20)
    assert counts.of_saved(lists, anna, clock.now()) == {}
