"""Clients, organisations and products from a file: new, changed, the same, wrong; never twice."""

import json

import pytest

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import (
    CardAnswer,
    CardField,
    Client,
    Confirmation,
    Contact,
    Identity,
    Membership,
    Merging,
    Product,
)
from otklik.desk.imports.models import ExternalId
from otklik.desk.imports.tests.conftest import Bring, workbook
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db

PEOPLE = """ID;ФИО;E-mail;Телефон;Организация;Должность;Теги
7;Анна Белова;Anna@Don.example;8 (900) 123-45-67;Дон;бухгалтер;VIP, Юг
8;Пётр Ким;petr@don.example;;ДОН;;
"""


def test_people_come_with_addresses_organisation_and_tags(bring: Bring) -> None:
    of = bring("contacts", PEOPLE)
    assert of.state == "done" and of.told == {"new": 2, "changed": 0, "same": 0, "wrong": 0}
    anna = Contact.objects.get(name="Анна Белова")
    assert list(anna.identities.order_by("kind").values_list("kind", "value")) == [
        ("email", "anna@don.example"),
        ("phone", "+79001234567"),
    ]
    assert (anna.client.name, anna.position, anna.tags) == ("Дон", "бухгалтер", ["vip", "юг"])  # type: ignore[union-attr]
    assert anna.memberships.get().is_main and Client.objects.count() == 1
    assert Contact.objects.recognise("email", "ANNA@don.example") == anna


def test_a_second_run_changes_nothing_and_doubles_nothing(bring: Bring) -> None:
    bring("contacts", PEOPLE)
    again = bring("contacts", PEOPLE)
    assert again.told == {"new": 0, "changed": 0, "same": 2, "wrong": 0}
    assert (Contact.objects.count(), Identity.objects.count(), Membership.objects.count()) == (2, 3, 2)


def test_a_changed_row_changes_the_person_and_an_empty_cell_takes_nothing_away(bring: Bring) -> None:
    bring("contacts", PEOPLE)
    of = bring("contacts", "id,name,email,phone,company,job title\n7,Анна Ли,anna@li.example,,Волга,\n")
    anna = Contact.objects.get(name="Анна Ли")
    assert of.told["changed"] == 1 and Contact.objects.count() == 2
    assert set(anna.identities.values_list("value", flat=True)) == {
        "anna@don.example",
        "anna@li.example",
        "+79001234567",
    }
    assert (anna.position, anna.client.name) == ("бухгалтер", "Волга")  # type: ignore[union-attr]
    assert [(one.client.name, one.is_main) for one in anna.memberships.order_by("pk")] == [
        ("Дон", False),
        ("Волга", True),
    ]


def test_whoever_wrote_before_is_known_by_the_address(bring: Bring) -> None:
    known = Contact.objects.recognise("email", "anna@don.example")
    assert bring("contacts", PEOPLE).told["changed"] == 1
    known.refresh_from_db()
    assert known.name == "Анна Белова" and Contact.objects.count() == 2
    assert ExternalId.objects.get(external_id="7").object_id == known.pk


def test_wrong_rows_never_stop_the_good_ones(bring: Bring) -> None:
    of = bring(
        "contacts",
        "name,email,phone,created_at\n"
        "Анна,anna@don.example,,\n"
        "Борис,boris@,,\n"
        "Вера,,12,\n"
        "Галина,,,\n"
        "Дарья,daria@don.example,,31.31.2024\n"
        "Ева,eva@don.example,,,surplus\n"
        "Жанна,zhanna@don.example,,01.02.2024 10:00\n",
    )
    assert of.told == {"new": 2, "changed": 0, "same": 0, "wrong": 5}
    problems = list(of.problems.order_by("line").values_list("line", "column"))
    assert problems == [(3, "email"), (4, "phone"), (5, ""), (6, "created_at"), (7, "")]
    assert of.problems.get(line=3).cells["name"] == "Борис"
    assert Contact.objects.filter(name__in=["Анна", "Жанна"]).count() == 2


def test_two_people_with_one_address_are_a_wrong_row(bring: Bring) -> None:
    of = bring("contacts", "id,name,email\n1,Анна,a@x.example\n2,Борис,b@x.example\n")
    of = bring("contacts", "id,name,email\n1,Анна,b@x.example\n")
    assert of.told["wrong"] == 1 and "Борис" in of.problems.get().words


