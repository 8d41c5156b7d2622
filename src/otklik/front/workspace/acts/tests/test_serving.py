"""A lead serves one request under another class; nobody else, and never without a reason."""

from datetime import timedelta

import pytest

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.sla.models import ServiceClass, Version
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.tests.conftest import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def vip(db: None) -> Version:
    version = Version.objects.begin(ServiceClass.objects.create(name="VIP", rank=1), by=None)
    version.check_capacity()
    version.put_in_force(by=None, accepted="проба", override="проба")
    return version


def test_a_lead_changes_the_class_and_the_page_says_so(
    ticket: Ticket, boris: User, vip: Version, post: Post, client_of
) -> None:
    page = client_of(boris).get(f"/tickets/{ticket.number}/class/", headers={"HX-Request": "true"}).content.decode()
    assert page.startswith("<dialog") and "VIP" in page
    assert post(boris, ticket, "class", **{"class": str(vip.pk), "reason": "просил директор"}).status_code == 204

    ticket.refresh_from_db()
    assert (ticket.class_name, ticket.class_rank) == ("VIP", 1)
    assert ticket.due_at == ticket.opened_at + timedelta(hours=1)
    assert Entry.objects.get(kind="tickets.ClassChanged").data["reason"] == "просил директор"
    page = client_of(boris).get(f"/tickets/{ticket.number}/").content.decode()
    assert ">VIP</span>" in page and "просил директор" in page


@pytest.mark.parametrize(("told", "field"), [({"reason": " "}, "reason"), ({"class": "999"}, "class")])
def test_what_is_missing_is_said_in_its_place(
    ticket: Ticket, boris: User, vip: Version, post: Post, told: dict[str, str], field: str
) -> None:
    answer = post(boris, ticket, "class", **{"class": str(vip.pk), "reason": "надо", **told})

    assert answer.status_code == 422 and f'id="e-{field}"' in answer.content.decode()
    ticket.refresh_from_db()
    assert ticket.class_version is None


def test_an_agent_neither_sees_nor_may_do_it(
    ticket: Ticket, anna: User, boris: User, vip: Version, post: Post, client_of
) -> None:
    assert post(anna, ticket, "class", **{"class": str(vip.pk), "reason": "надо"}).status_code == 403
    assert "/class/" not in client_of(anna).get(f"/tickets/{ticket.number}/").content.decode()
    assert "/class/" in client_of(boris).get(f"/tickets/{ticket.number}/").content.decode()


def test_a_missed_target_stands_in_the_header_and_among_the_facts(
    ticket: Ticket, anna: User, client_of, tomorrow
) -> None:
    ticket.clocks.filter(kind="first_answer").update(due_at=ticket.opened_at, next_at=None)
    ticket.clocks.filter(kind="first_answer").update(breached_at=ticket.opened_at)
    page = client_of(anna).get(f"/tickets/{ticket.number}/?card=facts").content.decode()

    assert "Не в срок: первый ответ" in page
    assert "Обслуживание" in page and "собственные сроки линии" in page
