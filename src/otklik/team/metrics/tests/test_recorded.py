"""Metrics of complaints and incidents: of those that the reader may see, by the rooms' own definitions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.care.complaints import figures
from otklik.care.complaints.models import Complaint
from otklik.care.complaints.tests.conftest import File, bring, file
from otklik.care.incidents.models import Incident, Update
from otklik.care.incidents.states import State
from otklik.care.incidents.tests.conftest import Declare, declare
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket, Topic
from otklik.team.metrics.days import day_of, midnight
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import recorded, telling
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.together import figures as together
from otklik.team.metrics.models import TicketFact
from otklik.team.metrics.scope import Scope
from tests.fixtures.cast import Write

__all__ = ["declare", "file"]

pytestmark = pytest.mark.django_db

TODAY = datetime(2026, 6, 1, 10, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
COMPLAINTS = [name for name in METRICS if name in recorded.COUNTED_OF]


def asked(name: str, viewer: User | None, days: int = 90) -> Question:
    now = clock.now()
    teams = None if viewer is None or viewer.sees_everything else list(viewer.team_ids)
    return Question(METRICS[name], Scope(now - days * DAY, now + DAY, teams, viewer))


def told(name: str, viewer: User | None) -> Figure:
    return layer.figure(asked(name, viewer))


@pytest.fixture
def some(file: File, boris: User, head: User) -> list[Complaint]:
    """Six of Boris's line: three upheld, one late by law."""
    start, found = clock.now() - timedelta(days=20), []
    for n in range(6):
        with clock.at(start + timedelta(hours=n)):
            one = file(stated_cause="people.attitude")
        with clock.at(start + timedelta(days=8 if n else 15)):
            bring(one, "agrees", by=boris, investigator=head, decision="upheld" if n < 3 else "not")
        found.append(one)
    return found


def test_the_layer_and_the_page_of_complaints_say_the_same(some: list[Complaint], boris: User) -> None:
    page = {str(one.label): (one.k, one.n) for one in figures.of(boris).shares}

    for name, words in (
        ("complaint.ack", figures.ACKNOWLEDGED),
        ("complaint.legal", figures.LEGAL),
        ("complaint.upheld", figures.UPHELD),
        ("complaint.cause_shift", figures.SHIFTED),
        ("capa.done", figures.DONE),
        ("capa.effective", figures.EFFECTIVE),
        ("complaint.recurrence", figures.REPEATED),
    ):
        found = told(name, boris)
        assert (found.good, found.n) == page[str(words[0])], name
    assert (told("complaint.legal", boris).good, told("complaint.legal", boris).n) == (5, 6)
    cycle = told("complaint.cycle", boris)
    assert cycle.n == 6 and cycle.value == pytest.approx(figures.of(boris).cycle.median * 86_400)  # type: ignore[operator]


def test_a_cause_that_came_back_is_told_where_its_days_are_over(file: File, boris: User, head: User) -> None:
    """One came back after a month, one did not; of the last one nobody knows yet."""
    for back in (150, 120, 10):
        at, one = clock.now() - timedelta(days=back), file(stated_cause="people.attitude")
        told_of = {
            "state": "closed",
            "received_at": at,
            "closed_at": at,
            "decision": "upheld",
            "found_cause": "people.load",
        }
        Complaint.objects.filter(pk=one.pk).update(**told_of, next_at=None, next_due="", soon_at=None)
    found, page = told("complaint.recurrence", boris), figures.of(boris).shares
    assert (found.good, found.n) == (1, 2) == next((o.k, o.n) for o in page if str(o.label) == str(figures.REPEATED[0]))
    assert told("complaint.recurrence", None).value is None


def test_nobody_sees_a_complaint_about_themselves_in_a_number(file: File, boris: User, anna: User, head: User) -> None:
    file(against=boris, by=anna)

    for name in COMPLAINTS:
        assert (told(name, boris).n, told(name, boris).good or 0) == (0, 0) and not recorded.behind(
            asked(name, boris)
        ), name
        assert (told(name, None).n, told(name, None).value) == (0, None), "a figure for nobody knows none of these"
    assert told("complaint.rate", head).good == 1


