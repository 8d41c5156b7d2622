"""Addresses of a client kept by hand: added, removed, and vouched for by a colleague in their own name."""

from typing import Any

import pytest
from django.test import Client as Browser

from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Contact, Identity, Secrecy
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}


@pytest.fixture
def annas(ticket: Ticket, anna: User, client: Browser) -> Browser:
    client.force_login(anna)
    return client


def place(contact: Contact, *more: object) -> str:
    return f"/clients/contact/{contact.pk}/addresses/" + "".join(f"{part}/" for part in more)


def add(browser: Browser, contact: Contact, address: str) -> Any:
    return browser.post(place(contact), {"address": address}, headers=PART)


def known(contact: Contact) -> set[str]:
    return set(contact.identities.values_list("value", flat=True))


def trail(contact: Contact) -> list[tuple[str, str, User | None]]:
    entries = Entry.objects.about("contact", contact.pk).order_by("id")
    return [(entry.data["field"], entry.data["value"], entry.actor) for entry in entries]


def test_letters_from_an_added_address_are_of_the_same_person(
    annas: Browser, pavel: Contact, anna: User, writes: Write
) -> None:
    answer = add(annas, pavel, " Pavel@Home.Test ")

    assert answer.status_code == 200 and "pavel@home.test" in answer.content.decode()
    assert Identity.objects.get(value="pavel@home.test").added_by == anna
    assert trail(pavel) == [("address_added", "pavel@home.test", anna)]
    writes("Пишу из дома", sender="pavel@home.test")
    assert Ticket.objects.latest("id").contact == pavel


@pytest.mark.parametrize("typed", ["", "pavel", "pavel@", "a b@volga.test", "x" * 310 + "@volga.test"])
def test_what_is_no_address_is_refused_in_place(annas: Browser, pavel: Contact, typed: str) -> None:
    before = known(pavel)

    answer = add(annas, pavel, typed)

    assert answer.status_code == 422 and 'aria-invalid="true"' in answer.content.decode()
    assert known(pavel) == before and trail(pavel) == []


def test_an_address_of_ours_is_nobodys(annas: Browser, pavel: Contact) -> None:
    ours = Channel.objects.latest("id").address

    assert add(annas, pavel, ours).status_code == 422 and ours not in known(pavel)


@pytest.mark.parametrize("typed", ["olga@volga.test", "OLGA@volga.test", "olga+shop@volga.test"])
def test_the_address_of_another_client_is_not_taken_away(
    annas: Browser, pavel: Contact, writes: Write, typed: str
) -> None:
    """A tag would take their letters as well: olga+shop@ is olga@."""
    writes("Здравствуйте", sender="olga@volga.test", sender_name="Ольга")
    olga = Contact.objects.get(identities__value="olga@volga.test")

    answer = add(annas, pavel, typed)

    assert answer.status_code == 422 and f"/clients/contact/{olga.pk}/" in answer.content.decode()
    assert known(olga) == {"olga@volga.test"} and trail(pavel) == []


def test_whose_it_is_stays_hidden_from_who_may_not_know(
    annas: Browser, pavel: Contact, writes: Write, line_two: Team
) -> None:
    writes("Здравствуйте", sender="olga@volga.test", sender_name="Ольга Тайная")
    olga = Contact.objects.get(identities__value="olga@volga.test")
    Ticket.objects.filter(contact=olga).update(team=line_two, owner=None)

    answer = add(annas, pavel, "olga@volga.test")

    assert answer.status_code == 422
    assert "Тайная" not in answer.content.decode() and f"/clients/contact/{olga.pk}/" not in answer.content.decode()


def test_adding_what_is_known_changes_nothing(annas: Browser, pavel: Contact) -> None:
    (value,) = known(pavel)

    assert add(annas, pavel, value).status_code == 200
    assert known(pavel) == {value} and trail(pavel) == []


def test_a_removed_address_is_of_somebody_new_and_can_be_put_back(
    annas: Browser, pavel: Contact, anna: User, writes: Write
) -> None:
    added = pavel.known_by("pavel@home.test", by=anna)

    page = annas.post(place(pavel, added.pk, "remove"), headers=PART).content.decode()

    assert "pavel@home.test" not in known(pavel) and 'value="pavel@home.test"' in page
    assert trail(pavel)[-1] == ("address_removed", "pavel@home.test", anna)
    add(annas, pavel, "pavel@home.test")
    assert "pavel@home.test" in known(pavel)


def test_the_only_address_stays(annas: Browser, pavel: Contact) -> None:
    only = pavel.identities.get()

    answer = annas.post(place(pavel, only.pk, "remove"), headers=PART)

    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert pavel.identities.get() == only


