"""Data panels on the card: fetched apart, calm when they fail, closed to whom they are not for."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from otklik.core.staff.models import Role, Team, User
from otklik.desk.automation.models import Panel
from otklik.desk.automation.panels.kept import answers
from otklik.desk.automation.tests.source import Source, source
from otklik.desk.clients.models import RestrictedAs
from otklik.desk.clients.sight import looks_at
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write, person

pytestmark = pytest.mark.django_db
type Make = Callable[..., Panel]


@pytest.fixture
def program(settings: Any) -> Iterator[Source]:
    answers.forget()
    with source() as server:
        settings.EGRESS_ALLOW = [server.place]
        yield server


@pytest.fixture
def panel(program: Source) -> Make:
    def make(path: str = "panel", **told: Any) -> Panel:
        made = Panel(**{"name": "Биллинг", "url": program.at(path), **told})
        made.renew_secret()
        return made

    return make


def test_the_page_asks_nothing_and_the_panel_everything(
    annas: Browser, panel: Make, program: Source, ticket: Ticket
) -> None:
    made = panel()
    address = f"/tickets/{ticket.number}/panels/{made.pk}/"
    page = annas.get(f"/tickets/{ticket.number}/?card=client").content.decode()
    assert f'hx-get="{address}"' in page and 'hx-trigger="intersect once"' in page and not program.got
    card = annas.get(f"/clients/contact/{ticket.contact_id}/").content.decode()
    assert f'hx-get="/clients/contact/{ticket.contact_id}/panels/{made.pk}/"' in card and not program.got

    shown = annas.get(address).content.decode()
    assert len(program.got) == 1 and "Счёт не оплачен" in shown and "−1\u00a0200,50\u00a0₽" in shown
    assert "<script>alert" not in shown and "&lt;script&gt;" in shown
    assert shown.count('rel="noopener noreferrer"') == 2
    assert annas.get(f"/clients/contact/{ticket.contact_id}/panels/{made.pk}/").status_code == 200


def test_a_panel_that_stays_unfolded_stays_with_its_request(annas: Browser, panel: Make, writes: Write) -> None:
    """A morph keeps what has the same place: beside another request, or of another person, nothing has."""
    made, one, other = panel(), writes("Раз", subject="Раз"), writes("Два", subject="Два")
    assert one.contact_id == other.contact_id
    places = {
        re.search(rf'id="(dpanel-{made.pk}-[^"]+)" hx-morph-skip', annas.get(address).content.decode())[1]  # type: ignore[index]
        for address in (
            f"/tickets/{one.number}/?card=client",
            f"/tickets/{other.number}/?card=client",
            f"/clients/contact/{one.contact_id}/",
        )
    }
    assert len(places) == 3


@pytest.mark.parametrize(
    ("path", "words"),
    [("failing", "«Биллинг» сейчас не отвечает."), ("broken", "показать нельзя"), ("nobody", "ничего не знают")],
)
def test_what_fails_is_one_calm_line(annas: Browser, panel: Make, ticket: Ticket, path: str, words: str) -> None:
    made = panel(path)
    answer = annas.get(f"/tickets/{ticket.number}/panels/{made.pk}/")
    assert answer.status_code == 200 and words in answer.content.decode()
    if path != "nobody":
        assert f'hx-get="/tickets/{ticket.number}/panels/{made.pk}/?again=1"' in answer.content.decode()


def test_after_three_failures_the_line_says_from_when_it_is_asked_again(
    annas: Browser, panel: Make, program: Source, ticket: Ticket
) -> None:
    address = f"/tickets/{ticket.number}/panels/{panel('failing').pk}/?again=1"
    for _time in range(3):
        annas.get(address)
    assert re.search(r"снова спросим в \d+:\d\d", annas.get(address).content.decode()) and len(program.got) == 3


def test_nothing_is_asked_for_who_may_not_see(
    sits_at: Callable[[User], Browser],
    panel: Make,
    program: Source,
    ticket: Ticket,
    anna: User,
    boris: User,
    line_two: Team,
) -> None:
    stranger = person("gleb", "Глеб Орлов", Role.AGENT, line_two)
    open_, leads = panel(), panel(name="Для старших", roles=[Role.LEAD])
    off = panel(name="Выключена", is_active=False)
    ticket.contact.restricted_as = RestrictedAs.VIP
    ticket.contact.save()
    places = [f"/tickets/{ticket.number}", f"/clients/contact/{ticket.contact_id}"]
    for place in places:
        for made in (open_, leads, off):
            for more in ("", "frame/", "page/"):
                assert sits_at(stranger).get(f"{place}/panels/{made.pk}/{more}").status_code == 404
        assert sits_at(anna).get(f"{place}/panels/{leads.pk}/").status_code == 404
        assert sits_at(anna).get(f"{place}/panels/{off.pk}/").status_code == 404
        assert sits_at(anna).get(f"{place}/panels/{10**30}/").status_code == 404
        assert "Для старших" not in sits_at(anna).get(f"{place}/?card=client").content.decode()
    assert not program.got
    assert sits_at(boris).get(f"{places[0]}/panels/{leads.pk}/").status_code == 200 and len(program.got) == 1
    assert boris in {look.actor for look in looks_at(ticket.contact)}, "a look by a panel is a look"


def test_a_page_stands_in_a_window_that_shows_this_one_site(annas: Browser, panel: Make, ticket: Ticket) -> None:
    made = panel(kind="frame", url="https://crm.example:8443/card", height=400)
    address = f"/tickets/{ticket.number}/panels/{made.pk}/"
    outer = annas.get(address).content.decode()
    assert f'src="{address}frame/"' in outer and 'height="400"' in outer and f'href="{address}page/"' in outer

    inner = annas.get(f"{address}frame/")
    (window,) = re.findall(r"<iframe [^>]*>", inner.content.decode())
    assert 'src="https://crm.example:8443/card?otklik_data=' in window
    assert 'sandbox="allow-scripts allow-forms allow-popups"' in window and "no-referrer" in window
    policy = inner["Content-Security-Policy"]
    assert "frame-src https://crm.example:8443;" in f"{policy};" and "frame-ancestors 'self'" in policy
    assert "default-src 'none'" in policy and "X-Frame-Options" not in inner and inner["Cache-Control"]
    assert "frame-src 'self';" in annas.get(f"/tickets/{ticket.number}/")["Content-Security-Policy"] + ";"

    opened = annas.get(f"{address}page/")
    assert opened.status_code == 302 and opened["Location"].startswith("https://crm.example:8443/card?otklik_data=")
    assert ticket.contact.email not in opened["Location"]
    data = panel(name="Данные")
    assert annas.get(f"/tickets/{ticket.number}/panels/{data.pk}/frame/").status_code == 404


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://счёт.рф/card", "https://xn--q1aco4b.xn--p1ai"),
        ("https://СЧЁТ.рф:8443/card", "https://xn--q1aco4b.xn--p1ai:8443"),
        ("https://[2001:db8::7]:8443/card", "https://[2001:db8::7]:8443"),
    ],
)
def test_a_policy_names_the_site_in_ascii(annas: Browser, panel: Make, ticket: Ticket, url: str, origin: str) -> None:
    """A header that is no ASCII would be encoded as a whole, and be no policy any more."""
    made = panel(kind="frame", url=url, height=400)
    policy = annas.get(f"/tickets/{ticket.number}/panels/{made.pk}/frame/")["Content-Security-Policy"]
    assert f"frame-src {origin};" in f"{policy};" and "default-src 'none'" in policy


def test_a_site_that_would_end_the_policy_has_no_window(annas: Browser, panel: Make, ticket: Ticket) -> None:
    made = panel(kind="frame", url="https://crm.example;script-src/", height=400)
    assert annas.get(f"/tickets/{ticket.number}/panels/{made.pk}/frame/").status_code == 404


@pytest.mark.usefixtures("kept_for_long")
def test_panels_cost_a_request_no_statement(
    annas: Browser, panel: Make, ticket: Ticket, django_assert_num_queries: Any
) -> None:
    address = f"/tickets/{ticket.number}/?card=client"
    for _time in range(2):
        annas.get(address)
    with CaptureQueriesContext(connection) as without:
        annas.get(address)
    asked = len(without)
    for number in range(5):
        panel(name=f"Панель {number}")
    annas.get(address)
    with django_assert_num_queries(asked):
        page = annas.get(address).content.decode()
    assert page.count('class="dpanel"') == 5


def test_a_page_of_an_organisation_has_panels_of_its_own(
    sits_at: Callable[[User], Browser], panel: Make, program: Source, ticket: Ticket, boris: User, line_two: Team
) -> None:
    ticket.contact.belong_to("Волга", by=boris)
    client = ticket.contact.client
    assert client is not None
    card = f"/clients/organisation/{client.pk}/"
    assert "dpanel" not in sits_at(boris).get(card).content.decode()
    plain, own = panel(), panel(name="Договоры", on_organisations=True)
    page = sits_at(boris).get(card).content.decode()
    assert f'hx-get="{card}panels/{own.pk}/"' in page and f"panels/{plain.pk}/" not in page and not program.got
    stranger = person("gleb", "Глеб Орлов", Role.AGENT, line_two)
    for more in ("", "frame/", "page/"):
        assert sits_at(boris).get(f"{card}panels/{plain.pk}/{more}").status_code == 404
        assert sits_at(stranger).get(f"{card}panels/{own.pk}/{more}").status_code == 404
    assert not program.got
    shown = sits_at(boris).get(f"{card}panels/{own.pk}/").content.decode()
    assert "Счёт не оплачен" in shown and f'hx-get="{card}panels/{own.pk}/?again=1"' in shown


def test_a_page_of_a_program_stands_on_an_organisation_too(
    sits_at: Callable[[User], Browser], panel: Make, ticket: Ticket, boris: User
) -> None:
    ticket.contact.belong_to("Волга", by=boris)
    client = ticket.contact.client
    assert client is not None
    made = panel(kind="frame", url="https://crm.example/card", on_organisations=True)
    home = f"/clients/organisation/{client.pk}/panels/{made.pk}/"
    assert f'src="{home}frame/"' in sits_at(boris).get(home).content.decode()
    framed = sits_at(boris).get(f"{home}frame/")
    assert "frame-src https://crm.example" in framed["Content-Security-Policy"]
    assert sits_at(boris).get(f"{home}page/")["Location"].startswith("https://crm.example/card?otklik_data=")