def test_a_line_has_its_own_complaints(some: list[Complaint], head: User, line_two: Team) -> None:
    question = asked("complaint.upheld", head)
    line = str(some[0].line_id)

    assert {key: one.n for key, one in layer.by_side(question, "line").items()} == {line: 6}
    assert layer.figure(question.of("line", line)).n == 6 and layer.figure(question.of("line", str(line_two.pk))).n == 0
    assert layer.by_side(question, "agent") == {} and layer.figure(question.of("agent", "1")).n == 0
    assert layer.figure(replace(question, scope=question.scope.of_team(line_two.pk))).n == 0
    assert sum(one.n for one in layer.by_day(question).values()) == 6 == len(recorded.behind(question))


def contacts(writes: Write, many: int, line: Team, day: datetime) -> None:
    """So many people wrote to the line, each once."""
    with clock.at(day):
        made = {writes("Не работает звонок", sender=f"{line.pk}.{n}@volga.test").pk for n in range(many)}
    Ticket.objects.filter(pk__in=made).update(team=line)
    TicketFact.objects.count(made)


def test_a_rate_is_as_sure_as_its_contacts_are_many(
    writes: Write, file: File, head: User, boris: User, anna: User, line_one: Team
) -> None:
    """No complaint at all is a rate of zero, and one complaint no little data."""
    assert told("complaint.rate", head).value is None, "nobody wrote: nothing to divide by"
    contacts(writes, 30, line_one, clock.now() - DAY)

    none = told("complaint.rate", head)
    assert (none.good, none.n, none.value, none.status) == (0, 30, 0, "ok")
    assert telling.shown(none) == telling.value(none.metric, 0)
    assert telling.value(none.metric, none.hi) in telling.sure(none), "what may be true is told of zero, too"

    file()
    for reader in (head, boris):
        one = told("complaint.rate", reader)
        assert (one.good, one.n, one.status) == (1, 30, "ok"), reader
        assert one.value == pytest.approx(1000 / 30) == together([asked("complaint.rate", reader)])[0].value
        assert one.lo and one.value and one.hi and one.lo < one.value < one.hi and telling.sure(one)
        assert "30" in telling.of_how_many(one) and "1" in telling.of_how_many(one)
    assert told("complaint.rate", anna).value is None, "who sees their own complaints only is told no rate of the line"
    assert (
        (none.listed, told("complaint.rate", head).listed)
        == (0, 1)
        == (0, len(recorded.behind(asked("complaint.rate", head))))
    )


def test_of_few_contacts_a_rate_is_not_told(writes: Write, file: File, head: User, line_one: Team) -> None:
    for _each in range(6):
        file()
    assert (told("complaint.rate", head).good, told("complaint.rate", head).status) == (6, "undefined")
    contacts(writes, 4, line_one, clock.now() - DAY)
    assert told("complaint.rate", head).status == "hidden"


def test_what_records_do_not_know_is_no_zero(some: list[Complaint], writes: Write, head: User, line_one: Team) -> None:
    """A topic has contacts and, for all that complaints say, neither many complaints nor none."""
    topic = Topic.objects.create(name="Звук")
    contacts(writes, 5, line_one, clock.now() - DAY)
    Ticket.objects.update(topic=topic)
    TicketFact.objects.count(set(Ticket.objects.values_list("pk", flat=True)))

    question = asked("complaint.rate", head).of("topic", str(topic.pk))
    assert layer.figure(replace(question, metric=METRICS["repeat.rate"])).n == 5
    assert (layer.figure(question).n, layer.figure(question).value) == (0, None)
    assert together([question])[0].value is None and layer.by_day(question) == {} and not recorded.behind(question)


def test_a_line_and_a_day_without_a_complaint_have_a_rate(
    some: list[Complaint], writes: Write, head: User, line_one: Team, line_two: Team
) -> None:
    yesterday = clock.now() - DAY
    contacts(writes, 6, line_one, yesterday)
    contacts(writes, 3, line_two, yesterday)
    question = asked("complaint.rate", head)

    lines = layer.by_side(question, "line")
    assert {key: (one.good, one.n) for key, one in lines.items()} == {
        **{str(line_one.pk): (6, 6)},
        **{str(line_two.pk): (0, 3)},
    }
    assert lines[str(line_two.pk)].value == 0
    days = {day: (one.good, one.n, one.value) for day, one in layer.by_day(question).items()}
    assert days.pop(day_of(yesterday)) == (0, 9, 0)
    assert sum(good or 0 for good, _n, _value in days.values()) == 6
    assert {told[1:] for told in days.values()} == {(0, None)}, "a day on which nobody wrote has no rate"


