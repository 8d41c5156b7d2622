"""What goes on paper leaves a line in the trail, and a page tells of nothing that its reader may not see."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from otklik.core.audit.models import Line
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db
type SitsAt = Callable[[User], Browser]


@pytest.fixture
def places(ticket: Ticket, pavel: Contact, boris: User) -> dict[str, str]:
    """Whatever can be printed: its noun in the trail by its address."""
    pavel.belong_to("Волга", by=boris)
    pavel.refresh_from_db()
    return {
        reverse("workspace:ticket", args=[ticket.number]): f"tickets.Ticket {ticket.pk}",
        reverse("workspace:contact", args=[pavel.pk]): f"clients.Contact {pavel.pk}",
        reverse("workspace:client", args=[pavel.client_id]): f"clients.Client {pavel.client_id}",
    }


def test_AUDIT_1_what_is_printed_leaves_a_line(places: dict[str, str], anna: User, sits_at: SitsAt) -> None:
    annas = sits_at(anna)
    for page, noun in places.items():
        assert f'data-printed="{page}printed/"' in annas.get(page).content.decode()
        assert annas.post(f"{page}printed/").status_code == 204
        line = Line.objects.get(kind="audit.printed", about=noun.split()[0])
        assert (line.about_id, line.actor_id, line.door) == (noun.split()[1], anna.pk, "page")
        assert line.address and line.session


def test_nobody_prints_what_they_may_not_see(places: dict[str, str], vera: User, sits_at: SitsAt) -> None:
    for page in places:
        assert sits_at(vera).post(f"{page}printed/").status_code == 404
        assert Browser().post(f"{page}printed/").status_code == 302
        assert sits_at(vera).get(f"{page}printed/").status_code == 405
    assert not Line.objects.filter(kind="audit.printed").exists()


def test_the_trail_says_it_in_words_and_finds_it(
    places: dict[str, str], anna: User, admin: User, sits_at: SitsAt
) -> None:
    sits_at(anna).post(f"{next(iter(places))}printed/")
    page: Any = sits_at(admin).get("/settings/audit/?kind=audit.printed")
    assert "печать страницы" in page.content.decode() and "Анна" in page.content.decode()
