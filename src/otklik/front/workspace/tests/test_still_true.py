"""The quiet line of the card: how sure we are of it, and one click that says so."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Confirmation, Contact, Membership, Product, Subscription
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.queries.one import ticket as read
from otklik.front.workspace.queries.standing import Reader
from otklik.front.workspace.still_true import StillTrue, of_contact, told

pytestmark = pytest.mark.django_db

type SitsAt = Callable[[User], Browser]

HTMX = {"HX-Request": "true"}
MARCH = datetime.fromisoformat("2026-03-10T12:00:00+03:00")


@pytest.fixture
def somebody(ticket: Ticket, pavel: Contact, volga: Client, anna: User) -> Contact:
    """Of whom four facts are known and one is not, none of them confirmed."""
    Membership(contact=pavel, client=volga, roles=["decision", "finance"], is_main=True).put(by=anna)
    Contact.objects.filter(pk=pavel.pk).update(address_as="Павел Ильич", time_zone="Europe/Samara", literacy=None)
    Subscription.objects.create(client=volga, product=Product.objects.create(name="АТС"))
    Confirmation.objects.all().delete()
    pavel.refresh_from_db()
    return pavel


def address(contact: Contact) -> str:
    return reverse("workspace:still_true", args=[contact.pk])


def digest(contact: Contact) -> str:
    return of_contact(Contact.objects.get(pk=contact.pk), clock.now()).digest


def say(browser: Browser, contact: Contact, facts: list[str], **more: object) -> str:
    """Of the card as it is now, or as it was `seen`."""
    seen = more.get("seen") or digest(contact)
    answer = browser.post(address(contact), {"fact": facts, "seen": seen}, headers=HTMX)
    assert answer.status_code == more.get("status", 200)
    return str(answer.content.decode())


FACTS = ["address_as", "time_zone", "roles", "products"]


def test_one_click_confirms_all_that_is_shown(annas: Browser, somebody: Contact, anna: User) -> None:
    page = annas.get(reverse("workspace:contact", args=[somebody.pk])).content.decode()
    assert "Не подтверждено: Обращение, Часовой пояс, Роли, Продукты" in page
    assert "Пока не знаем: Техника" in page and "принимает решения, деньги и документы" in page
    assert [page.count(f'name="fact" value="{fact}"') for fact in FACTS] == [1, 1, 1, 1]

    said = say(annas, somebody, FACTS)

    assert "Подтверждено сегодня" in said and "Анна" in said and "<form" not in said, "nothing is left to confirm"
    assert set(Confirmation.objects.of(somebody)) == set(FACTS)
    page = annas.get(reverse("workspace:contact", args=[somebody.pk])).content.decode()
    assert "Всё верно" in page, "the story of the card has it"


def test_the_month_of_the_oldest_is_told_and_after_a_year_it_is_not_sure_any_more(
    annas: Browser, somebody: Contact, anna: User
) -> None:
    with clock.at(MARCH):
        somebody.confirm(FACTS, by=anna)
    with clock.at(MARCH + timedelta(days=90)):
        somebody.confirm(["time_zone"], by=anna)
        said = annas.get(address(somebody)).content.decode()
        assert "Подтверждено: март 2026" in said and "<form" in said
    with clock.at(MARCH + timedelta(days=366)):
        said = annas.get(address(somebody)).content.decode()
        assert "Не подтверждено: Обращение, Роли, Продукты" in said


def test_saving_a_field_confirms_it_and_the_line_is_drawn_anew(annas: Browser, somebody: Contact) -> None:
    answer = annas.post(
        reverse("workspace:fact", args=[somebody.pk, "address_as"]), {"value": "Павел Ильич"}, headers=HTMX
    )
    assert "card:kept" in answer["HX-Trigger"] and set(Confirmation.objects.of(somebody)) == {"address_as"}
    said = annas.get(address(somebody)).content.decode()
    assert "Не подтверждено: Часовой пояс, Роли, Продукты" in said and 'hx-trigger="card:kept from:body"' in said


def test_what_is_not_on_the_card_any_more_is_said_and_nothing_is_kept(annas: Browser, somebody: Contact) -> None:
    Contact.objects.filter(pk=somebody.pk).update(time_zone="")
    said = say(annas, somebody, FACTS, status=422)
    assert "сначала заполните" in said and 'role="alert"' in said and not Confirmation.objects.exists()
    assert say(annas, somebody, ["<script>"], status=422).count("<script>") == 0


@pytest.mark.parametrize("what", ["fact", "roles", "product", "plan"])
def test_what_a_colleague_changed_meanwhile_is_not_confirmed_unseen(
    annas: Browser, somebody: Contact, boris: User, what: str
) -> None:
    page = annas.get(reverse("workspace:contact", args=[somebody.pk])).content.decode()
    seen = digest(somebody)
    assert f'name="seen" value="{seen}"' in page
    match what:
        case "fact":
            somebody.change("address_as", "Паша", by=boris)
        case "roles":
            somebody.memberships.update(roles=["technical"])
        case "product":
            Subscription.objects.create(contact=somebody, product=Product.objects.create(name="Номер"))
        case _:
            Subscription.objects.update(plan="Паша")
    Confirmation.objects.all().delete()

    said = say(annas, somebody, FACTS, status=422, seen=seen)
    shown = {"fact": "Паша", "roles": "техник", "product": "Номер", "plan": "Паша"}
    assert "Карточка успела измениться" in said and shown[what] in said and "<details open>" in said
    assert not Confirmation.objects.exists() and f'name="seen" value="{digest(somebody)}"' in said

    say(annas, somebody, FACTS)
    assert set(Confirmation.objects.of(somebody)) == set(FACTS)


def test_only_who_answers_clients_confirms_and_only_what_they_know(
    somebody: Contact, sits_at: SitsAt, vera: User, quality: User
) -> None:
    assert sits_at(vera).post(address(somebody), {"fact": FACTS}).status_code == 404
    looks = sits_at(quality)
    assert (
        looks.get(address(somebody)).status_code == 200 and "<form" not in looks.get(address(somebody)).content.decode()
    )
    assert looks.post(address(somebody), {"fact": FACTS}).status_code == 403
    assert not Confirmation.objects.exists()


def test_a_request_brings_the_same_in_its_own_statement(somebody: Contact, ticket: Ticket, anna: User) -> None:
    with clock.at(MARCH):
        phones = Product.objects.get()
        Subscription.objects.create(contact=somebody, product=phones, plan="Свой", starts_on=MARCH.date())
        somebody.confirm(["address_as", "products"], by=anna)
        found = read(ticket.number, Reader.of(anna))
        assert found is not None
        beside: StillTrue = told(found.contact, found.confirmed, found.roles, found.owned, clock.now())  # type: ignore[attr-defined]
        assert beside == of_contact(Contact.objects.get(pk=somebody.pk), clock.now())


def test_of_whom_nothing_is_known_nothing_can_be_confirmed(annas: Browser, ticket: Ticket) -> None:
    Contact.objects.filter(pk=ticket.contact_id).update(time_zone="", address_as="", literacy=None, client=None)
    said = annas.get(reverse("workspace:ticket", args=[ticket.number])).content.decode()
    assert 'id="still-true" hidden' in said and "still-true" in said
