"""The page of an incident: who sees what, and what is asked before letters leave."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from otklik.care.incidents import sending
from otklik.care.incidents.models import Incident, Update
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.tickets.models import Ticket, Traineeship
from otklik.front.workspace.tests.incidents.pages import at, end, seen_in, told
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
type SitsAt = Callable[[User], Browser]
HTMX = {"HX-Request": "true"}


def test_nothing_is_broken(annas: Browser) -> None:
    page = annas.get("/incidents/").content.decode()
    assert "Всё работает" in page and "Объявить инцидент" in page


def test_what_goes_on_stands_before_what_is_closed(annas: Browser, incident: Incident, anna: User, boris: User) -> None:
    small = Incident.objects.declare(title="Записи опаздывают", affects="Нет записей", severity=3, by=anna, leader=anna)
    over = Incident.objects.declare(title="Старый сбой", affects="Был", severity=4, by=anna)
    with clock.at(clock.now() + timedelta(minutes=1)):
        end(over, anna)
    page = annas.get("/incidents/").content.decode()

    assert page.index(incident.title) < page.index(small.title) < page.index(over.title)
    assert "Старый сбой" in page and 'data-due="' in page
    assert re.findall(r'class="r num" data-l="Обращения">(\d+)<', page) == ["2", "0", "0"]


def test_closed_ones_come_by_portions(annas: Browser, anna: User) -> None:
    for number in range(23):
        end(Incident.objects.declare(title=f"Сбой {number}.", affects="Был", severity=4, by=anna), anna)
    first = annas.get("/incidents/").content.decode()
    following = re.search(r'href="(\?before=[^"]+)"', first)
    assert following
    second = annas.get(f"/incidents/{following[1]}").content.decode()

    assert first.count("Сбой ") == 20 and second.count("Сбой ") == 3
    assert annas.get("/incidents/?before=вчера").status_code == 400


def test_more_incidents_cost_no_more_statements(annas: Browser, anna: User, two: list[Ticket]) -> None:
    def asked() -> int:
        annas.get("/incidents/")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            annas.get("/incidents/")
        return len(seen)

    Incident.objects.declare(title="Один", affects="Был", severity=4, by=anna, tickets=two)
    few = asked()
    for number in range(6):
        Incident.objects.declare(title=f"Ещё {number}", affects="Был", severity=4, by=anna)
    assert asked() == few


def test_a_page_of_many_requests_costs_what_a_page_of_few_does(
    annas: Browser, incident: Incident, writes: Write, anna: User
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert annas.get(f"/incidents/{incident.pk}/").status_code == 200
        return len(seen)

    asked()
    few = asked()
    for number in range(8):
        incident.attach(writes("Обрыв", sender=f"{number}@volga.test"), by=anna)
    assert asked() == few


def test_requests_of_another_line_are_a_number_alone(
    sits_at: SitsAt, incident: Incident, vera: User, anna: User, two: list[Ticket]
) -> None:
    page = sits_at(vera).get(f"/incidents/{incident.pk}/").content.decode()
    assert "Алла" not in page and f"/tickets/{two[0].pk}/" not in page
    assert "Ещё 2 на линиях, которых вы не видите" in page

    page = sits_at(anna).get(f"/incidents/{incident.pk}/").content.decode()
    assert "Алла" in page and "которых вы не видите" not in page


def test_figures_are_there_or_say_why_not(sits_at: SitsAt, incident: Incident, boris: User) -> None:
    page = sits_at(boris).get(f"/incidents/{incident.pk}/").content.decode()
    assert "Клиентам ещё не сообщали." in page and "Продолжается." in page
    assert "Промежутков между сообщениями ещё нет." in page


def test_an_agent_reads_and_raises_but_does_not_lead(annas: Browser, incident: Incident) -> None:
    page = annas.get(f"/incidents/{incident.pk}/").content.decode()
    assert "Он тяжелее" in page and "Сообщение клиентам" not in page
    for part in ("update", "change", "close"):
        assert annas.get(f"/incidents/{incident.pk}/{part}/").status_code == 403
        assert annas.post(f"/incidents/{incident.pk}/{part}/", {}).status_code == 403
    assert annas.post(f"/incidents/{incident.pk}/state/", {"state": "identified"}).status_code == 403
    lower = annas.post(f"/incidents/{incident.pk}/severity/", {"severity": "3", "reason": "Легче"})
    assert lower.status_code == 422 and "Снижает тяжесть" in lower.content.decode()
    assert annas.post(f"/incidents/{incident.pk}/severity/", {"severity": "1"}).status_code == 302
    incident.refresh_from_db()
    assert incident.severity == 1


def test_who_watches_quality_only_reads(sits_at: SitsAt, incident: Incident, quality: User) -> None:
    browser = sits_at(quality)
    page = browser.get(f"/incidents/{incident.pk}/").content.decode()
    assert "Не проходят звонки" in page and "Алла" in page and "Он тяжелее" not in page
    assert browser.get("/incidents/new/").status_code == 403
    assert browser.post(f"/incidents/{incident.pk}/severity/", {"severity": "1"}).status_code == 403


def test_one_that_is_not_there(annas: Browser) -> None:
    for address in ("", "update/", "change/", "severity/", "close/", "updates/1/"):
        assert annas.get(f"/incidents/987654/{address}").status_code == 404
    assert annas.get(f"/incidents/{'9' * 30}/").status_code == 404


def test_declared_by_its_form(annas: Browser, anna: User) -> None:
    form = {"title": "Нет входящих", "affects": "Занято", "severity": "2", "leader": str(anna.pk)}
    wrong = annas.post("/incidents/new/", {**form, "started_at": at(0), "detected_at": at(-30)})
    page = wrong.content.decode()
    assert wrong.status_code == 422 and "раньше, чем он начался" in page and "Нет входящих" in page

    answer = annas.post("/incidents/new/", {**form, "started_at": at(-30), "detected_at": at(-10)})
    made = Incident.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/incidents/{made.pk}/"
    assert made.leader == anna and made.detected_at - made.started_at == timedelta(minutes=20)


def test_nothing_leaves_before_it_was_looked_at(
    sits_at: SitsAt, incident: Incident, boris: User, two: list[Ticket]
) -> None:
    boriss, address = sits_at(boris), f"/incidents/{incident.pk}/update/"
    two[1].close("spam", by=boris)
    page = boriss.post(address, told()).content.decode()

    assert not Update.objects.exists()
    assert "Уйдёт 1 письмо" in page and "Обращение завершено" in page and f"/tickets/{two[1].pk}/" in page
    assert "Алла, здравствуйте!" in page and "Авария у оператора" in page and "Отправить 1 письмо" in page

    other = boriss.post(address, told(what="Совсем другое", seen=seen_in(page))).content.decode()
    assert not Update.objects.exists() and "Совсем другое" in other
    answer = boriss.post(address, told(seen=seen_in(page)))
    assert answer.status_code == 302 and Update.objects.get().author == boris
    again = boriss.post(address, told(seen=seen_in(page)))
    assert again.status_code == 422 and Update.objects.count() == 1


def test_what_was_typed_is_not_lost(sits_at: SitsAt, incident: Incident, boris: User) -> None:
    answer = sits_at(boris).post(f"/incidents/{incident.pk}/update/", told(next_at=at(90), doing="Чиним"))
    page = answer.content.decode()

    assert answer.status_code == 422 and "не позже чем через 60" in page
    assert "Авария у оператора" in page and "Чиним" in page


def test_who_is_in_training_reads_at_once_who_writes_it(
    sits_at: SitsAt, incident: Incident, anna: User, boris: User, two: list[Ticket]
) -> None:
    """Before the look, which would promise letters that do not leave."""
    incident.hand_to(anna, by=boris)
    Traineeship.objects.begin(anna, boris, by=boris)
    answer = sits_at(anna).post(f"/incidents/{incident.pk}/update/", told())
    page = answer.content.decode()

    assert answer.status_code == 422 and boris.name in page and "до отправки читает куратор" in page
    assert "Авария у оператора" in page and "Отправить 1" not in page and not Update.objects.exists()


def test_markup_of_a_text_stays_text(sits_at: SitsAt, incident: Incident, boris: User, two: list[Ticket]) -> None:
    Ticket.objects.filter(pk=two[0].pk).update(subject="<script>x</script>")
    boriss, evil = sits_at(boris), "<img src=x>"
    page = boriss.post(f"/incidents/{incident.pk}/update/", told(what=evil)).content.decode()
    boriss.post(f"/incidents/{incident.pk}/update/", told(what=evil, seen=seen_in(page)))
    page += boriss.get(f"/incidents/{incident.pk}/").content.decode()

    assert evil not in page and "&lt;img src=x&gt;" in page and "<script>x" not in page


def test_stopped_while_it_leaves(sits_at: SitsAt, incident: Incident, boris: User) -> None:
    boriss, address = sits_at(boris), f"/incidents/{incident.pk}/update/"
    boriss.post(address, told(seen=seen_in(boriss.post(address, told()).content.decode())))
    update = Update.objects.get()
    page = boriss.get(f"/incidents/{incident.pk}/").content.decode()
    assert "Ушло 0 из 2" in page and "Остановить" in page and "every 2s" in page
    asked = f"/incidents/{incident.pk}/updates/{update.pk}/"
    with CaptureQueriesContext(connection) as seen:
        counts = boriss.get(asked, headers=HTMX)
    assert "Ушло 0 из 2" in counts.content.decode() and "every 2s" in counts.content.decode()
    assert "<button" not in counts.content.decode() and "HX-Retarget" not in counts  # what has the focus stays
    assert any("COUNT" in one["sql"] and "GROUP BY" in one["sql"] for one in seen.captured_queries)

    with clock.at(update.begins_at):
        sending._settle(sending._waiting(update)[0])
    boriss.post(f"/incidents/{incident.pk}/updates/{update.pk}/stop/")
    page = boriss.get(f"/incidents/{incident.pk}/").content.decode()
    assert "Ушло 1 письмо, остановлено 1." in page and "every 2s" not in page
    assert Outbound.objects.filter(kind="notify").count() == 1
    over = boriss.get(asked, headers=HTMX)
    part = over.content.decode()
    assert "Ушло 1 из 2" in part and "hx-trigger" not in part and over["HX-Retarget"] == "#progress"


def test_told_and_answered_are_seen(sits_at: SitsAt, incident: Incident, boris: User, two: Any, writes: Write) -> None:
    boriss, address = sits_at(boris), f"/incidents/{incident.pk}/update/"
    boriss.post(address, told(seen=seen_in(boriss.post(address, told()).content.decode())))
    with clock.at(Update.objects.get().begins_at):
        sending.send_due()
    writes("Спасибо", token=two[0].conversation.token, sender="Алла@volga.test")
    page = boriss.get(f"/incidents/{incident.pk}/").content.decode()

    assert "2 из 2" in page and page.count("ответил") == 1


def test_corrected_moments_are_in_the_story(sits_at: SitsAt, incident: Incident, boris: User, anna: User) -> None:
    form = {"title": incident.title, "affects": incident.affects, "agreed": "Знаем, чиним", "leader": str(anna.pk)}
    answer = sits_at(boris).post(
        f"/incidents/{incident.pk}/change/", {**form, "started_at": at(-50), "detected_at": at(-5)}
    )
    assert answer.status_code == 302
    incident.refresh_from_db()
    assert incident.leader == anna and incident.agreed == "Знаем, чиним"
    page = sits_at(anna).get(f"/incidents/{incident.pk}/").content.decode()
    assert "Исправлено, начался" in page and "Ведёт: Анна Белова" in page


def test_both_moments_come_later_and_seconds_are_no_correction(
    sits_at: SitsAt, incident: Incident, boris: User
) -> None:
    began = clock.now().replace(second=42, microsecond=7) - timedelta(minutes=30)
    Incident.objects.filter(pk=incident.pk).update(started_at=began, detected_at=began)
    boriss, address = sits_at(boris), f"/incidents/{incident.pk}/change/"
    page = boriss.get(address).content.decode()
    moments = dict(re.findall(r'name="(started_at|detected_at)" value="([^"]+)"', page))
    form = {name: getattr(incident, name) for name in ("title", "affects", "agreed")} | {"leader": str(boris.pk)}
    boriss.post(address, {**form, **moments})
    incident.refresh_from_db()
    assert incident.started_at == incident.detected_at == began and len(moments) == 2
    assert not Entry.objects.filter(kind="incidents.IncidentCorrected").exists()

    later = boriss.post(address, {**form, "started_at": at(-20), "detected_at": at(-20)})
    incident.refresh_from_db()
    assert later.status_code == 302 and incident.started_at == incident.detected_at > began


def test_late_is_red_and_counted_in_the_menu(annas: Browser, incident: Incident) -> None:
    Incident.objects.filter(pk=incident.pk).update(next_at=clock.now() - timedelta(minutes=1))
    page = annas.get(f"/incidents/{incident.pk}/").content.decode()
    assert "Клиенты уже должны были услышать нас." in page
    assert annas.get("/menu/figures/").json()["figures"]["incidents"] == {"number": 1, "state": "breach"}
