"""PRIVACY: what is hidden from a role is hidden at every door; every look that counts is written down."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client as Browser

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import (
    CardAnswer,
    CardField,
    Client,
    ClientMerging,
    Contact,
    Identity,
    Membership,
    Product,
    Secrecy,
    Subscription,
)
from otklik.desk.clients.sight import looks_at
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db

type SitsAt = Callable[[User], Browser]
PART = {"HX-Request": "true"}
PHONE, NOTE, INTEREST, TAX, BIRTHDAY = "+79135550142", "Любит короткие ответы", "Полумарафон", "5404123987", "14 марта"
TYPED = PHONE.replace("+", "%2B")
CONTRACT = "СМ-4417"
SECRETS = (PHONE, NOTE, INTEREST, TAX, BIRTHDAY, CONTRACT, "31777")


@pytest.fixture
def birthday(db: None) -> CardField:
    return CardField.objects.create(name="День рождения", kind="date", is_personal=True)


@pytest.fixture
def card(ticket: Ticket, pavel: Contact, volga: Client, birthday: CardField, boris: User) -> Contact:
    """Pavel's card, of which everything that may be personal is."""
    Secrecy.objects.create(pk=1, facts=["phones", "interests", "note", "money", "tax_number"])
    Membership(contact=pavel, client=volga).put(by=boris)
    Identity.objects.create(contact=pavel, kind="phone", value=PHONE)
    pavel.change("note", NOTE, by=boris)
    pavel.change("interests", INTEREST, by=boris)
    volga.change("tax_number", TAX, by=boris)
    volga.change("note", NOTE, by=boris)
    birthday.fill(pavel, "1987-03-14", by=boris)
    product = Product.objects.create(name="АТС")
    Subscription(client=volga, product=product, amount=31_777).put(by=boris)
    return pavel


@pytest.fixture
def same(card: Contact, boris: User) -> Client:
    """Volga once more, which somebody of ours in Volga has told about, too."""
    same = Client.objects.create(name="ООО «Волга»")
    Membership(contact=card, client=same).put(by=boris)
    for name, said in (("tax_number", TAX), ("note", NOTE + "!")):
        same.change(name, said, by=boris)
    contract = CardField.objects.create(name="Номер договора", of="client", is_personal=True)
    for client in (same, card.client):
        contract.fill(client, f"{CONTRACT}-{client.pk}", by=boris)  # type: ignore[arg-type, union-attr]
    return same


@pytest.fixture
def twin(card: Contact, writes: Write, boris: User) -> Contact:
    writes("С другого адреса", sender="demidov@volga.test", sender_name="Демидов Павел")
    twin = Contact.objects.get(identities__value="demidov@volga.test")
    Identity.objects.create(contact=twin, kind="phone", value="8" + PHONE[2:])
    twin.change("note", NOTE + "!", by=boris)
    twin.change("interests", INTEREST + "!", by=boris)
    return twin


def doors(card: Contact, ticket: Ticket, twin: Contact, same: Client) -> list[str]:
    """Every page that shows something of a card."""
    contact, client = f"/clients/contact/{card.pk}/", f"/clients/organisation/{card.client_id}/"
    return [
        *(contact, client, f"/tickets/{ticket.number}/?card=client", f"/tickets/{ticket.number}/card/client/"),
        *(f"/tickets/{ticket.number}/client/", f"{contact}hello/", f"{contact}duplicates/"),
        *(
            f"{contact}rows/products/",
            f"{client}rows/products/",
            f"{contact}addresses/?as=list",
            f"{contact}addresses/",
        ),
        *(f"{contact}note/?as=value", f"{contact}interests/?as=value", f"{client}tax_number/?as=value"),
        *(f"{contact}merge/{twin.pk}/", "/clients/duplicates/", "/clients/duplicates/?show=organisations"),
        *(f"{client}merge/{same.pk}/", f"{client}duplicates/", f"{contact}duplicates/?brief=1"),
        *(
            "/search/?q=Волга",
            "/palette/?q=Волга",
            "/palette/?q=СМ",
            f"/search/?q={card.name}",
            f"/palette/?q={card.name}",
        ),
        *(f"/clients/export/?q={card.name}", "/clients/export/?show=organisations", "/clients/"),
    ]


