"""Service classes: drawn up, checked, promised, given to a client; and each refusal says what to mend."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Client as Organisation
from otklik.desk.clients.models import Contact
from otklik.desk.sla.models import Agreement, Kind, ServiceClass
from otklik.desk.sla.safe import Advice, Safe

pytestmark = pytest.mark.django_db
TODAY, NOW = "2026-01-01", datetime(2026, 1, 1, tzinfo=UTC)


def told(**changes: Any) -> dict[str, Any]:
    amounts = {"pause_limit": "80", "update_every": ""}
    for priority in (1, 2, 3, 4):
        amounts |= {f"first_answer_{priority}": "1", f"next_answer_{priority}": "2", f"resolution_{priority}": "8"}
    units = {f"{name}_unit": "3600" for name in amounts}
    words = {"name": "Деловой", "promise": "Отвечаем за час", "rank": "20", "warn_share": "75", "share": "90"}
    return {**amounts, **units, **words, "suppliers_fit": "unknown", **changes}


@pytest.fixture
def business(office: Client) -> ServiceClass:
    assert office.post("/settings/classes/new/", told()).status_code == 302
    return ServiceClass.objects.get()


def test_what_is_typed_is_the_draft(office: Client, business: ServiceClass) -> None:
    changed = told(first_answer_4="10", first_answer_4_unit="60", update_every="4")
    assert office.post(f"/settings/classes/{business.pk}/", changed).status_code == 302

    draft = business.newest()
    assert draft and draft.state == "draft"
    assert draft.target_of(4).first_answer == timedelta(minutes=10)
    assert draft.update_every == timedelta(hours=4)
    assert Entry.objects.filter(kind="staff.SettingsChanged", data__what="class").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"rank": "0"}, {"rank": "100"}, {"share": "101"}, {"first_answer_2": "-1"}, {"pause_limit": ""}],
)
def test_what_makes_no_sense_is_refused_in_its_place(office: Client, wrong: dict[str, str]) -> None:
    answer = office.post("/settings/classes/new/", told(**wrong))

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(wrong)
    assert not ServiceClass.objects.exists()


def test_a_draft_is_checked_then_promised_with_the_words_it_asks_for(
    office: Client, admin: User, business: ServiceClass, line_one
) -> None:
    address = f"/settings/classes/{business.pk}/promise/"
    assert office.post(address, {"act": "promise"}).status_code == 422
    office.post(address, {"act": "check"})
    refused = office.post(address, {"act": "promise"})
    assert refused.status_code == 422 and "accepted" in refused.context["promise_form"].errors
    office.post(address, {"act": "promise", "accepted": "начинаем с малого", "override": "ещё нечего мерить"})

    version = business.in_force()
    assert version and version.approved_by == admin
    news = Entry.objects.get(kind="sla.VersionInForce")
    assert (news.data["accepted"], news.actor_id) == ("начинаем с малого", admin.pk)


def test_what_somebody_else_promised_meanwhile_is_said_on_the_page(
    office: Client, business: ServiceClass, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version was a draft when the page was asked for."""
    monkeypatch.setattr(ServiceClass, "lock", lambda own: own.versions.update(checked_at=clock.now(), valid_from=NOW))
    saved = office.post(f"/settings/classes/{business.pk}/", told(share="99"))
    assert saved.status_code == 422 and "Эта версия уже обещана" in saved.content.decode()

    business.versions.update(valid_from=None)
    assert office.post(f"/settings/classes/{business.pk}/promise/", {"act": "check"}).status_code == 302


def test_a_promised_version_is_only_read_and_the_next_one_begins_as_its_copy(
    office: Client, business: ServiceClass, line_one
) -> None:
    address = f"/settings/classes/{business.pk}/"
    office.post(f"{address}promise/", {"act": "check"})
    office.post(f"{address}promise/", {"act": "promise", "accepted": "да", "override": "да"})
    office.post(address, told(first_answer_2="7"))
    version = business.newest()
    assert version and version.target_of(2).first_answer == timedelta(hours=1)

    office.post(f"{address}version/")
    office.post(address, told(first_answer_2="7"))
    draft = business.newest()
    assert draft and draft.number == 2 and draft.target_of(2).first_answer == timedelta(hours=7)


def test_a_class_is_given_to_an_organisation_a_person_or_a_channel(
    office: Client, business: ServiceClass, volga: Organisation, pavel: Contact, door: Channel
) -> None:
    address = f"/settings/classes/{business.pk}/agreements/"
    for holder in ({"client": "волга"}, {"address": "Pavel@volga.test"}, {"channel": str(door.pk)}):
        assert office.post(address, {"starts_on": TODAY, "note": "№ 7", **holder}).status_code == 302

    assert {each.holder for each in Agreement.objects.all()} == {volga, pavel, door}
    first = Agreement.objects.earliest("id")
    office.post(f"{address}{first.pk}/end/")
    first.refresh_from_db()
    assert first.ends_on


def test_an_agreement_ends_on_the_day_of_the_department(
    office: Client, admin: User, business: ServiceClass, volga: Organisation
) -> None:
    """Whoever presses sits in Vladivostok, where it is two at night of the next day."""
    User.objects.filter(pk=admin.pk).update(time_zone="Asia/Vladivostok")
    agreement = Agreement.objects.create(service_class=business, client=volga, starts_on="2026-01-01")
    with clock.at(datetime(2026, 6, 9, 16, tzinfo=UTC)):
        office.post(f"/settings/classes/{business.pk}/agreements/{agreement.pk}/end/")
    agreement.refresh_from_db()
    assert agreement.ends_on == date(2026, 6, 9)