def test_a_colleague_vouches_in_their_own_name_and_may_take_it_back(
    annas: Browser, pavel: Contact, anna: User, ticket: Ticket
) -> None:
    one = pavel.identities.get()

    page = annas.post(place(pavel, one.pk, "sure"), headers=PART).content.decode()

    one.refresh_from_db()
    assert one.verified_by == anna and one.verified_at is not None and anna.name in page
    assert anna.name in annas.get(f"/tickets/{ticket.number}/").content.decode().split('id="addresses"')[1]
    annas.post(place(pavel, one.pk, "sure"), {"no": "1"}, headers=PART)
    one.refresh_from_db()
    assert one.verified_by is None and one.verified_at is None
    assert [entry[0] for entry in trail(pavel)] == ["address_sure", "address_unsure"]


def test_letters_go_to_the_confirmed_address(pavel: Contact, anna: User) -> None:
    pavel.known_by("pavel@home.test", by=anna).made_sure(True, by=anna)

    assert Contact.objects.get(pk=pavel.pk).email == "pavel@home.test"


def test_the_card_tells_who_did_what(annas: Browser, pavel: Contact) -> None:
    add(annas, pavel, "pavel@home.test")

    page = annas.get(f"/clients/contact/{pavel.pk}/").content.decode()

    assert "Address added" in page or "Добавлен адрес" in page


def test_who_only_reads_changes_nothing(ticket: Ticket, pavel: Contact, client: Browser, quality: User) -> None:
    client.force_login(quality)
    only = pavel.identities.get()

    assert client.get(place(pavel)).status_code == 403
    assert add(client, pavel, "x@volga.test").status_code == 403
    assert client.post(place(pavel, only.pk, "sure")).status_code == 403
    assert "/addresses/" not in client.get(f"/clients/contact/{pavel.pk}/").content.decode()


def test_an_address_is_changed_on_the_card_of_its_person_alone(annas: Browser, pavel: Contact, writes: Write) -> None:
    writes("Здравствуйте", sender="olga@volga.test")
    theirs = Identity.objects.get(value="olga@volga.test")

    for act in ("sure", "remove", "again"):
        assert annas.post(place(pavel, theirs.pk, act)).status_code == 404


def add_kind(browser: Browser, contact: Contact, kind: str, address: str) -> Any:
    return browser.post(place(contact), {"address": address, "kind": kind}, headers=PART)


@pytest.mark.parametrize("typed", ["8 (913) 555-01-42", "+7 913 555 01 42", "79135550142"])
def test_a_phone_is_kept_in_one_form_and_confirmed(annas: Browser, pavel: Contact, typed: str, anna: User) -> None:
    answer = add_kind(annas, pavel, "phone", typed)

    one = pavel.identities.get(kind="phone")
    assert (one.value, one.added_by, answer.status_code) == ("+79135550142", anna, 200)
    assert add_kind(annas, pavel, "phone", "8-913-555-01-42").status_code == 200
    assert pavel.identities.filter(kind="phone").count() == 1, "the same number, once"
    annas.post(place(pavel, one.pk, "sure"), headers=PART)
    one.refresh_from_db()
    assert one.verified_by == anna


def test_a_phone_of_somebody_else_is_told_with_the_way_there(annas: Browser, pavel: Contact, writes: Write) -> None:
    other = writes("Я", sender="lena@home.test", sender_name="Лена").contact
    Identity.objects.create(contact=other, kind="phone", value="89135550142")

    answer = add_kind(annas, pavel, "phone", "+79135550142")

    told = answer.content.decode()
    assert answer.status_code == 422 and f"/clients/contact/{other.pk}/" in told and "Лена" in told


@pytest.mark.parametrize(
    ("kind", "typed"), [("phone", "12"), ("phone", "звонить"), ("telegram", "два слова"), ("chat", "x")]
)
def test_what_is_no_such_address_is_refused(annas: Browser, pavel: Contact, kind: str, typed: str) -> None:
    before = known(pavel)
    assert add_kind(annas, pavel, kind, typed).status_code == 422 and known(pavel) == before


def test_whoever_sees_no_phones_adds_none(annas: Browser, pavel: Contact) -> None:
    Secrecy.objects.create(pk=1, facts=["phones"])

    assert add_kind(annas, pavel, "phone", "+79135550142").status_code == 422
    assert not pavel.identities.filter(kind="phone").exists()


def test_a_name_in_telegram_becomes_the_person_who_writes(annas: Browser, pavel: Contact) -> None:
    add_kind(annas, pavel, "telegram", "https://t.me/Pavel_D")
    one = pavel.identities.get(kind="telegram")
    assert (one.value, one.shown) == ("telegram:@pavel_d", "@pavel_d")

    Identity.objects.comes_true("telegram", "telegram:77", "@Pavel_D")
    assert Contact.objects.recognise("telegram", "telegram:77") == pavel
    one.refresh_from_db()
    assert one.value == "telegram:77"