def told(browser: Browser, address: str) -> str:
    answer = browser.get(address, headers=PART if "/rows/" in address or "?as" in address else {})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return str(content.decode()).replace("\N{NO-BREAK SPACE}", "")


@pytest.mark.parametrize("who", ["anna", "quality", "boris", "head", "admin"])
def test_PRIVACY_every_door_by_role(
    who: str,
    request: pytest.FixtureRequest,
    sits_at: SitsAt,
    card: Contact,
    ticket: Ticket,
    twin: Contact,
    same: Client,
) -> None:
    browser, leaks, seen = sits_at(request.getfixturevalue(who)), [], set[str]()
    for address in doors(card, ticket, twin, same):
        page = told(browser, address)
        found = {secret for secret in SECRETS if secret in page}
        seen |= found
        leaks += [f"{address}: {secret}" for secret in found]

    if who in ("anna", "quality"):
        assert not leaks, "\n".join(leaks)
    else:
        assert seen == {*SECRETS}, "the test would pass where nothing is shown at all"


def test_what_is_hidden_is_not_found_and_not_exported(
    sits_at: SitsAt, card: Contact, twin: Contact, anna: User, boris: User
) -> None:
    for user, count in ((anna, 0), (boris, 1)):
        browser = sits_at(user)
        for asked in (f"/clients/?q={TYPED}", f"/search/?q={TYPED}", f"/palette/?q={TYPED}"):
            assert (f"/clients/contact/{card.pk}/" in told(browser, asked)) is bool(count), asked
        found = told(browser, f"/clients/?show=organisations&q={TAX}")
        assert (f"/clients/organisation/{card.client_id}/" in found) is bool(count)
        rows = browser.get("/clients/export/").streaming_content  # type: ignore[attr-defined]
        (header, *_rows) = csv.reader(io.StringIO(b"".join(rows).decode("utf-8-sig")))
        shown = {"phone", "note", "interests", "День рождения"} & {*header}
        assert len(shown) == 4 * count and "email" in header
        found = browser.get(f"/queue/all/?q=from:{TYPED}").content.decode()
        assert (f"/tickets/{card.tickets.earliest('pk').number}/" in found) is bool(count)


def test_people_and_organisations_are_found_by_what_their_cards_say(
    sits_at: SitsAt, card: Contact, twin: Contact, anna: User, boris: User
) -> None:
    contract = CardField.objects.create(name="Номер договора", of="client")
    contract.fill(card.client, "СМ-4417", by=boris)  # type: ignore[arg-type]
    branches = CardField.objects.create(name="Филиалов", of="client", kind="number")
    branches.fill(card.client, 8, by=boris)  # type: ignore[arg-type]
    CardField.objects.create(name="Согласен", kind="flag").fill(card, "yes", by=boris)

    for words in ("СМ-4417", "8"):
        assert "Волга" in told(sits_at(anna), f"/clients/?show=organisations&q={words}"), words
    person = f"/clients/contact/{card.pk}/"
    assert person in told(sits_at(boris), "/clients/?q=14.03.1987")
    assert person not in told(sits_at(anna), "/clients/?q=14.03.1987")
    assert person not in told(sits_at(boris), "/clients/?q=yes")


def test_an_agent_says_why_and_sees_it_once(sits_at: SitsAt, card: Contact, anna: User) -> None:
    browser, address = sits_at(anna), f"/clients/contact/{card.pk}/reveal/note/"
    assert "показать" in browser.get(f"/clients/contact/{card.pk}/").content.decode()
    assert 'name="reason"' in browser.get(address, headers=PART).content.decode()

    empty = browser.post(address, {"reason": " "}, headers=PART)
    shown = browser.post(address, {"reason": "Клиент просил напомнить"}, headers=PART)

    assert empty.status_code == 422 and NOTE not in empty.content.decode()
    assert NOTE in shown.content.decode() and "no-store" in shown["Cache-Control"]
    assert [(one.actor, one.data["reason"]) for one in looks_at(card)] == [(anna, "Клиент просил напомнить")]
    assert NOTE not in browser.get(f"/clients/contact/{card.pk}/").content.decode()


