"""An incident on the status page: put there with one press, followed by what its clients are told, and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from otklik.care.incidents.letters import Words
from otklik.care.incidents.models import Incident, Update
from otklik.care.status import figures
from otklik.care.status.models import Component, Group, Note, Outage, Report
from otklik.care.status.states import State
from otklik.core.journal import clock
from otklik.core.staff.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls(organisation: object) -> Component:
    group = Group.objects.create(name_ru="Серверы")
    return Component.objects.create(group=group, name_ru="Звонки", name_en="Calls")


@pytest.fixture
def incident(anna: User) -> Incident:
    return Incident.objects.declare(
        title="Плата 7 у Волги сгорела", affects="Звонки обрываются", severity=2, by=anna, leader=anna
    )


def sit(user: User) -> Browser:
    browser = Browser(headers={"Accept-Language": "ru"})
    browser.force_login(user)
    return browser


def put(incident: Incident, calls: Component, by: User) -> Report:
    form = {"components": [calls.pk], "state": "partial", "text_ru": "Звонки обрываются"}
    assert sit(by).post(f"/incidents/{incident.number}/status/", form).status_code == 302
    return Report.objects.get(incident=incident.pk)


def say(incident: Incident, state: str = "", what: str = "Нашли причину", **told: Any) -> Update:
    incident.refresh_from_db()
    next_at = None if state == "resolved" else incident.usual_next()
    words = Words(what, whom="Пекарня Ветровой", next_at=next_at, no_news=not what)
    key = f"{incident.pk}-{clock.now().timestamp()}"
    return incident.write(words, by=incident.leader, state=state or incident.state, key=key, **told)


def test_one_press_puts_it_there_in_words_for_everybody(incident: Incident, calls: Component, anna: User) -> None:
    page = sit(anna).get(f"/incidents/{incident.number}/status/").content.decode()
    assert "Звонки обрываются" in page, "what clients notice is written already"
    report = put(incident, calls, anna)
    assert (report.title_ru, report.title_en) == ("Звонки: работает частично", "Calls: works in part")
    assert "Плата" not in report.title_ru + report.notes.get().text_ru
    assert Outage.objects.get().began_at == incident.started_at
    assert "Страница состояния" in sit(anna).get(f"/incidents/{incident.number}/").content.decode()


def test_pressed_twice_it_stands_there_once(incident: Incident, calls: Component, anna: User) -> None:
    put(incident, calls, anna)
    put(incident, calls, anna)
    assert Report.objects.count() == Outage.objects.count() == 1


def test_who_does_not_lead_it_cannot(incident: Incident, calls: Component, ilya: User, boris: User) -> None:
    assert sit(ilya).get(f"/incidents/{incident.number}/status/").status_code == 403
    assert sit(boris).get(f"/incidents/{incident.number}/status/").status_code == 200


def test_without_components_it_says_who_names_them(incident: Incident, anna: User) -> None:
    assert "Компоненты ещё не названы" in sit(anna).get(f"/incidents/{incident.number}/status/").content.decode()


def test_updates_follow_without_whom_they_concern(incident: Incident, calls: Component, anna: User) -> None:
    report = put(incident, calls, anna)
    update = say(incident, "identified")
    note = report.notes.all()[0]
    assert (note.text_ru, note.stage, note.at) == ("Нашли причину", "found", update.begins_at)
    assert not Note.objects.filter(text_ru__contains="Ветров").exists()


def test_the_author_is_told_that_everybody_reads_it(incident: Incident, calls: Component, anna: User) -> None:
    page = f"/incidents/{incident.number}/update/"
    assert "прочтут все" not in sit(anna).get(page).content.decode()
    put(incident, calls, anna)
    assert "прочтут все" in sit(anna).get(page).content.decode()


def test_an_update_for_us_alone_stays_with_us(incident: Incident, calls: Component, anna: User) -> None:
    report = put(incident, calls, anna)
    say(incident, what="Ветрова звонила трижды", quiet=True)
    assert report.notes.count() == 1


def test_a_quiet_end_is_told_in_words_of_ours(incident: Incident, calls: Component, anna: User) -> None:
    report = put(incident, calls, anna)
    say(incident, "resolved", what="Ветрова довольна", quiet=True)
    report.refresh_from_db()
    assert not report.goes_on and "Ветрова" not in report.notes.all()[0].text_ru


def test_no_news_is_said_in_both_languages(incident: Incident, calls: Component, anna: User) -> None:
    report = put(incident, calls, anna)
    say(incident, what="")
    note = report.notes.all()[0]
    assert note.text_ru and note.text_en and note.text_ru != note.text_en


def test_its_end_ends_the_outage_when_clients_ceased_to_feel_it(
    incident: Incident, calls: Component, anna: User
) -> None:
    report = put(incident, calls, anna)
    say(incident, "resolved", what="Всё работает")
    report.refresh_from_db()
    incident.refresh_from_db()
    assert report.ended_at == incident.ended_at == Outage.objects.get().ended_at
    assert figures.states_now([calls])[calls.pk][0] == State.WORKS


def test_a_stopped_end_was_no_end(incident: Incident, calls: Component, anna: User, ticket: Any) -> None:
    incident.attach(ticket, by=anna)
    report = put(incident, calls, anna)
    say(incident, "resolved", what="Всё работает").stop(by=anna)
    report.refresh_from_db()
    assert report.goes_on and report.notes.count() == 1
    assert figures.states_now([calls])[calls.pk][0] == State.PARTIAL


def test_an_incident_that_is_not_over_after_all_stands_there_again(
    incident: Incident, calls: Component, anna: User
) -> None:
    report = put(incident, calls, anna)
    say(incident, "resolved", what="Всё работает")
    incident.refresh_from_db()
    with clock.at(clock.now() + timedelta(minutes=5)):
        incident.move("mitigating", by=anna)
    report.refresh_from_db()
    assert report.goes_on and Outage.objects.get().ended_at is None
    assert [note.stage for note in report.notes.all()] == ["seen", "over", "seen"]


def test_moments_that_are_put_right_go_along(incident: Incident, calls: Component, anna: User) -> None:
    report = put(incident, calls, anna)
    earlier = incident.started_at - timedelta(minutes=30)
    incident.correct({"started_at": earlier}, by=anna)
    report.refresh_from_db()
    assert report.began_at == earlier == Outage.objects.get().began_at


def test_what_does_not_follow_is_left_alone(incident: Incident, calls: Component, anna: User, boris: User) -> None:
    report = put(incident, calls, anna)
    assert sit(boris).post(f"/board/availability/reports/{report.pk}/follow/").status_code == 302
    say(incident, "identified")
    assert report.notes.count() == 1


def test_how_many_it_concerns_goes_along(
    incident: Incident, calls: Component, anna: User, ticket: Any, ilya: User
) -> None:
    """What was counted at the press is counted anew with whoever is found later."""
    put(incident, calls, anna)
    assert Outage.objects.get().affected is None
    incident.attach(ticket, by=anna)
    assert Outage.objects.get().affected == incident.clients_affected() == 1
    incident.detach(ticket, by=anna)
    assert Outage.objects.get().affected is None


def test_the_title_names_only_what_stands_on_the_page(incident: Incident, calls: Component, anna: User) -> None:
    hidden = Component.objects.create(group=calls.group, name_ru="Плата 7", name_en="Board 7", is_shown=False)
    form = {"components": [hidden.pk], "state": "partial", "text_ru": "Звонки обрываются"}
    page = f"/incidents/{incident.number}/status/"
    assert sit(anna).post(page, form).status_code == 422, "nothing of it can be named: the title is asked for"
    assert sit(anna).post(page, {**form, "components": [hidden.pk, calls.pk]}).status_code == 302
    report = Report.objects.get()
    assert (report.title_ru, report.title_en) == ("Звонки: работает частично", "Calls: works in part")
