"""Programs keep addresses, organisations of people and consents."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import (
    CardField,
    Client,
    Consent,
    Contact,
    Identity,
    Membership,
    QuietPeriod,
    Secrecy,
)
from otklik.desk.clients.purposes import Agreed
from otklik.desk.clients.sight import looks_at
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(ticket: Ticket, pavel: Contact, volga: Client, boris: User) -> Contact:
    Membership(contact=pavel, client=volga).put(by=boris)
    return pavel


@pytest.fixture
def stranger(writes: Write, line_two: Team, ticket: Ticket) -> Contact:
    """Somebody of another line."""
    theirs = writes(sender="boss@ural.test", sender_name="Борис")
    Ticket.objects.filter(pk=theirs.pk).update(team=line_two, owner=None)
    return theirs.contact


def test_an_address_is_added_vouched_for_and_removed(ask: Ask, anna: User, card: Contact) -> None:
    home = f"contacts/{card.pk}/addresses"
    made, again = (ask("post", home, anna, {"email": "Demidov@Volga.test"}, key="k") for _ in range(2))
    assert (made.status_code, made.json()["value"]) == (201, "demidov@volga.test") and again.content == made.content
    number = made.json()["id"]

    sure = ask("post", f"{home}/{number}/sure", anna, {"sure": True}).json()
    assert sure["confirmed_at"] and Identity.objects.get(pk=number).verified_by == anna
    assert ask("post", f"{home}/{number}/sure", anna, {"sure": False}).json()["confirmed_at"] is None
    Identity.objects.came_back(["demidov@volga.test"])
    assert ask("post", f"{home}/{number}/again", anna).json()["failed_at"] is None
    left = ask("post", f"{home}/{number}/remove", anna).json()["addresses"]
    assert [one["value"] for one in left] == ["pavel@volga.test"]
    last = ask("post", f"{home}/{left[0]['id']}/remove", anna)
    assert last.status_code == 422 and card.identities.exists()
    assert ask("post", f"{home}/{number}/remove", anna).status_code == 404


@pytest.mark.parametrize(
    ("email", "status", "said"),
    [("не адрес", 422, ""), ("help@desk.test", 422, "ours"), ("boss@ural.test", 409, "somebody else")],
)
def test_what_is_no_address_of_theirs_is_refused(
    ask: Ask, anna: User, card: Contact, stranger: Contact, email: str, status: int, said: str
) -> None:
    answer = ask("post", f"contacts/{card.pk}/addresses", anna, {"email": email})
    assert (answer.status_code, answer.json()["field"]) == (status, "email") and said in answer.json()["detail"]
    assert str(stranger.pk) not in answer.json()["detail"] and card.identities.count() == 1


def test_a_telephone_and_a_name_in_telegram_by_hand(ask: Ask, anna: User, card: Contact, stranger: Contact) -> None:
    home = f"contacts/{card.pk}/addresses"
    Identity.objects.create(contact=stranger, kind="phone", value="+79135550199")
    made = ask("post", home, anna, {"kind": "phone", "value": "8 913 555-01-42", "sure": True}).json()
    assert (made["kind"], made["value"]) == ("phone", "+79135550142") and made["confirmed_at"]
    assert Identity.objects.get(pk=made["id"]).verified_by == anna
    named = ask("post", home, anna, {"kind": "telegram", "value": "https://t.me/Pavel_D"}).json()
    assert (named["kind"], named["shown"], named["confirmed_at"]) == ("telegram", "@pavel_d", None)
    told = {
        one["kind"]: one["shown"] or one["value"] for one in ask("get", f"contacts/{card.pk}", anna).json()["addresses"]
    }
    assert told == {"email": "pavel@volga.test", "phone": "+79135550142", "telegram": "@pavel_d"}

    for body in ({"kind": "phone", "value": "позвоните"}, {"kind": "telegram", "value": "+7 913"}, {"value": "x"}):
        refused = ask("post", home, anna, body)
        assert (refused.status_code, refused.json()["field"]) == (422, "value"), body
    for body in ({}, {"email": "a@b.test", "value": "a@b.test"}, {"email": "a@b.test", "kind": "phone"}):
        assert ask("post", home, anna, body).json()["field"] == "value", body
    assert ask("post", home, anna, {"kind": "chat", "value": "1"}).status_code == 422
    taken = ask("post", home, anna, {"kind": "phone", "value": "+7 913 555-01-99"})
    assert (taken.status_code, taken.json()["field"]) == (409, "value") and str(stranger.pk) not in taken.json()[
        "detail"
    ]
    assert card.identities.count() == 3


def test_PRIVACY_who_sees_no_numbers_adds_none(ask: Ask, anna: User, boris: User, card: Contact) -> None:
    Secrecy.objects.create(pk=1, facts=["phones"])
    body = {"kind": "phone", "value": "+79135550142"}
    assert ask("post", f"contacts/{card.pk}/addresses", anna, body).status_code == 403
    assert ask("post", f"contacts/{card.pk}/addresses", boris, body).status_code == 201


def test_a_zone_that_nobody_set_is_guessed_and_said_to_be_so(ask: Ask, anna: User, boris: User, card: Contact) -> None:
    def told() -> Any:
        return ask("get", f"contacts/{card.pk}?fields=time_zone,time_zone_guess", anna).json()

    assert told() == {"time_zone": "", "time_zone_guess": None}
    city = CardField.objects.create(name="Город")
    city.fill(card, "Новосибирск", by=anna)
    assert told()["time_zone_guess"] == {"zone": "Asia/Novosibirsk", "by": "city"}
    Identity.objects.create(contact=card, kind="phone", value="+74232220000")
    assert told()["time_zone_guess"] == {"zone": "Asia/Vladivostok", "by": "phone"}
    Secrecy.objects.create(pk=1, facts=["phones"])
    assert told()["time_zone_guess"] is None, "a hidden number says nothing"
    card.change("time_zone", "Asia/Omsk", by=boris)
    assert told() == {"time_zone": "Asia/Omsk", "time_zone_guess": None}


def test_PRIVACY_a_hidden_number_is_not_there(ask: Ask, anna: User, boris: User, card: Contact) -> None:
    phone = Identity.objects.create(contact=card, kind="phone", value="+79135550142")
    Secrecy.objects.create(pk=1, facts=["phones"])
    address = f"contacts/{card.pk}/addresses/{phone.pk}/remove"
    assert ask("post", address, anna).status_code == 404
    assert ask("post", address, boris).status_code == 200 and not card.identities.filter(kind="phone").exists()


def test_an_organisation_of_a_person(ask: Ask, anna: User, card: Contact, volga: Client) -> None:
    home = f"contacts/{card.pk}/memberships"
    body = {"organisation": "Новая Волга", "roles": ["decision"], "area": "закупки", "position": "директор"}

    made = ask("post", home, anna, body)

    assert made.status_code == 201, made.json()
    told = made.json()
    said = {"organisation": "Новая Волга", "roles": ["decision"], "main": False, "area": "закупки"}
    assert told | said == told
    changed = ask("patch", f"{home}/{told['id']}", anna, {"main": True}).json()
    assert changed["main"] is True and changed["area"] == "закупки", "what is not named stays"
    assert ask("get", f"contacts/{card.pk}", anna).json()["organisation"] == "Новая Волга"
    after = ask("post", f"{home}/{told['id']}/end", anna).json()
    assert (after["organisation"], len(after["memberships"])) == ("Волга", 1)
    twice = ask("post", home, anna, {"organisation_id": volga.pk})
    assert twice.status_code == 422 and "already" in twice.json()["detail"]
    for wrong in ({}, {"organisation_id": volga.pk, "organisation": "Волга"}, {"organisation_id": 987654}):
        assert ask("post", home, anna, wrong).json()["field"] == "organisation_id"
    assert ask("post", home, anna, {"organisation": "Х", "roles": ["king"]}).status_code == 422
    assert not Client.objects.filter(name="Х").exists()


def test_ACCESS_1_nobody_is_given_to_an_organisation_that_one_does_not_know(
    ask: Ask, anna: User, head: User, card: Contact, stranger: Contact
) -> None:
    ural = Client.objects.create(name="Урал")
    Membership(contact=stranger, client=ural).put(by=head)
    for body in ({"organisation_id": ural.pk}, {"organisation": "урал"}):
        assert ask("post", f"contacts/{card.pk}/memberships", anna, body).status_code == 422
    assert ask("get", f"organisations/{ural.pk}/members", anna).status_code == 404
    body = {"email": "boss@ural.test"}
    assert ask("post", f"organisations/{card.client_id}/members", anna, body).status_code == 422
    assert ask("post", f"organisations/{card.client_id}/members", head, body).status_code == 201


def test_members_are_listed_in_pages_and_added(ask: Ask, anna: User, card: Contact, volga: Client) -> None:
    home = f"organisations/{volga.pk}/members"
    for number in range(3):
        body = {"email": f"n{number}@volga.test", "name": f"Н{number}", "roles": ["user"]}
        assert ask("post", home, anna, body).status_code == 201
    first = ask("get", f"{home}?limit=2", anna)
    following = first["Link"].split(">")[0].split("/api/v1/")[1]
    rows = [*first.json(), *ask("get", following, anna).json()]
    assert [row["name"] for row in rows] == [card.name, "Н0", "Н1", "Н2"]
    assert ask("post", home, anna, {"email": "help@desk.test"}).json()["field"] == "email"


def test_a_consent_names_its_text_and_is_taken_back(ask: Ask, anna: User, card: Contact) -> None:
    home = f"contacts/{card.pk}/consents"
    nameless = {"purpose": "marketing", "given": True, "source": "письмо"}
    assert ask("post", home, anna, nameless).status_code == 422
    given = ask("post", home, anna, nameless | {"version": "2026-05"})
    assert given.status_code == 201 and given.json()["given"] is True
    ask("post", home, anna, nameless | {"given": False})
    told = ask("get", f"contacts/{card.pk}", anna).json()["consents"]
    assert [(one["purpose"], one["given"]) for one in told] == [("marketing", False)]
    assert list(Consent.objects.order_by("id").values_list("given", "by")) == [(True, anna.pk), (False, anna.pk)]


def test_every_word_is_told_with_its_text(
    ask: Ask, anna: User, card: Contact, vera: User, quality: User, django_assert_max_num_queries: Any
) -> None:
    home = f"contacts/{card.pk}/consents"
    for number in range(3):
        said = {"purpose": "surveys", "given": number != 1, "version": f"v{number}", "source": "письмо"}
        ask("post", home, anna, said | {"text": f"Согласен {number}"})
    Consent.objects.say(
        card, Agreed.MARKETING, given=True, source="страница", by=None, version="2026", text="Хочу новости"
    )

    rows, address = [], f"{home}?limit=3"
    while address:
        with django_assert_max_num_queries(12):
            answer = ask("get", address, anna)
        rows += answer.json()
        address = answer["Link"].split(">")[0].split("/api/v1/")[1] if "Link" in answer else ""
    assert [(one["text"], one["given"], one["holds"]) for one in rows] == [
        ("Хочу новости", True, True),
        ("Согласен 2", True, True),
        ("Согласен 1", False, False),
        ("Согласен 0", True, False),
    ]
    assert [one["by"] and one["by"]["login"] for one in rows] == [None, "anna", "anna", "anna"]
    assert [one["version"] for one in ask("get", f"{home}?purpose=marketing", anna).json()] == ["2026"]
    assert ask("get", home, vera).status_code == 404 and ask("get", home, quality).status_code == 200


def test_whether_they_may_be_contacted_and_why_not(
    ask: Ask, anna: User, boris: User, card: Contact, vera: User
) -> None:
    home = f"contacts/{card.pk}/may-contact"
    free = ask("get", f"{home}?purpose=notice", anna).json()
    assert free == {"allowed": True, "why": "", "reason": "", "not_before": None, "by": ""}
    card.change("reach_by", "phone", by=boris)
    until = clock.today() + timedelta(days=2)
    QuietPeriod(contact=card, reason="Отпуск", holds="notices", ends_on=until).put(by=boris)

    held = ask("get", f"{home}?purpose=notice", anna).json()
    assert (held["allowed"], held["why"], held["reason"], held["by"]) == (False, "quiet", "Отпуск", "phone")
    assert held["not_before"] > clock.now().isoformat()
    later = quote((clock.now() + timedelta(days=5)).isoformat())
    assert ask("get", f"{home}?purpose=notice&at={later}", anna).json()["allowed"] is True
    owed = ask("get", f"{home}?purpose=answer&channel=phone", anna).json()
    assert (owed["allowed"], owed["by"]) == (True, "phone"), "what is owed is never held back"
    offer = ask("get", f"{home}?purpose=marketing", anna).json()
    assert (offer["why"], offer["reason"]) == ("not_given", "they have not agreed to it")
    assert ask("get", f"{home}?purpose=survey&asks=act", anna).json()["allowed"] is False

    for wrong in (
        "",
        "?purpose=spam",
        "?purpose=notice&channel=pigeon",
        f"?purpose=notice&at={quote('2090-01-01T00:00:00Z')}",
    ):
        assert ask("get", f"{home}{wrong}", anna).status_code == 422, wrong
    assert ask("get", f"{home}?purpose=notice", vera).status_code == 404


def doings(card: Contact) -> list[tuple[str, dict[str, Any]]]:
    home, membership = f"contacts/{card.pk}", card.memberships.get().pk
    return [
        (f"{home}/addresses", {"email": "x@volga.test"}),
        (f"{home}/addresses/{card.identities.get().pk}/sure", {"sure": True}),
        (f"{home}/memberships", {"organisation": "Другая"}),
        (f"{home}/memberships/{membership}/end", {}),
        (f"{home}/consents", {"purpose": "surveys", "given": False, "source": "письмо"}),
        (f"organisations/{card.client_id}/members", {"email": "y@volga.test"}),
    ]


def test_ACCESS_1_who_may_not(ask: Ask, anna: User, vera: User, quality: User, card: Contact, door: Channel) -> None:
    for path, body in doings(card):
        assert ask("post", path, vera, body).status_code == 404, path
        assert ask("post", path, quality, body).status_code == 403, path
        assert ask("post", path, anna, body, scopes=("tickets:read", "tickets:write")).status_code == 403, path
    assert card.identities.count() == card.memberships.count() == 1 and not Consent.objects.exists()


def test_a_card_is_changed_only_as_it_was_read(ask: Ask, anna: User, boris: User, card: Contact) -> None:
    read = ask("get", f"contacts/{card.pk}", anna)
    path, body = doings(card)[0]
    card.known_by("other@volga.test", by=boris)
    late = ask("post", path, anna, body, tag=read["ETag"])
    assert late.status_code == 412 and ask("post", path, anna, body, tag=late["ETag"]).status_code == 201


def test_AUDIT_a_restricted_card_remembers_who_wrote_on_it(ask: Ask, anna: User, boris: User, card: Contact) -> None:
    card.restrict("vip", by=boris)
    path, body = doings(card)[0]
    ask("post", path, anna, body)
    assert [look.actor for look in looks_at(card)] == [anna]