@pytest.mark.parametrize(
    ("name", "said"), [("phones", PHONE), ("interests", INTEREST), ("birthday", BIRTHDAY), ("note", NOTE)]
)
def test_each_fact_is_shown_for_a_reason(
    sits_at: SitsAt, card: Contact, birthday: CardField, anna: User, quality: User, name: str, said: str
) -> None:
    address = f"/clients/contact/{card.pk}/reveal/{birthday.place if name == 'birthday' else name}/"

    assert said in sits_at(anna).post(address, {"reason": "Надо"}, headers=PART).content.decode()
    for method in ("get", "post"):
        assert getattr(sits_at(quality), method)(address, {"reason": "Надо"}).status_code == 403


def test_amounts_and_numbers_of_an_organisation(sits_at: SitsAt, card: Contact, anna: User, quality: User) -> None:
    home = f"/clients/organisation/{card.client_id}/reveal/"
    browser = sits_at(anna)

    assert TAX in browser.post(f"{home}tax_number/", {"reason": "Счёт"}).content.decode()
    shown = browser.post(f"{home}money/", {"reason": "Счёт"}).content.decode()
    assert "31777" in shown.replace("\N{NO-BREAK SPACE}", "")
    assert browser.get(f"{home}phones/").status_code == 404
    assert len(looks_at(Client.objects.get())) == 2


def test_what_is_hidden_is_not_written_over(
    sits_at: SitsAt, card: Contact, birthday: CardField, anna: User, boris: User
) -> None:
    browser, home = sits_at(anna), f"/clients/contact/{card.pk}/"
    for name in ("note", "interests", birthday.place):
        for method in ("get", "post"):
            assert getattr(browser, method)(f"{home}{name}/", {"value": "стёрто"}).status_code == 403, name
    phone = card.identities.get(kind="phone")
    for act in ("sure", "again", "remove"):
        assert browser.post(f"{home}addresses/{phone.pk}/{act}/").status_code == 404
    one = Subscription.objects.get()
    rows = f"/clients/organisation/{card.client_id}/rows/products/"
    form = {"edit": one.pk, "product": one.product_id, "state": "paused", "amount": "1", "currency": "USD"}
    assert browser.post(rows, form).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.amount, one.currency) == ("paused", Decimal(31_777), "RUB")

    card.refresh_from_db()
    assert (card.note, card.interests) == (NOTE, INTEREST)


def test_where_nothing_is_known_an_agent_writes_it_down(
    sits_at: SitsAt, card: Contact, birthday: CardField, anna: User, boris: User
) -> None:
    CardAnswer.objects.all().delete()
    card.change("note", "", by=boris)
    browser, home = sits_at(anna), f"/clients/contact/{card.pk}/"

    for name, given in (("note", "Новое"), (birthday.place, "1990-01-02")):
        answer = browser.post(f"{home}{name}/", {"value": given}, headers=PART)
        assert answer.status_code == 200 and "скрыто" in answer.content.decode()

    card.refresh_from_db()
    assert (card.note, birthday.present(card)) == ("Новое", "1990-01-02")


def test_PRIVACY_merging_shows_nothing_hidden_and_lets_nobody_choose_it(
    sits_at: SitsAt, card: Contact, twin: Contact, anna: User
) -> None:
    page = sits_at(anna).get(f"/clients/contact/{card.pk}/merge/{twin.pk}/").content.decode()

    assert "скрыто" in page and 'name="interests"' not in page


def test_PRIVACY_organisations_are_merged_without_what_is_hidden(
    sits_at: SitsAt, card: Contact, same: Client, anna: User, boris: User
) -> None:
    """An agent chooses nothing they do not see; a lead does, and the page offers it."""
    ours, (field,) = card.client, CardField.objects.filter(of="client")
    same.change("tax_number", TAX, by=boris)
    address, wanted = f"/clients/organisation/{ours.pk}/merge/{same.pk}/", {field.place: "other", "note": "other"}  # type: ignore[union-attr]
    page = sits_at(anna).get(address).content.decode()
    assert "один и тот же ИНН: (скрыт)" in page and field.place not in page
    assert f'name="{field.place}"' in sits_at(boris).get(address).content.decode()

    for user, kept in ((anna, ours), (boris, same)):
        assert sits_at(user).post(address, wanted).status_code == 302
        assert field.present(ours) == f"{CONTRACT}-{kept.pk}"  # type: ignore[arg-type, union-attr]
        ClientMerging.objects.get(undone_at=None).undo(by=boris)


