"""Cards of people and of organisations: what they show, how they are changed, who sees them."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client as Browser
from django.urls import reverse

from otklik.core.journal import clock
from otklik.core.staff.models import Role, Team, User
from otklik.desk.clients.models import (
    Advice,
    CardNote,
    Client,
    ClientEvent,
    Contact,
    Membership,
    Product,
    Secrecy,
    Subscription,
)
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def phones(db: None) -> Product:
    return Product.objects.create(name="Виртуальная АТС")


@pytest.fixture
def volgas(ticket: Any, pavel: Contact, volga: Client, anna: User) -> Client:
    """Pavel, who wrote to the first line, speaks for it."""
    Membership(contact=pavel, client=volga, position="директор", roles=["decision"]).put(by=anna)
    return volga


def rows(holder: Contact | Client, name: str) -> str:
    of = "contact" if isinstance(holder, Contact) else "client"
    return reverse(f"workspace:{of}_rows", args=[holder.pk, name])


def text(browser: Browser, address: str, **more: Any) -> str:
    answer = browser.get(address, **more)
    assert answer.status_code == 200
    return str(answer.content.decode())


class TestPerson:
    def test_the_card_shows_what_is_known(
        self, annas: Browser, volgas: Client, pavel: Contact, phones: Product, anna: User
    ) -> None:
        Subscription(client=volgas, product=phones, plan="Бизнес", amount=1200).put(by=anna)
        Advice(contact=pavel, text="Вход по коду").put(by=anna)
        ClientEvent.objects.record("balance_low", by=anna, contact=pavel, data={"остаток": 120})

        page = text(annas, reverse("workspace:contact", args=[pavel.pk]))

        for said in ("директор", "Виртуальная АТС · Бизнес", "1 200 ₽ в месяц", "Вход по коду", "Баланс на исходе"):
            assert said.replace(" ", "") in page.replace(" ", "").replace("\N{NO-BREAK SPACE}", "").replace(
                "\N{NARROW NO-BREAK SPACE}", ""
            )

    def test_an_organisation_is_added_changed_and_left(self, annas: Browser, ticket: Any, pavel: Contact) -> None:
        form = {"edit": "new", "organisation": "Дон", "position": "советник", "roles": ["finance"], "is_main": "on"}
        assert annas.post(rows(pavel, "organisations"), form).status_code == 302
        one = Membership.objects.get(client__name="Дон")
        assert (one.position, one.roles, one.is_main) == ("советник", ["finance"], True)

        annas.post(rows(pavel, "organisations"), {"edit": one.pk, "position": "партнёр"})
        one.refresh_from_db()
        assert one.position == "партнёр"

        annas.post(rows(pavel, "organisations"), {"end": one.pk})
        pavel.refresh_from_db()
        assert pavel.client is None and not pavel.memberships.current().exists()

    def test_what_does_not_fit_is_said_in_place_and_nothing_is_lost(
        self, annas: Browser, ticket: Any, pavel: Contact, phones: Product
    ) -> None:
        form = {
            "edit": "new",
            "product": phones.pk,
            "state": "active",
            "period": "month",
            "currency": "рубли",
            "amount": "-5",
            "plan": "Старт",
        }

        answer = annas.post(rows(pavel, "products"), form, headers={"HX-Request": "true"})

        said = answer.content.decode()
        assert answer.status_code == 422 and not Subscription.objects.exists()
        assert 'value="Старт"' in said and said.count('data-s="error"') == 2

    def test_a_row_of_somebody_else_is_not_found(
        self, annas: Browser, volgas: Client, pavel: Contact, writes: Write, anna: User
    ) -> None:
        other = writes(sender="nina@don.test", sender_name="Нина").contact
        theirs = Advice(contact=other, text="Чужой совет")
        theirs.put(by=anna)

        assert annas.post(rows(pavel, "advice"), {"end": theirs.pk}).status_code == 404
        assert annas.get(rows(pavel, "advice"), {"edit": theirs.pk}).status_code == 404
        assert annas.get(rows(pavel, "nothing")).status_code == 404
        assert annas.get(rows(pavel, "advice"), {"edit": "9" * 40}).status_code == 404
        assert Advice.objects.count() == 1


class TestOrganisation:
    def test_its_page_shows_people_and_requests(self, annas: Browser, volgas: Client, ticket: Any) -> None:
        page = text(annas, reverse("workspace:client", args=[volgas.pk]))

        assert "Павел Демидов" in page and ticket.subject in page

    def test_of_a_large_one_the_page_shows_a_part_and_says_so(
        self, annas: Browser, volgas: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("otklik.front.workspace.views.card_rows.MOST", 3)
        for number in range(4):
            one = Contact.objects.recognise("email", f"p{number}@volga.test", name=f"Человек {number}")
            Membership.objects.create(contact=one, client=volgas)

        page = text(annas, reverse("workspace:client", args=[volgas.pk]))

        assert "Человек 1" in page and "Человек 2" not in page and "первые сто" in page

    def test_a_person_is_added_by_address(self, annas: Browser, volgas: Client) -> None:
        form = {"edit": "new", "address": "buh@volga.test", "name": "Зоя", "roles": ["finance"]}

        annas.post(rows(volgas, "people"), form)

        one = Membership.objects.get(contact__identities__value="buh@volga.test")
        assert (one.contact.name, one.client, one.is_main) == ("Зоя", volgas, True)

    def test_who_is_known_to_others_alone_is_not_taken_by_address(
        self, annas: Browser, volgas: Client, line_two: Team, writes: Write
    ) -> None:
        theirs = writes(sender="boss@ural.test", sender_name="Борис")
        Ticket.objects.filter(pk=theirs.pk).update(team=line_two, owner=None)
        stranger = theirs.contact

        answer = annas.post(rows(volgas, "people"), {"edit": "new", "address": "Boss@ural.test"})

        assert answer.status_code == 422 and "Борис" not in answer.content.decode()
        assert not stranger.memberships.exists()

    def test_facts_are_changed_in_their_place(self, annas: Browser, volgas: Client, anna: User) -> None:
        for name, value in (("tax_number", "5404123987"), ("manager", str(anna.pk)), ("tags", "Сеть, vip")):
            answer = annas.post(
                reverse("workspace:client_fact", args=[volgas.pk, name]),
                {"value": value},
                headers={"HX-Request": "true"},
            )
            assert answer.status_code == 200

        volgas.refresh_from_db()
        assert (volgas.tax_number, volgas.manager, volgas.tags) == ("5404123987", anna, ["сеть", "vip"])


class TestAccess:
    def test_ACCESS_1_another_line_knows_neither_person_nor_organisation(
        self, volgas: Client, pavel: Contact, vera: User
    ) -> None:
        veras = Browser()
        veras.force_login(vera)

        for address in (
            reverse("workspace:contact", args=[pavel.pk]),
            reverse("workspace:client", args=[volgas.pk]),
            rows(pavel, "products"),
            rows(volgas, "people"),
            reverse("workspace:client_fact", args=[volgas.pk, "note"]),
        ):
            assert veras.get(address).status_code == 404
            assert veras.post(address, {"edit": "new"}).status_code in (404, 405)
        page = text(veras, reverse("workspace:clients"))
        assert "Павел" not in page and "Волга" not in text(veras, reverse("workspace:clients") + "?show=organisations")

    def test_colleagues_of_a_client_are_known_with_them(
        self, annas: Browser, volgas: Client, anna: User, pavel: Contact
    ) -> None:
        zoya = Contact.objects.recognise("email", "buh@volga.test", name="Зоя")
        Membership(contact=zoya, client=volgas, position="бухгалтер").put(by=anna)

        assert "бухгалтер" in text(annas, reverse("workspace:client", args=[volgas.pk]))
        assert annas.get(reverse("workspace:contact", args=[zoya.pk])).status_code == 200

        zoya.memberships.get().end(by=anna)
        assert annas.get(reverse("workspace:contact", args=[zoya.pk])).status_code == 404

    def test_who_does_not_answer_clients_reads_and_changes_nothing(
        self, volgas: Client, pavel: Contact, line_one: Team
    ) -> None:
        reader = Browser()
        reader.force_login(person("checker", "Контролёр", Role.QUALITY, line_one))

        assert "?edit=" not in text(reader, reverse("workspace:client", args=[volgas.pk]))
        assert reader.post(rows(pavel, "advice"), {"edit": "new", "text": "x"}).status_code == 403

    def test_products_of_an_organisation_whom_the_reader_knows_by_nobody_are_not_shown(
        self, annas: Browser, volgas: Client, phones: Product, anna: User
    ) -> None:
        """Zoya is known for she speaks for Volga as well; whom she mostly speaks for is another line's."""
        don = Client.objects.create(name="Дон")
        zoya = Contact.objects.recognise("email", "zoya@don.test", name="Зоя Кравец")
        Membership(contact=zoya, client=don).put(by=anna)
        Membership(contact=zoya, client=volgas).put(by=anna)
        theirs = Subscription(client=don, product=phones, plan="Секретный", amount=99_000)
        theirs.put(by=anna)
        Subscription(contact=zoya, product=phones, plan="Личный").put(by=anna)

        page = text(annas, reverse("workspace:contact", args=[zoya.pk]))

        assert "Личный" in page and "Секретный" not in page
        assert annas.get(rows(zoya, "products"), {"edit": theirs.pk}).status_code == 404


