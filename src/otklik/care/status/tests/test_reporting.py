"""What everybody reads: public words, never rewritten, ended together with their outages; works ahead."""

from datetime import timedelta
from typing import Any

import pytest

from otklik.care.status import figures, speaking
from otklik.care.status.errors import Conflict, Invalid
from otklik.care.status.models import Component, Note, Outage, Report, Works
from otklik.care.status.models.report import Said
from otklik.care.status.states import Stage, State
from otklik.care.status.tests.conftest import Down, Tell
from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import User

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def now_of(component: Component) -> State:
    return figures.states_now([component])[component.pk][0]


def test_a_report_sets_its_components_and_its_end_sets_them_back(calls: Component, tell: Tell, boris: User) -> None:
    told = tell(calls, state="partial")
    assert now_of(calls) == State.PARTIAL
    told.say(Stage.FOUND, Said("Нашли", "Found"), by=boris)
    told.say(Stage.OVER, Said("Всё работает", ""), by=boris)
    assert now_of(calls) == State.WORKS
    assert [note.stage for note in told.notes.all()] == ["over", "found", "seen"]
    assert told.ended_at == Outage.objects.get().ended_at


def test_after_the_end_only_something_can_be_added(calls: Component, tell: Tell, boris: User) -> None:
    told = tell(calls)
    told.say(Stage.OVER, Said("Всё", "All"), by=boris)
    ended = told.ended_at
    told.say(Stage.SEEN, Said("Причина была в плате", ""), by=boris)
    assert next(note.stage for note in told.notes.all()) == Stage.ADDED
    told.refresh_from_db()
    assert told.ended_at == ended


@pytest.mark.parametrize(
    ("title", "text", "field"), [("", "Слова", "title_ru"), ("Заголовок", " ", "text_ru"), ("З", "С", "components")]
)
def test_what_is_missing_is_named(calls: Component, boris: User, title: str, text: str, field: str) -> None:
    chosen = [] if field == "components" else [calls]
    with pytest.raises(Invalid) as error:
        Report.objects.publish(Said(title), Said(text), chosen, "down", by=boris)
    assert error.value.field == field and not Report.objects.exists() and not Outage.objects.exists()


def test_one_incident_has_one_report(calls: Component, tell: Tell) -> None:
    assert tell(calls, incident=7) == tell(calls, incident=7)
    assert Outage.objects.count() == 1


def test_an_agent_who_leads_nobody_does_not_write(calls: Component, tell: Tell, anna: User) -> None:
    told = tell(calls)
    with pytest.raises(Conflict):
        told.say(Stage.FOUND, Said("Слова"), by=anna)
    with pytest.raises(Conflict):
        tell(calls, by=anna)


def test_what_was_not_readable_yet_can_be_taken_back(calls: Component, tell: Tell, boris: User) -> None:
    told = tell(calls)
    told.say(Stage.OVER, Said("Всё"), by=boris, at=clock.now() + timedelta(seconds=15), update=5)
    assert told.take_back(5, by=boris)
    told.refresh_from_db()
    assert told.goes_on and now_of(calls) == State.DOWN
    assert not told.take_back(5, by=boris)
    note = told.say(Stage.FOUND, Said("Нашли"), by=boris, update=6)
    Note.objects.filter(pk=note.pk).update(addressed_at=clock.now())
    assert not told.take_back(6, by=boris), "it was written to people"


def test_a_past_outage_is_typed_in_with_a_reason_and_stays_in_the_journal(
    calls: Component, down: Down, boris: User
) -> None:
    made = down(calls, clock.now() - 3 * HOUR, 60, reason="Забыли записать")
    made.withdraw("Была другая плата", by=boris)
    told = Entry.objects.about("component", calls.pk).values_list("kind", "data")
    assert [kind for kind, _data in told] == ["status.OutageBegun", "status.OutageWithdrawn"]
    assert told[1][1]["reason"] == "Была другая плата"
    with pytest.raises(Conflict):
        made.withdraw("Ещё раз", by=boris)


def test_a_form_that_is_sent_twice_makes_one(calls: Component, tell: Tell, boris: User) -> None:
    told = tell(calls, key="a")
    assert tell(calls, key="a") == told and tell(calls, key="b") != told
    said = [told.say(Stage.FOUND, Said("Нашли"), by=boris, key=key) for key in ("a", "a", "b", "", "")]
    assert said[0] == said[1] and len(set(said)) == 4
    began = clock.now() - 2 * HOUR
    past: dict[str, Any] = {"source": "hand", "by": boris, "began_at": began, "ended_at": began + HOUR}
    assert len({Outage.objects.begin(calls, "down", **past, key=key) for key in ("a", "a", "b", "", "")}) == 4
    ahead = began + 99 * HOUR
    made = [
        Works.objects.announce(Said("Плата"), Said(), [calls], ahead, ahead + HOUR, by=boris, key=key)
        for key in ("a", "a", "b", "", "")
    ]
    assert len(set(made)) == 4


def test_an_outage_that_has_not_come_is_refused(calls: Component) -> None:
    now = clock.now()
    for began, ended in ((now + HOUR, None), (now - HOUR, now - 2 * HOUR), (now - HOUR, now + HOUR)):
        with pytest.raises(Invalid):
            Outage.objects.begin(calls, "down", source="hand", by=None, began_at=began, ended_at=ended)


def announce(component: Component, by: User, ahead: timedelta = 100 * HOUR, lasts: timedelta = 2 * HOUR) -> Works:
    begins = clock.now() + ahead
    return Works.objects.announce(Said("Замена платы"), Said(), [component], begins, begins + lasts, by=by)


def test_works_are_announced_begin_by_themselves_and_are_ended_by_a_person(calls: Component, boris: User) -> None:
    made = announce(calls, boris)
    assert now_of(calls) == State.WORKS
    with pytest.raises(Conflict):
        made.end(by=boris)
    with clock.at(made.begins_at + HOUR):
        assert now_of(calls) == State.PLANNED
        with pytest.raises(Conflict):
            made.cancel(by=boris)
        made.end(by=boris)
        assert now_of(calls) == State.WORKS
        assert made.span == (made.begins_at, made.ended_at)


@pytest.mark.parametrize(("ahead", "lasts"), [(-HOUR, HOUR), (HOUR, timedelta(0)), (HOUR, timedelta(days=8))])
def test_works_that_make_no_sense_are_refused(
    calls: Component, boris: User, ahead: timedelta, lasts: timedelta
) -> None:
    with pytest.raises(Invalid):
        announce(calls, boris, ahead, lasts)


def test_works_that_nobody_ended_are_told_once(calls: Component, boris: User) -> None:
    made = announce(calls, boris)
    with clock.at(made.ends_at + timedelta(minutes=16)):
        assert speaking.warn_of_late_works() == 1
        assert speaking.warn_of_late_works() == 0
        assert "Замена платы" in Notice.objects.get(person=boris).text
        assert made.is_late and now_of(calls) == State.PLANNED