class TestRestricted:
    def test_AUDIT_every_door_is_a_look(
        self, sits_at: SitsAt, card: Contact, ticket: Ticket, anna: User, ilya: User, boris: User, head: User
    ) -> None:
        card.restrict("vip", by=boris)
        looks = [
            (anna, f"/tickets/{ticket.number}/?card=client", "ticket"),
            (ilya, f"/clients/contact/{card.pk}/", "card"),
            (head, "/clients/export/", "export"),
            (boris, f"/clients/contact/{card.pk}/rows/advice/", "card"),
        ]
        for user, address, _place in looks:
            told(sits_at(user), address)

        seen = [(one.actor, one.data["place"]) for one in reversed(looks_at(card))]
        assert seen == [(user, place) for user, _address, place in looks]

    def test_a_page_without_the_card_is_no_look(
        self, sits_at: SitsAt, card: Contact, ticket: Ticket, anna: User, boris: User
    ) -> None:
        card.restrict("vip", by=boris)
        browser = sits_at(anna)
        browser.get(f"/tickets/{ticket.number}/?card=facts")
        browser.get("/clients/")
        browser.head(f"/clients/contact/{card.pk}/")

        assert not looks_at(card)

    def test_an_ordinary_ticket_page_writes_nothing(
        self, sits_at: SitsAt, card: Contact, ticket: Ticket, anna: User
    ) -> None:
        browser, count = sits_at(anna), Entry.objects.count()
        browser.get(f"/tickets/{ticket.number}/?card=client")

        assert Entry.objects.count() == count

    @pytest.mark.parametrize(("who", "status"), [("anna", 403), ("quality", 403), ("boris", 302), ("head", 302)])
    def test_leads_restrict_and_read_who_looked(
        self, who: str, status: int, request: pytest.FixtureRequest, sits_at: SitsAt, card: Contact, ilya: User
    ) -> None:
        user = request.getfixturevalue(who)
        browser = sits_at(user)
        assert browser.post(f"/clients/contact/{card.pk}/restrict/", {"as": "public"}).status_code == status
        sits_at(ilya).post(f"/clients/contact/{card.pk}/reveal/note/", {"reason": "Перезвонить"})

        page = browser.get(f"/clients/contact/{card.pk}/looks/")

        assert page.status_code == (200 if status == 302 else 403)
        if status == 302:
            shown = page.content.decode()
            assert "Илья Соколов" in shown and "Перезвонить" in shown
            card.refresh_from_db()
            assert card.restricted_as == "public"
            assert browser.post(f"/clients/contact/{card.pk}/restrict/", {"as": "x"}).status_code == 404


