"""ACCESS-3: search, suggestions, counters, exports, related requests, links, mentions know what their reader knows."""

import re
from typing import Any

import pytest
from django.test import Client as Browser

from otklik.core import recent
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace import menu
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
MARK = "Ковылкино"
ASKED = (
    *("/search/?q={mark}", "/search/?q={number}", "/search/?q=from:pavel@volga.test", "/palette/?q={mark}"),
    *("/clients/?q=Демидов", "/clients/?show=organisations&q=Волга", "/queue/all/"),
    *("/queue/all/export/", "/clients/export/", "/clients/export/?show=organisations"),
)


@pytest.fixture
def theirs(writes: Write, pavel: Contact, boris: User) -> Ticket:
    """A request of the first line."""
    pavel.belong_to("Волга", by=boris)
    return writes(f"Стоим в {MARK}", subject=MARK)


def said(browser: Browser, address: str, told: Ticket) -> str:
    answer: Any = browser.get(address.format(mark=MARK, number=told.pk))
    assert answer.status_code == 200, address
    return b"".join(answer if answer.streaming else [answer.content]).decode()


def names(text: str) -> bool:
    """Something of the request or its client, beyond what was asked for and comes back in the field."""
    bare = re.sub(r"<title>.*?</title>|value=\"[^\"]*\"|\\?q=[^\"&]*", "", text, flags=re.DOTALL)
    return any(words in bare for words in (MARK, "Демидов", "pavel@volga.test", "Волга"))


@pytest.mark.parametrize("address", ASKED)
def test_ACCESS_3_what_is_asked_for_tells_nothing_of_another_line(
    client: Browser, theirs: Ticket, anna: User, vera: User, address: str
) -> None:
    client.force_login(vera)
    assert not names(said(client, address, theirs))
    client.force_login(anna)
    assert names(said(client, address, theirs)), "whose it is finds it by the same words"


def test_ACCESS_3_counters_do_not_count_it(client: Browser, writes: Write, vera: User, anna: User) -> None:
    def counted(person: User) -> list[Any]:
        client.force_login(person)
        menu.forget()
        recent.forget()
        pages = [client.get(address).content.decode() for address in ("/queue/all/counts/", "/menu/figures/")]
        return [re.findall(r">([0-9]+\+?)<|: ([0-9]+)", page) for page in pages]

    before = counted(vera), counted(anna)
    writes(f"Стоим в {MARK}", subject=MARK)
    after = counted(vera)
    assert after == before[0], (before[0], after)
    assert counted(anna) != before[1]


def test_ACCESS_3_neither_links_nor_related_requests_name_it(
    client: Browser, theirs: Ticket, writes: Write, vera: User
) -> None:
    """Her own request is of the same client."""
    own = writes("Счёт", subject="Счёт")
    Ticket.objects.filter(pk=own.pk).update(team=vera.teams.get(), owner=vera)
    own.refresh_from_db()
    client.force_login(vera)
    for address in (f"/tickets/{own.pk}/", f"/tickets/{own.pk}/card/related/", f"/tickets/{own.pk}/card/client/"):
        answer = client.get(address)
        assert answer.status_code in (200, 404), address
        assert MARK not in answer.content.decode(), address
    foreign = client.post(f"/tickets/{own.pk}/ties/", {"other": theirs.pk, "number": theirs.pk, "kind": "related"})
    missing = client.post(f"/tickets/{own.pk}/ties/", {"other": 987654, "number": 987654, "kind": "related"})
    assert foreign.status_code == missing.status_code and MARK not in foreign.content.decode()


def test_ACCESS_3_only_who_may_read_it_can_be_mentioned(
    client: Browser, theirs: Ticket, anna: User, vera: User, ilya: User
) -> None:
    client.force_login(vera)
    assert client.get(f"/tickets/{theirs.pk}/colleagues/?q=").status_code == 404
    client.force_login(anna)
    offered = {one["name"] for one in client.get(f"/tickets/{theirs.pk}/colleagues/?q=").json()["people"]}
    assert "Илья Соколов" in offered and "Вера Лис" not in offered