def test_the_rate_of_a_lead_is_of_their_lines_alone(
    file: File, writes: Write, boris: User, head: User, line_one: Team, line_two: Team
) -> None:
    """Complaints of another line that name them are theirs to see; the contacts of that line are not in the number."""
    file()
    other = file()
    Complaint.objects.filter(pk=other.pk).update(line=line_two, investigator=boris)
    contacts(writes, 5, line_one, clock.now() - DAY)
    contacts(writes, 7, line_two, clock.now() - DAY)

    assert Complaint.objects.visible_to(boris).count() == 2
    assert (told("complaint.rate", boris).good, told("complaint.rate", boris).n) == (1, 5)
    assert (told("complaint.rate", head).good, told("complaint.rate", head).n) == (2, 12)


def test_a_lead_counts_what_the_page_of_complaints_shows_them(
    file: File, boris: User, anna: User, head: User, line_two: Team
) -> None:
    """Of another line that named theirs, too; of one line only when it is asked for."""
    one = file()
    other = file()
    Complaint.objects.filter(pk=other.pk).update(line=line_two, investigator=boris)
    for n in (one, other):
        bring(Complaint.objects.get(pk=n.pk), "agrees", by=boris if n is one else head, investigator=boris)
    page = {str(shown.label): shown.n for shown in figures.of(boris).shares}

    question = asked("complaint.upheld", boris)
    assert layer.figure(question).n == page[str(figures.UPHELD[0])] == 2
    assert layer.figure(replace(question, scope=question.scope.of_team(one.line_id))).n == 1


def test_records_are_read_once_for_all_metrics(
    some: list[Complaint], head: User, django_assert_max_num_queries
) -> None:
    with clock.at(clock.now()):
        questions = [asked(name, head) for name in COMPLAINTS]
    with django_assert_max_num_queries(8):
        found = together(questions)
    assert [(one.good, one.n) for one in found][:3] == [(6, 0), (0, 0), (0, 6)], "no night has counted clients"


def test_a_period_and_the_one_before_are_read_at_once_and_told_apart(
    some: list[Complaint], declare: Declare, head: User, boris: User
) -> None:
    """Complaints came in the earlier and were answered in the later; of incidents each had one."""
    for back in (20, 3):
        with clock.at(clock.now() - back * DAY):
            declare()
    last = day_of(clock.now()) + DAY
    with clock.at(clock.now()):
        for viewer in (head, boris):
            after = Scope.visible_to(viewer, midnight(last - 14 * DAY), midnight(last))
            names = [one for one in METRICS.values() if one.records and not (one.is_time or one.as_of_now)]
            several = [Question(one, scope) for one in names for scope in (after, after.before())]
            found = together(several)
            assert found == [layer.figure(one) for one in several]
            assert {one.metric.id for one in found if one.n} > {"complaint.ack", "complaint.cycle"}
        with CaptureQueriesContext(connection) as of_both:
            together([Question(METRICS[name], scope) for name in COMPLAINTS[2:6] for scope in (after, after.before())])
        with CaptureQueriesContext(connection) as of_one:
            together([Question(METRICS[name], after) for name in COMPLAINTS[2:6]])
    assert len(of_both) == len(of_one)


def test_a_complaint_that_was_checked_in_both_periods_counts_in_both(some: list[Complaint], head: User) -> None:
    """Proven in the earlier one and in doubt later; a second check of one period takes the place of its first."""
    last = day_of(clock.now()) + DAY
    for back, verdict in ((25, "unproven"), (20, "effective"), (5, "unproven")):
        told_of = {"about": "complaint", "about_id": some[0].pk, "data": {"verdict": verdict}}
        Entry.objects.create(kind=figures.CHECK, at=midnight(last - back * DAY), **told_of)
    after = Scope.visible_to(head, midnight(last - 14 * DAY), midnight(last))
    asked_of = Question(METRICS["capa.effective"], after)
    both = [asked_of, replace(asked_of, scope=after.before())]

    assert [(one.good, one.n) for one in together(both)] == [(0, 1), (1, 1)]
    assert together(both) == [layer.figure(one) for one in both]
    whole = replace(asked_of, scope=replace(after, start=after.before().start))
    windows = {one.days()[-1]: one.days() for one in (after, after.before())}
    assert [(one.good, one.n) for one in recorded.by_window(whole, windows).values()] == [(0, 1), (1, 1)]
    assert (layer.figure(whole).good, layer.figure(whole).n) == (0, 1)
    assert len(recorded.behind(whole)) == 1