class TestRestrictedOrganisation:
    def test_AUDIT_every_door_is_a_look(
        self,
        sits_at: SitsAt,
        card: Contact,
        ticket: Ticket,
        same: Client,
        anna: User,
        ilya: User,
        boris: User,
        head: User,
        admin: User,
    ) -> None:
        """The card of a person shows what their organisation has, so it is a look at both."""
        Membership.objects.filter(contact=card, client__name="Волга").update(is_main=True)
        client = f"/clients/organisation/{card.client_id}/"
        looks = [
            (anna, f"/tickets/{ticket.number}/?card=client", "ticket"),
            (ilya, client, "card"),
            (head, "/clients/export/?show=organisations", "export"),
            (boris, f"{client}rows/products/", "card"),
            (admin, f"{client}merge/{same.pk}/", "card"),
        ]
        card.client.restrict("secrecy", by=boris)  # type: ignore[union-attr]
        for user, address, _place in looks:
            told(sits_at(user), address)

        seen = [(one.actor, one.data["place"]) for one in reversed(looks_at(card.client))]  # type: ignore[arg-type]
        assert seen == [(user, place) for user, _address, place in looks]
        assert not looks_at(card) and not looks_at(same), "the others are ordinary"

    @pytest.mark.parametrize("who", ["anna", "ilya", "boris", "head", "quality", "admin"])
    def test_PRIVACY_no_door_shows_the_card_unseen(
        self,
        who: str,
        request: pytest.FixtureRequest,
        sits_at: SitsAt,
        card: Contact,
        ticket: Ticket,
        twin: Contact,
        same: Client,
        boris: User,
    ) -> None:
        """Whatever page of the organisation or of who speaks for it a role opens, there is a line of it."""
        user, client = request.getfixturevalue(who), card.client
        assert client is not None
        client.restrict("vip", by=boris)
        own = f"/clients/organisation/{client.pk}/"
        of_card = [one for one in doors(card, ticket, twin, same) if own in one]
        for address in [*of_card, f"/clients/contact/{card.pk}/", f"/tickets/{ticket.number}/card/client/"]:
            Entry.objects.filter(kind="clients.ClientLooked").update(about_id=0)
            told(sits_at(user), address)
            assert [one.actor for one in looks_at(client)] == [user], address

    def test_a_list_and_a_page_of_somebody_else_are_no_look(
        self, sits_at: SitsAt, card: Contact, anna: User, boris: User
    ) -> None:
        card.client.restrict("vip", by=boris)  # type: ignore[union-attr]
        browser = sits_at(anna)
        for address in ("/clients/?show=organisations", f"/search/?q={card.name}", "/queue/all/"):
            browser.get(address)
        browser.head(f"/clients/organisation/{card.client_id}/")

        assert not looks_at(card.client)  # type: ignore[arg-type]

    @pytest.mark.parametrize(("who", "status"), [("anna", 403), ("quality", 403), ("boris", 302), ("head", 302)])
    def test_leads_restrict_and_the_card_says_so(
        self, who: str, status: int, request: pytest.FixtureRequest, sits_at: SitsAt, card: Contact, ilya: User
    ) -> None:
        browser, home = sits_at(request.getfixturevalue(who)), f"/clients/organisation/{card.client_id}/"
        assert browser.post(f"{home}restrict/", {"as": "secrecy"}).status_code == status
        card.refresh_from_db()
        assert card.client is not None
        assert (card.client.restricted_as == "secrecy") is (status == 302)
        if status == 302:
            assert "Карточка под учётом: секретность по договору" in sits_at(ilya).get(home).content.decode()
            assert "Илья Соколов" in browser.get(f"{home}looks/").content.decode()
            assert browser.post(f"{home}restrict/", {"as": "public"}).status_code == 404, "that is said of people"

    def test_merged_it_stays_restricted_and_parted_each_is_as_it_was(
        self, card: Contact, same: Client, boris: User
    ) -> None:
        volga = card.client
        assert volga is not None
        same.restrict("vip", by=boris)

        merging = ClientMerging.objects.merge(volga, same, by=boris)

        volga.refresh_from_db()
        assert volga.restricted_as == "vip"
        merging.undo(by=boris)
        volga.refresh_from_db()
        assert volga.restricted_as == ""


def test_a_field_of_the_company_is_filled_in_its_place(
    sits_at: SitsAt, ticket: Ticket, pavel: Contact, anna: User
) -> None:
    choice = CardField.objects.create(name="Магазин", kind="choice", options=["Северный", "Южный"])
    link = CardField.objects.create(name="Досье", kind="link", hint="адрес в CRM")
    browser, home = sits_at(anna), f"/clients/contact/{pavel.pk}/"

    form = browser.get(f"{home}{link.place}/", headers=PART).content.decode()
    wrong = browser.post(f"{home}{choice.place}/", {"value": "Западный"}, headers=PART)
    browser.post(f"{home}{choice.place}/", {"value": "Южный"}, headers=PART)
    shown = browser.post(f"{home}{link.place}/", {"value": "https://crm.test/7"}, headers=PART).content.decode()

    assert 'type="url"' in form and "адрес в CRM" in form and wrong.status_code == 422
    assert 'href="https://crm.test/7"' in shown and "noopener" in shown
    page = browser.get(f"/tickets/{ticket.number}/?card=client").content.decode()
    assert "Магазин" in page and "Южный" in page and 'href="https://crm.test/7"' in page
    assert browser.get(f"{home}field-987654/").status_code == 404


def test_who_does_not_answer_clients_fills_nothing(
    sits_at: SitsAt, ticket: Ticket, pavel: Contact, quality: User
) -> None:
    field = CardField.objects.create(name="Магазин")

    answer = sits_at(quality).post(f"/clients/contact/{pavel.pk}/{field.place}/", {"value": "Южный"})

    assert answer.status_code == 403 and not CardAnswer.objects.exists()
