"""Surveys that were kept back, and dissatisfied clients who answered again."""

from datetime import timedelta

import pytest

from otklik.care.surveys.models import FollowUp, Invitation, Survey
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
from otklik.team.metrics.following import CONTENT, DISSATISFIED, SENT, SUPPRESSED
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Cell, Reading, TicketFact, Watermark, fact
from otklik.team.metrics.scope import Scope
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def kinds(measure: Measure) -> list[int]:
    count_facts()
    return list(Reading.objects.filter(measure=measure).order_by("at", "pk").values_list("kind", flat=True))


def share(name: str) -> tuple[int | None, int]:
    now = clock.now()
    found = layer.figure(Question(METRICS[name], Scope(now - 400 * DAY, now + 400 * DAY)))
    return found.good, found.n


def survey(kind: str = "nps", **told: object) -> Survey:
    made = Survey.objects.create(name=kind, occasion="event", **told)
    made.draft().questions.create(kind=kind, words_ru=kind)
    made.begin()
    return made


def asks(one: Survey, whom: Contact) -> Invitation:
    Invitation.objects.ask(one, whom)
    Invitation.objects.send_due()
    return Invitation.objects.select_related("version", "survey", "ticket").latest("pk")


def says(invitation: Invitation, mark: int) -> None:
    first = invitation.version.asked()[0].pk  # type: ignore[union-attr]
    invitation.fill({first: mark})


def test_what_was_kept_back_is_a_share_of_what_was_due(answered: Ticket, pavel: Contact, writes: Write) -> None:
    """One sent, one of a survey that ended, one not drawn; what still waits is neither."""
    asks(survey("nps"), pavel)
    assert kinds(Measure.DUE) == [SENT]

    ended = survey("ces7")
    Invitation.objects.ask(ended, pavel)
    assert kinds(Measure.DUE) == [SENT], "it waits"
    Survey.objects.filter(pk=ended.pk).update(state=Survey.State.ENDED)
    assert Invitation.objects.send_due() == 0
    assert kinds(Measure.DUE) == [SENT, SUPPRESSED]

    Invitation.objects.ask(survey("area10", share=0), pavel)
    assert kinds(Measure.DUE) == [SENT, SUPPRESSED, SUPPRESSED]
    assert share("survey.suppressed") == (2, 3)


def test_who_wants_no_questions_is_kept_back_at_once(answered: Ticket, pavel: Contact) -> None:
    sent = asks(survey("nps"), pavel)
    Invitation.objects.ask(survey("ces7"), pavel)
    sent.ask_no_more(["Больше не спрашивать"])

    assert kinds(Measure.DUE) == [SENT, SUPPRESSED]


def test_the_next_answer_tells_whether_somebody_is_content_again(answered: Ticket, pavel: Contact, boris: User) -> None:
    """Low in the first, low in the second, content in the third: of two low marks with a next answer one recovered."""
    start = clock.now()
    with clock.at(start):
        first = asks(survey("nps"), pavel)
        says(first, 2)
    assert kinds(Measure.RECOVERED) == [], "nobody knows yet"
    with clock.at(start + 200 * DAY):
        says(asks(survey("ces7"), pavel), 2)
    assert kinds(Measure.RECOVERED) == [DISSATISFIED]
    with clock.at(start + 400 * DAY):
        third = asks(survey("csat0_5"), pavel)
        says(third, 5)

    assert kinds(Measure.RECOVERED) == [DISSATISFIED, CONTENT]
    assert share("loop.recovered") == (1, 2)
    assert FollowUp.objects.count() == 2
    low = Reading.objects.filter(measure=Measure.RECOVERED).earliest("at")
    assert (low.at, low.ticket_id) == (FollowUp.objects.earliest("pk").opened_at, first.ticket_id)

    with clock.at(start + 401 * DAY):
        says(third, 1)
    assert kinds(Measure.RECOVERED) == [DISSATISFIED, DISSATISFIED], "they changed their mind"
    before = sorted(map(str, Cell.objects.values_list("measure", "day", "side", "key", "bucket", "n", "total")))
    TicketFact.objects.rebuild()
    assert sorted(map(str, Cell.objects.values_list("measure", "day", "side", "key", "bucket", "n", "total"))) == before


def test_answers_of_others_and_their_own_words_say_nothing(
    answered: Ticket, pavel: Contact, writes: Write, anna: User
) -> None:
    says(asks(survey("nps"), pavel), 2)
    theirs = writes(sender="other@else.test")
    theirs.reply("Помогло?", by=anna, then=Wait(clock.now() + DAY))
    other = theirs.contact
    with clock.at(clock.now() + 200 * DAY):
        says(asks(survey("ces7"), other), 7)
        says(asks(survey("area10"), pavel), 10)

    assert kinds(Measure.RECOVERED) == [], "an area of ours has no bad end, and another person is another"


def test_an_upgrade_counts_beside_the_news(answered: Ticket, pavel: Contact, writes: Write, monkeypatch) -> None:
    """Of tickets with surveys or calls what is measured since; the watermark of the news stays where it is."""
    monkeypatch.setattr(fact, "BATCH", 1)
    one = asks(survey("nps"), pavel)
    other = writes(sender="somebody@else.test")
    assert one.ticket == answered and kinds(Measure.DUE) == [SENT]
    counted = Watermark.objects.get()
    Reading.objects.all().delete()
    Watermark.objects.update(anew_after=0)

    assert [TicketFact.objects.count_anew() for _time in range(3)] == [1, 0, 0]
    assert Reading.objects.filter(measure=Measure.DUE).get().ticket == answered
    assert not Reading.objects.filter(ticket=other).exists(), "nothing more is measured of it"
    mark = Watermark.objects.get()
    assert (mark.entry_id, mark.anew_after) == (counted.entry_id, None)
