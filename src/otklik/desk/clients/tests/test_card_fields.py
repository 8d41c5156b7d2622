"""Fields that the company keeps on its cards: answered, told, merged and parted."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import CardAnswer, CardField, Client, ClientMerging, Contact, Merging

pytestmark = pytest.mark.django_db


@pytest.fixture
def birthday(db: None) -> CardField:
    return CardField.objects.create(name="День рождения", kind="date", is_personal=True)


@pytest.fixture
def shop(db: None) -> CardField:
    return CardField.objects.create(name="Магазин", kind="choice", options=["Северный", "Южный"])


@pytest.fixture
def twin(db: None) -> Contact:
    return Contact.objects.recognise("email", "demidov@volga.test", name="Демидов Павел")


def test_an_answer_is_kept_changed_and_taken_away(shop: CardField, pavel: Contact, anna: User) -> None:
    assert shop.fill(pavel, "Северный", by=anna) == "Северный"
    shop.fill(pavel, "Южный", by=anna)
    shop.fill(pavel, "Южный", by=anna)

    assert [(one.field, one.value) for one in CardField.objects.answered(pavel)] == [(shop, "Южный")]
    told = Entry.objects.about("contact", pavel.pk).values_list("data__field", "data__value", "actor")
    assert list(told) == [(shop.place, "Северный", anna.pk), (shop.place, "Южный", anna.pk)]

    assert shop.fill(pavel, "", by=anna) is None
    assert not CardAnswer.objects.exists()


def test_what_does_not_fit_changes_nothing(shop: CardField, pavel: Contact, anna: User) -> None:
    shop.fill(pavel, "Южный", by=anna)
    for wrong in ("Западный", "x" * 600, "Южный\x00"):
        with pytest.raises(ValidationError):
            shop.fill(pavel, wrong, by=anna)

    assert shop.present(pavel) == "Южный"


def test_a_choice_that_is_not_offered_any_more_stays(shop: CardField, pavel: Contact, anna: User) -> None:
    shop.fill(pavel, "Южный", by=anna)
    shop.options = ["Северный"]
    shop.save()

    assert shop.fill(pavel, "Южный", by=anna) == "Южный"


@pytest.mark.parametrize(
    ("kind", "given", "kept", "said"),
    [
        ("number", "1 200,50", 1200.5, "1\N{NO-BREAK SPACE}200,5"),
        ("date", "28.11.2026", "2026-11-28", "28 ноября 2026 г."),
        ("flag", "yes", True, "да"),
        ("flag", False, False, "нет"),
        ("link", "https://crm.test/7", "https://crm.test/7", "https://crm.test/7"),
        ("text", "  два   слова ", "два слова", "два слова"),
    ],
)
def test_kinds_are_those_of_requests(
    kind: str, given: object, kept: object, said: str, pavel: Contact, anna: User
) -> None:
    field = CardField.objects.create(name="Поле", kind=kind)

    value = field.fill(pavel, given, by=anna)

    assert (value, type(value)) == (kept, type(kept)) and field.present(pavel) == kept
    assert field.said(value) == said


def test_the_journal_does_not_repeat_what_is_personal(birthday: CardField, pavel: Contact, anna: User) -> None:
    birthday.fill(pavel, "1987-03-14", by=anna)

    entry = Entry.objects.about("contact", pavel.pk).get()
    assert entry.data["field"] == birthday.place and "1987" not in str(entry.data)


def test_people_and_organisations_have_fields_of_their_own(
    birthday: CardField, shop: CardField, pavel: Contact, volga: Client
) -> None:
    branch = CardField.objects.create(name="Филиалов", kind="number", of="client")

    assert [one.field for one in CardField.objects.answered(volga)] == [branch]
    assert [one.field for one in CardField.objects.answered(pavel)] == [birthday, shop]
    assert CardField.objects.named(volga, shop.place) is None
    assert CardField.objects.named(pavel, "field-" + "9" * 30) is None
    shop.is_active = False
    shop.save()
    assert CardField.objects.named(pavel, shop.place) is None


def test_a_step_is_among_those_of_the_same_card(birthday: CardField, shop: CardField) -> None:
    between = CardField.objects.create(name="ИНН", of="client")
    for one in (birthday, between, shop):
        one.stand_last()
        one.save()

    shop.step(-1)

    assert list(CardField.objects.filter(of="contact")) == [shop, birthday]


def test_an_answer_has_one_holder_and_one_place(birthday: CardField, pavel: Contact, volga: Client) -> None:
    CardAnswer.objects.create(field=birthday, contact=pavel, value="1987-03-14")
    for wrong in ({"contact": pavel}, {"contact": pavel, "client": volga}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CardAnswer.objects.create(field=birthday, value="1", **wrong)


class TestMerging:
    def test_answers_move_and_come_back(
        self, birthday: CardField, shop: CardField, pavel: Contact, twin: Contact, boris: User
    ) -> None:
        shop.fill(pavel, "Северный", by=boris)
        shop.fill(twin, "Южный", by=boris)
        birthday.fill(twin, "1987-03-14", by=boris)

        merging = Merging.objects.merge(pavel, twin, by=boris)

        assert (shop.present(pavel), birthday.present(pavel)) == ("Северный", "1987-03-14")
        merging.undo(by=boris)
        assert (shop.present(pavel), birthday.present(pavel)) == ("Северный", None)
        assert (shop.present(twin), birthday.present(twin)) == ("Южный", "1987-03-14")

    def test_the_other_one_may_be_chosen(self, shop: CardField, pavel: Contact, twin: Contact, boris: User) -> None:
        flag = CardField.objects.create(name="Договор", kind="flag")
        for field, ours, theirs in ((shop, "Северный", "Южный"), (flag, "yes", "no")):
            field.fill(pavel, ours, by=boris)
            field.fill(twin, theirs, by=boris)

        merging = Merging.objects.merge(pavel, twin, take=[shop.place, flag.place], by=boris)

        assert (shop.present(pavel), flag.present(pavel)) == ("Южный", False)
        merging.undo(by=boris)
        assert (shop.present(pavel), flag.present(pavel)) == ("Северный", True)
        assert (shop.present(twin), flag.present(twin)) == ("Южный", False)

    def test_answers_of_organisations_move_and_come_back(self, volga: Client, boris: User) -> None:
        """What was chosen is the loser's; what nobody had answered here moves; parting gives exactly these back."""
        twin = Client.objects.create(name="ООО «Волга»")
        contract, branches, dossier = (
            CardField.objects.create(name=name, of="client", kind=kind)
            for name, kind in (("Договор", "text"), ("Филиалов", "number"), ("Досье", "link"))
        )
        for holder, number, count in ((volga, "СМ-1", 8), (twin, "СМ-2", 2.5)):
            contract.fill(holder, number, by=boris)
            branches.fill(holder, count, by=boris)
        dossier.fill(twin, "https://crm.test/7", by=boris)

        def said(client: Client) -> list[object]:
            return [one.value for one in CardField.objects.answered(client)]

        before = said(volga), said(twin)
        merging = ClientMerging.objects.merge(volga, twin, take=[branches.place], by=boris)

        assert said(volga) == ["СМ-1", 2.5, "https://crm.test/7"]
        merging.undo(by=boris)
        assert (said(volga), said(twin)) == before

    def test_a_restricted_card_stays_restricted(self, pavel: Contact, twin: Contact, boris: User) -> None:
        twin.restrict("vip", by=boris)

        merging = Merging.objects.merge(pavel, twin, by=boris)

        pavel.refresh_from_db()
        assert pavel.restricted_as == "vip"
        merging.undo(by=boris)
        pavel.refresh_from_db()
        assert pavel.restricted_as == ""