class TestList:
    def test_people_and_organisations_by_name(self, annas: Browser, volgas: Client, pavel: Contact) -> None:
        assert pavel.name in text(annas, reverse("workspace:clients"))
        page = text(annas, reverse("workspace:clients") + "?show=organisations&q=олг")
        assert "Волга" in page

    def test_it_goes_on_where_it_ended(self, annas: Browser, writes: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("otklik.front.workspace.queries.clients.PAGE", 2)
        for number in range(5):
            writes(sender=f"c{number}@x.test", sender_name=f"Клиент {number // 2}")

        seen, after = list[str](), ""
        for _ in range(3):
            answer = annas.get(reverse("workspace:clients"), {"after": after})
            seen += [row.pk for row, _figures in answer.context["rows"]]
            after = answer.context["after"]

        assert (len(seen), len(set(seen)), after) == (5, 5, "")

    @pytest.mark.parametrize("after", ["x", ",", "9" * 30, "1", "-1,б", "5,%00"])
    def test_a_strange_place_to_go_on_breaks_nothing(self, annas: Browser, ticket: Any, after: str) -> None:
        assert annas.get(reverse("workspace:clients"), {"after": after}).status_code == 200

    def test_it_asks_as_often_for_many_as_for_few(
        self, annas: Browser, writes: Write, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(12):
            writes(sender=f"c{number}@x.test", sender_name=f"Клиент {number}")
        annas.get(reverse("workspace:clients"))

        with django_assert_max_num_queries(10):
            annas.get(reverse("workspace:clients"))


class TestNotes:
    def test_notes_are_written_pinned_and_put_away(
        self, annas: Browser, ticket: Any, pavel: Contact, anna: User
    ) -> None:
        address = rows(pavel, "notes")
        annas.post(address, {"edit": "new", "text": "Говорит тихо"})
        annas.post(address, {"edit": "new", "text": "Звонить\nпосле обеда", "pinned": "on"})
        pavel.refresh_from_db()
        assert pavel.note == "Звонить\nпосле обеда"
        quiet, late = CardNote.objects.order_by("pk")
        assert (quiet.by, quiet.pinned_at, late.by) == (anna, None, anna)

        annas.post(address, {"press": quiet.pk})
        pavel.refresh_from_db()
        assert pavel.note == "Говорит тихо", "the one that was pinned last matters most"
        page = text(annas, reverse("workspace:ticket", args=[ticket.number]))
        assert "Говорит тихо" in page and "после обеда" not in page

        annas.post(address, {"end": quiet.pk})
        pavel.refresh_from_db()
        assert pavel.note == "Звонить\nпосле обеда"
        page = text(annas, reverse("workspace:contact", args=[pavel.pk]))
        assert "В архиве: 1" in page and "Заметка убрана в архив" in page
        assert "Говорит тихо" in text(annas, rows(pavel, "archive"))
        annas.post(rows(pavel, "archive"), {"press": quiet.pk})
        quiet.refresh_from_db()
        assert quiet.archived_at is None and quiet.pinned_at is None

    def test_the_words_of_a_colleague_stay(
        self, annas: Browser, ticket: Any, pavel: Contact, boris: User, anna: User
    ) -> None:
        note = CardNote(contact=pavel, text="Не сообщать остаток")
        note.put(by=boris)

        assert "<textarea" not in text(annas, f"{rows(pavel, 'notes')}?edit={note.pk}")
        annas.post(rows(pavel, "notes"), {"edit": note.pk, "text": "Сообщать", "pinned": "on"})
        note.refresh_from_db()
        assert (note.text, note.by, note.pinned_at is not None) == ("Не сообщать остаток", boris, True)
        note.text = "Сообщать"
        with pytest.raises(ValidationError):
            note.put(by=anna)

    def test_whoever_sees_no_note_sees_none_of_them(
        self, annas: Browser, ticket: Any, pavel: Contact, boris: User
    ) -> None:
        CardNote(contact=pavel, text="Семейное").put(by=boris)
        CardNote(contact=pavel, text="Тайное", pinned_at=clock.now()).put(by=boris)
        Secrecy.objects.create(pk=1, facts=["note"])

        page = text(annas, reverse("workspace:contact", args=[pavel.pk]))
        assert "Тайное" not in page and "Семейное" not in page
        assert annas.get(rows(pavel, "archive")).status_code == 404
        shown = annas.post(
            reverse("workspace:contact_reveal", args=[pavel.pk, "note"]), {"reason": "звонок"}
        ).content.decode()
        assert "Тайное" in shown and "Семейное" in shown

    def test_an_organisation_has_notes_too(self, annas: Browser, volgas: Client) -> None:
        annas.post(rows(volgas, "notes"), {"edit": "new", "text": "Платят пятого", "pinned": "on"})
        volgas.refresh_from_db()
        assert volgas.note == "Платят пятого"
        assert "Платят пятого" in text(annas, reverse("workspace:client", args=[volgas.pk]))