def tell(incident: Incident, *moments: datetime) -> None:
    for number, at in enumerate(moments):
        Update.objects.create(
            **{"incident": incident, "author": incident.leader, "key": f"{incident.pk}-{number}"},
            **{"state": State.DECLARED, "at": at, "begins_at": at, "told_at": at, "finished_at": at},
        )
    Incident.objects.filter(pk=incident.pk).update(told_at=min(moments))


def ended(incident: Incident, at: datetime) -> None:
    Incident.objects.filter(pk=incident.pk).update(state=State.RESOLVED, ended_at=at)


def test_the_times_of_an_incident_are_those_of_METRICS(declare: Declare, head: User, vera: User) -> None:
    """Example I1, and I3: notices 10:21, 10:50, 11:25, restored 11:30, limit 30 minutes."""
    with clock.at(TODAY + 9 * MINUTE):
        one = declare(severity=1, started_at=TODAY, detected_at=TODAY + 6 * MINUTE)
    tell(one, *(TODAY + minutes * MINUTE for minutes in (21, 50, 85)))
    ended(one, TODAY + 90 * MINUTE)

    with clock.at(TODAY + DAY):
        minutes = {name: told(f"inc.{name}", head).value for name in ("mttd", "mtta", "mttn", "mttr")}
        cadence = told("inc.cadence", head)
        assert {name: value and value / 60 for name, value in minutes.items()} == {
            **{"mttd": 6, "mtta": 3},
            **{"mttn": 21, "mttr": 90},
        }
        assert (cadence.good, cadence.n) == (2, 3) and cadence.value == pytest.approx(2 / 3)
        assert layer.by_side(asked("inc.mttr", head), "line") == {}
        whole = asked("inc.mttr", head)
        assert layer.figure(replace(whole, scope=whole.scope.of_team(1))).value is None, "incidents know no line"


def test_a_gap_is_judged_by_the_severity_of_its_time(declare: Declare, head: User, anna: User) -> None:
    """An hour is short enough for S2; after it became S1 the same hour is too long."""
    with clock.at(TODAY):
        one = declare(severity=2)
    with clock.at(TODAY + 65 * MINUTE):
        one.change_severity(1, by=anna)
    tell(one, *(TODAY + minutes * MINUTE for minutes in (10, 68, 126)))
    ended(one, TODAY + 140 * MINUTE)

    with clock.at(TODAY + DAY):
        found = told("inc.cadence", head)
    assert (found.good, found.n) == (2, 3), "58 minutes as S2, 58 as S1, 14 as S1"


def test_what_goes_on_has_no_end_yet(declare: Declare, head: User) -> None:
    with clock.at(TODAY):
        declare()
    with clock.at(TODAY + DAY):
        assert told("inc.mttr", head).n == 0 == told("inc.cadence", head).n
        assert told("inc.mttd", head).n == 1


def test_records_know_few_sides() -> None:
    upheld, restored, answered = (METRICS[name] for name in ("complaint.upheld", "inc.mttr", "frt"))

    assert upheld.knows() and upheld.knows("line") and not upheld.knows("line", "topic")
    assert restored.knows() and not restored.knows("line")
    assert answered.knows("line", "topic", "agent")
    assert asked("frt", None).of("topic", "1").sides == {"topic"}, "lines of the reader are no narrowing"
    assert replace(asked("frt", None), scope=asked("frt", None).scope.of_team(1)).sides == {"line"}


def test_incidents_are_read_as_far_as_they_are_asked_for(
    declare: Declare, head: User, django_assert_num_queries
) -> None:
    """Updates and severities are for the rhythm alone, and no incident is read a second time."""
    with clock.at(TODAY):
        for _each in range(3):
            tell(declare(severity=1), TODAY + 20 * MINUTE, TODAY + 40 * MINUTE)
    with clock.at(TODAY + DAY):
        with django_assert_num_queries(1):
            assert told("inc.mttd", head).n == 3
        with django_assert_num_queries(4):
            assert [one.n for one in together([asked("inc.mttn", head), asked("inc.cadence", head)])] == [3, 3]