def test_whoever_agrees_reads_from_when_it_holds(
    office: Client, business: ServiceClass, volga: Organisation, admin: User
) -> None:
    address = f"/settings/classes/{business.pk}/agreements/"
    business.withdraw()
    answer = office.post(address, {"starts_on": TODAY, "client": "Волга"}, follow=True).content.decode()
    assert "когда класс пообещают" in answer
    draft = business.begin_version(by=admin)
    draft.check_capacity()
    draft.put_in_force(by=admin, accepted="Начинаем", override="Измерений нет")
    answer = office.post(address, {"starts_on": TODAY, "client": "Волга"}, follow=True).content.decode()
    assert "Действует для новых обращений." in answer
    answer = office.post(address, {"starts_on": "2099-03-01", "client": "Волга"}, follow=True).content.decode()
    assert re.search(r"которые придут с\s1\sмар\w*\s2099", answer)


@pytest.mark.parametrize(
    ("holder", "field"),
    [
        ({}, "__all__"),
        ({"client": "Волга", "address": "pavel@volga.test"}, "__all__"),
        ({"client": "Кама"}, "client"),
        ({"address": "nobody@volga.test"}, "address"),
        ({"client": "Волга", "ends_on": "2025-01-01"}, "ends_on"),
        ({"client": "Волга", "starts_on": "вчера"}, "starts_on"),
    ],
)
def test_an_agreement_that_cannot_be_says_why(
    office: Client, business: ServiceClass, pavel: Contact, holder: dict[str, str], field: str
) -> None:
    answer = office.post(f"/settings/classes/{business.pk}/agreements/", {"starts_on": TODAY, **holder})

    assert answer.status_code == 422
    assert field in answer.context["agreement_form"].errors


def test_leads_read_and_only_administrators_change(
    client: Client, boris: User, anna: User, business: ServiceClass
) -> None:
    addresses = ["/settings/classes/", f"/settings/classes/{business.pk}/"]
    client.force_login(boris)
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    posts = ["", "version/", "promise/", "withdraw/", "agreements/"]
    assert {client.post(f"{addresses[1]}{post}", told()).status_code for post in posts} == {404}
    client.force_login(anna)
    assert {client.get(address).status_code for address in addresses} == {404}


def promised(office: Client, business: ServiceClass) -> str:
    address = f"/settings/classes/{business.pk}/"
    office.post(f"{address}promise/", {"act": "check"})
    office.post(f"{address}promise/", {"act": "promise", "accepted": "да", "override": "да"})
    return address


def test_the_head_publishes_a_class_and_takes_it_back(
    office: Client, head: User, boris: User, business: ServiceClass, line_one
) -> None:
    browsers = {user: Client() for user in (head, boris)}
    for user, browser in browsers.items():
        browser.force_login(user)
    words = {"exclusions": "Кроме чужих сетей", "compensation": ""}
    address = f"/settings/classes/{business.pk}/publish/"
    assert browsers[boris].post(address, words | {"act": "publish"}).status_code == 404
    refused = browsers[head].post(address, words | {"act": "publish"})
    assert refused.status_code == 422 and "Кроме чужих сетей" in refused.content.decode()
    promised(office, business)
    assert browsers[head].post(address, words | {"act": "publish"}).status_code == 302
    business.refresh_from_db()
    assert business.published_at and business.exclusions == "Кроме чужих сетей"
    assert Entry.objects.filter(kind="staff.SettingsChanged", data__changed="exclusions, published").count() == 1
    browsers[head].post(address, words | {"act": "keep"})
    business.refresh_from_db()
    assert business.published_at
    browsers[head].post(address, words | {"act": "hide"})
    business.refresh_from_db()
    assert business.published_at is None


def test_a_published_class_becomes_worse_with_a_months_notice_and_says_so(
    office: Client, admin: User, business: ServiceClass, line_one
) -> None:
    address = promised(office, business)
    business.publish(True)
    office.post(f"{address}version/")
    office.post(address, told(first_answer_2="7"))
    office.post(f"{address}promise/", {"act": "check"})
    page = office.get(address).content.decode()
    assert "Для клиентов хуже, чем сейчас" in page and "первый ответ" in page
    refused = office.post(f"{address}promise/", {"act": "promise", "accepted": "да", "override": "да"})
    assert refused.status_code == 422 and "valid_from" in refused.context["promise_form"].errors
    later = (clock.today() + timedelta(days=31)).isoformat()
    words = {"act": "promise", "accepted": "да", "override": "да", "valid_from": later}
    assert office.post(f"{address}promise/", words).status_code == 302


def test_a_safe_time_is_told_in_working_hours(office: Client, business: ServiceClass) -> None:
    """40 hours are a week of work and no day and 16 hours."""
    told_of = [Advice(Kind.RESOLUTION, Safe(200, 40 * 3600), False)]
    page = render_to_string("setup/parts/advice.html", {"version": business.newest(), "advice": told_of})
    assert "40 рабочих часов" in page and "дн." not in page


def test_beside_the_times_stands_what_can_be_promised(office: Client, business: ServiceClass) -> None:
    page = office.get(f"/settings/classes/{business.pk}/").content.decode()
    assert "Что можно смело обещать" in page and page.count("обещать пока нечего") == 3
    office.post(f"/settings/classes/{business.pk}/", told(share="100"))
    assert "укажите долю меньше 100" in office.get(f"/settings/classes/{business.pk}/").content.decode()