def test_a_dry_run_counts_the_same_and_changes_nothing(bring: Bring) -> None:
    double = PEOPLE + "7;Анна Белова;;;;;\nx;;;;;;\n;;;;Дон;;\n"
    dry = bring("contacts", double, dry=True)
    assert dry.state == "checked" and Contact.objects.count() == Client.objects.count() == 0
    assert dry.told == bring("contacts", double).told == {"new": 3, "changed": 0, "same": 1, "wrong": 1}


def test_a_dry_run_over_several_batches_counts_a_person_once(bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("otklik.desk.imports.running.BATCH", 1)
    dry = bring("contacts", PEOPLE + "7;Анна Белова;;;;;\n", dry=True)
    assert dry.told["new"] == 2


def test_no_news_for_rows_one_for_the_file(bring: Bring) -> None:
    before = Entry.objects.count()
    of = bring("contacts", PEOPLE)
    entry = Entry.objects.order_by("id").last()
    assert Entry.objects.count() == before + 1
    assert entry is not None and (entry.kind, entry.about_id) == ("imports.ImportFinished", of.pk)
    assert entry.data["new"] == 2


def test_rows_of_lists_repeat_the_new_name(bring: Bring, writes: Write) -> None:
    ticket = writes("Не работает", sender="anna@don.example")
    bring("contacts", PEOPLE)
    ticket.refresh_from_db()
    assert (ticket.contact_name, ticket.client_name) == ("Анна Белова", "Дон")
    bring("organisations", "id,name\n1,Дон\n")
    bring("organisations", "id,name\n1,Дон-Телеком\n")
    ticket.refresh_from_db()
    assert ticket.client_name == "Дон-Телеком"


def test_organisations_are_known_by_identifier_taxpayer_number_or_name(bring: Bring) -> None:
    bring("organisations", "name\nДон\n")
    of = bring("organisations", "id,name,inn,site,tags,manager\n1,дон,6100000001,don.example,Юг,nobody\n")
    don = Client.objects.get()
    assert (don.name, don.tax_number, don.website, don.tags) == ("дон", "6100000001", "don.example", ["юг"])
    assert of.told == {"new": 0, "changed": 1, "same": 0, "wrong": 0}
    assert of.problems.get().kept and of.problems.get().column == "manager"
    bring("organisations", "name,inn\nДон,7700000002\nДон-Юг,6100000001\n")
    assert sorted(Client.objects.values_list("name", "tax_number")) == [
        ("Дон", "7700000002"),
        ("Дон-Юг", "6100000001"),
    ]


def test_people_find_their_organisation_by_its_identifier(bring: Bring) -> None:
    bring("organisations", "id,name\n55,Дон\n")
    of = bring("contacts", "id,email,organization_id\n1,a@x.example,55\n2,b@x.example,56\n")
    assert of.told["new"] == 1 and of.problems.get().column == "organization_id"
    assert Contact.objects.get().client == Client.objects.get(name="Дон")


def test_products_by_name_or_identifier(bring: Bring) -> None:
    bring("products", "Артикул;Название;Используется\nA1;АТС;да\nA2;Номер 8-800;нет\n")
    assert bring("products", "sku,name\nA1,Виртуальная АТС\n,номер 8-800\n").told["changed"] == 2
    assert sorted(Product.objects.values_list("name", "is_active")) == [
        ("Виртуальная АТС", True),
        ("номер 8-800", False),
    ]


def test_a_workbook_keeps_telephones(bring: Bring) -> None:
    bring("contacts", workbook(["Имя", "Телефон"], ["Анна", 79001234567], ["Борис", "8-800-555-35-35"]))
    assert set(Identity.objects.values_list("value", flat=True)) == {"+79001234567", "+78005553535"}


def test_control_characters_and_formulas_are_kept_as_text(bring: Bring) -> None:
    of = bring("contacts", json.dumps([{"id": "1\x00", "name": "=cmd|' /C calc'!A0\x00", "email": "a@x.example"}]))
    assert of.told["new"] == 1 and Contact.objects.get().name == "=cmd|' /C calc'!A0"


def test_columns_are_decided_by_a_person(bring: Bring) -> None:
    of = bring("contacts", "k,who,where\n1,Анна,a@x.example\n", k="external_id", who="name", where="email")
    assert of.told["new"] == 1 and ExternalId.objects.get().external_id == "1"
    with pytest.raises(ValueError, match="nothing"):
        bring("contacts", "k\n1\n", nothing="name")
    with pytest.raises(ValueError, match="external_id"):
        bring("contacts", "k\n1\n", k="nothing")


def test_people_and_organisations_as_other_desks_write_them(bring: Bring) -> None:
    """The lists of users and organisations of Zendesk's export, by its documentation."""
    organisations = {"organizations": [{"id": 55, "name": "Дон", "domain_names": ["don.example"], "tags": ["юг"]}]}
    bring("organisations", json.dumps(organisations), source="zendesk")
    user = {"id": 7, "name": "Анна", "email": "a@don.example", "phone": None, "organization_id": 55, "notes": "чай"}
    user |= {"role": "end-user", "tags": ["vip"], "created_at": "2020-01-02T03:04:05Z", "user_fields": {"x": None}}
    of = bring(
        "contacts",
        json.dumps(user) + "\n" + json.dumps(user | {"id": 8, "email": "b@don.example"}) + "\n",
        source="zendesk",
    )
    anna = Contact.objects.get(identities__value="a@don.example")
    assert of.told["new"] == 2 and anna.client == Client.objects.get(name="Дон", website="don.example")
    assert (anna.note, anna.tags, anna.created_at.year, anna.position) == ("чай", ["vip"], 2020, "")


def test_an_identifier_follows_the_person_who_was_merged_and_comes_back(bring: Bring, boris: User) -> None:
    bring("contacts", PEOPLE)
    anna, petr = Contact.objects.get(name="Анна Белова"), Contact.objects.get(name="Пётр Ким")
    merging = Merging.objects.merge(anna, petr, by=boris)

    bring("contacts", "id,name,email,phone\n8,Анна Ким,,\n")
    anna.refresh_from_db()
    petr.refresh_from_db()
    assert (anna.name, petr.name) == ("Анна Ким", "Пётр Ким")

    merging.undo(by=boris)
    assert ExternalId.objects.get(external_id="8").object_id == petr.pk
    assert ExternalId.objects.get(external_id="7").object_id == anna.pk


def test_fields_of_the_company_are_columns_too(bring: Bring) -> None:
    birthday = CardField.objects.create(name="День рождения", kind="date")
    shop = CardField.objects.create(name="Магазин", kind="choice", options=["Северный", "Южный"])
    news = CardField.objects.create(name="Рассылка", kind="flag")
    file = (
        "name;email;День рождения;Магазин;Рассылка\n"
        "Анна;anna@don.example;14.03.1987;южный;да\n"
        "Пётр;petr@don.example;;;\n"
        "Зоя;zoya@don.example;вчера;;\n"
    )

    of = bring("contacts", file)

    assert of.told == {"new": 2, "changed": 0, "same": 0, "wrong": 1}
    anna = Contact.objects.get(name="Анна")
    assert [one.value for one in CardField.objects.answered(anna)] == ["1987-03-14", "Южный", True]
    assert of.problems.get().column == "День рождения"
    assert bring("contacts", file).told == {"new": 0, "changed": 0, "same": 2, "wrong": 1}

    again = bring("contacts", "email;День рождения;Магазин\nanna@don.example;;Северный\n")

    assert again.told["changed"] == 1
    assert (birthday.present(anna), shop.present(anna), news.present(anna)) == ("1987-03-14", "Северный", True)
    assert bring("contacts", "email;Магазин\nnina@don.example;Южный\n", dry=True).told["new"] == 1
    assert CardAnswer.objects.count() == 3


def test_fields_of_organisations_are_columns_too(bring: Bring) -> None:
    branches = CardField.objects.create(name="Филиалов", kind="number", of="client")

    of = bring("organisations", "name,Филиалов\nДон,1 200\nВолга,много\n")

    assert of.told == {"new": 1, "changed": 0, "same": 0, "wrong": 1}
    assert branches.present(Client.objects.get()) == 1200
    assert bring("organisations", "name,Филиалов\nДон,7\n").told["changed"] == 1


def test_what_a_file_writes_over_is_confirmed_no_more(bring: Bring, anna: User) -> None:
    bring("contacts", PEOPLE)
    contact = Contact.objects.get(name="Анна Белова")
    contact.change("address_as", "Анна", by=anna)
    contact.change("time_zone", "Europe/Samara", by=anna)
    main = contact.memberships.get()
    main.roles = ["decision"]
    main.put(by=anna)

    bring("contacts", "id,name,email,address as,time zone,company\n7,,anna@don.example,Анна,Europe/Moscow,Дон\n")
    assert set(Confirmation.objects.of(contact)) == {"address_as", "roles"}

    bring("contacts", "id,name,email,company\n7,,anna@don.example,Волга\n")
    assert set(Confirmation.objects.of(contact)) == {"address_as"}
