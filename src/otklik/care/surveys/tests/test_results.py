"""Figures of a version: by the formulas, of those who were asked, and silent where nothing is known."""

from datetime import timedelta

import pytest

from otklik.care.surveys import results
from otklik.care.surveys.models import Invitation, Survey
from otklik.care.surveys.scales import Kind
from otklik.care.surveys.tests.conftest import Ask
from otklik.core.formulas import csat, nps
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.steps import Resolve, Wait
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=15)


@pytest.fixture(autouse=True)
def at_once(settings) -> None:
    settings.SURVEY_DELAY_SECONDS = 0


def scope_of(survey: Survey, source: str = "letter", teams: list[int] | None = None) -> results.Scope:
    version = survey.current()
    assert version is not None
    return results.Scope(version, source, teams)


@pytest.fixture
def recommended(survey: Ask, writes: Write, anna: User) -> Survey:
    """Ten people asked half a month ago: eight answered, one letter came back."""
    made = survey("event", {"kind": Kind.NPS}, {"kind": Kind.AREA10, "words_ru": "Поддержка"})
    for number, mark in enumerate([10, 9, 9, 8, 7, 6, 3, 10, None, None]):
        with clock.at(clock.now() - LONG_AGO):
            ticket = writes(sender=f"p{number}@volga{number}.test")
            ticket.reply("Помогло?", by=anna, then=Wait(clock.now() + timedelta(days=3)))
            invitation = Invitation.objects.ask(made, ticket.contact)
            assert invitation.send()
            invitation.refresh_from_db()
            first, area = [one.pk for one in invitation.version.asked()]  # type: ignore[union-attr]
            if mark is not None:
                invitation.fill({first: mark, area: max(mark, 1)} if mark != 10 else {first: mark})
    assert invitation.letter
    Outbound.objects.filter(pk=invitation.letter).update(state=Outbound.State.FAILED)
    return made


def test_S9_complete_answers_of_those_whom_a_ripe_letter_reached(recommended: Survey, pavel: Contact) -> None:
    Invitation.objects.ask(recommended, pavel)
    Invitation.objects.send_due()  # too young to count

    told = results.response(scope_of(recommended))

    assert (told.sent, told.mature, told.undeliverable, told.completed, told.partial) == (11, 10, 1, 6, 2)
    assert told.rate == 6 / 9


def test_figures_come_from_the_formulas(recommended: Survey) -> None:
    net, area = results.results(scope_of(recommended))
    told = nps(4, 2, 2)

    assert (net.told.unit, net.told.value, net.told.lo, net.told.hi, net.n) == (
        "net",
        told["nps"],
        told["lo"],
        told["hi"],
        8,
    )
    assert dict(net.counts)["9"] == 2 and len(net.counts) == 11
    assert area.n == 6 and area.mean == (9 + 9 + 8 + 7 + 6 + 3) / 6
    assert results.index([area]) == {Kind.AREA10: area.mean}


def test_S10_the_mean_of_everybody_lies_between_the_worst_cases(recommended: Survey) -> None:
    scope = scope_of(recommended)
    told, rows = results.response(scope), results.results(scope)
    bias = results.bias(scope, rows, told)

    assert bias and bias.lo and bias.hi and rows[0].mean and bias.lo < rows[0].mean < bias.hi


def test_nothing_is_known_of_nobody(survey: Ask) -> None:
    scope = scope_of(survey("event", {"kind": Kind.CES7}))
    told, (row,) = results.response(scope), results.results(scope)

    assert told.rate is None and row.n == 0 and row.told.value is None and row.mean is None
    assert results.bias(scope, [row], told) is None and results.index([row]) == {}


def test_marks_of_answers_are_read_where_they_are_kept(writes: Write, anna: User) -> None:
    for number, score in enumerate([5, 5, 4, 2, 1]):
        ticket = writes(sender=f"p{number}@volga{number}.test")
        ticket.reply("Готово", by=anna, then=Resolve())
        Invitation.objects.send_due()
        Invitation.objects.get(ticket=ticket).answer(score, f"слова {score}")
    survey = Survey.objects.after_answer()
    assert survey is not None
    (row,) = results.results(scope_of(survey))

    assert row.told.value == csat({5: 2, 4: 1, 2: 1, 1: 1}, {4, 5})["share"] and row.n == 5
    assert [one.comment for one in results.comments(scope_of(survey))][:1] == ["слова 1"]
    assert results.results(scope_of(survey, teams=[]))[0].n == 0, "another line's answers are not shown"


def test_who_came_by_the_link_was_not_invited_and_is_counted_apart(survey: Ask) -> None:
    made = survey("link", {"kind": Kind.CSAT6})
    version = made.current()
    assert version is not None
    Invitation.objects.of_guest(made, version, {version.asked()[0].pk: 0}, {}, "Плохо")

    letters, link = scope_of(made), scope_of(made, "link")
    assert results.results(letters)[0].n == 0
    (row,) = results.results(link)
    assert (row.n, row.mean) == (1, 0.0), "nought is an answer"
    assert results.response(link).rate is None
