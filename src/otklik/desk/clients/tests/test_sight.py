"""Who sees what is personal, and what is written down of it: AUDIT of looks."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Role, User
from otklik.desk.clients.models import CardField, Client, Contact, Secrecy
from otklik.desk.clients.sight import Place, Right, Sight, looked, looks_at, reveal

pytestmark = pytest.mark.django_db


@pytest.fixture
def secrecy(db: None) -> Secrecy:
    return Secrecy.objects.create(pk=1, facts=["note", "phones"])


def test_by_default_nothing_is_personal(anna: User, quality: User) -> None:
    for user in (anna, quality):
        assert Sight.of(user).opens("note") and Sight.of(user).opens("phones")


@pytest.mark.parametrize(
    ("role", "right"),
    [
        (Role.AGENT, Right.REASON),
        (Role.LEAD, Right.OPEN),
        (Role.HEAD, Right.OPEN),
        (Role.ADMIN, Right.OPEN),
        (Role.QUALITY, Right.NEVER),
    ],
)
def test_PRIVACY_each_role_has_its_right(secrecy: Secrecy, role: str, right: Right) -> None:
    field = CardField(name="День рождения", is_personal=True)
    sight = Sight.of(User(role=role))

    assert sight.right("note") is right and sight.of_field(field) is right
    assert sight.opens("interests") and sight.opens_field(CardField(name="Магазин"))


def test_somebody_has_to_see_them(secrecy: Secrecy) -> None:
    secrecy.open_to = ["lead"]
    with pytest.raises(ValidationError):
        secrecy.full_clean()


def test_who_sees_at_once_does_not_ask(secrecy: Secrecy) -> None:
    secrecy.open_to, secrecy.asking = ["admin", "agent"], ["agent"]
    secrecy.full_clean()

    assert secrecy.asking == []


class TestReveal:
    def test_it_is_written_down_with_its_reason(self, secrecy: Secrecy, pavel: Contact, anna: User) -> None:
        reveal(pavel, ["note"], " Звонит  сам ", Place.CARD, by=anna)

        (entry,) = looks_at(pavel)
        assert (entry.actor, entry.data["names"], entry.data["reason"]) == (anna, ["note"], "Звонит сам")

    def test_each_time_is_a_line(self, secrecy: Secrecy, pavel: Contact, anna: User) -> None:
        for _time in range(2):
            reveal(pavel, ["note"], "Звонит сам", Place.CARD, by=anna)

        assert len(looks_at(pavel)) == 2

    @pytest.mark.parametrize("reason", ["", "  ", "\x00", "x" * 201])
    def test_without_a_reason_nothing_is_shown(self, secrecy: Secrecy, pavel: Contact, anna: User, reason: str) -> None:
        with pytest.raises(ValidationError):
            reveal(pavel, ["note"], reason, Place.CARD, by=anna)

        assert not looks_at(pavel)

    def test_who_never_sees_it_gets_it_by_no_reason(self, secrecy: Secrecy, pavel: Contact, quality: User) -> None:
        with pytest.raises(PermissionDenied):
            reveal(pavel, ["interests", "note"], "Надо", Place.CARD, by=quality)

        assert not looks_at(pavel)

    def test_a_fact_of_another_card_is_none(self, secrecy: Secrecy, volga: Client, anna: User) -> None:
        for name in ("phones", "password", "field-1"):
            with pytest.raises(ValidationError):
                reveal(volga, [name], "Надо", Place.CARD, by=anna)


class TestLooks:
    def test_of_an_ordinary_card_nothing_is_asked_and_nothing_written(
        self, pavel: Contact, anna: User, django_assert_num_queries: object
    ) -> None:
        with django_assert_num_queries(0):  # type: ignore[operator]
            looked(pavel, Place.CARD, by=anna)

    def test_AUDIT_of_a_restricted_one_each_person_has_a_line(self, pavel: Contact, anna: User, boris: User) -> None:
        pavel.restrict("vip", by=boris)
        for who in (anna, anna, boris):
            looked(pavel, Place.TICKET, by=who)
        looked(pavel, Place.CARD, by=anna)

        assert [(entry.actor, entry.data["place"]) for entry in looks_at(pavel)] == [
            (boris, "ticket"),
            (anna, "ticket"),
        ]

    def test_later_it_is_another_look_and_a_program_is_another_place(
        self, pavel: Contact, anna: User, boris: User
    ) -> None:
        pavel.restrict("employee", by=boris)
        looked(pavel, Place.CARD, by=anna)
        Entry.objects.filter(kind="clients.ContactLooked").update(at=clock.now() - timedelta(minutes=11))
        looked(pavel, Place.CARD, by=anna)
        looked(pavel, Place.API, by=anna)

        assert [entry.data["place"] for entry in looks_at(pavel)] == ["api", "card", "card"]

    def test_an_unknown_kind_is_refused(self, pavel: Contact, boris: User) -> None:
        with pytest.raises(ValidationError):
            pavel.restrict("secret", by=boris)
