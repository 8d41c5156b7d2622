"""What surveys measured: each scale apart, who was asked and answered, and who was talked to in time."""

from datetime import timedelta

import pytest

from otklik.care.surveys.models import FollowUp, Invitation, Survey
from otklik.core.formulas import nps
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Counts, counted
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading, TicketFact
from otklik.team.metrics.surveying import IN_PART

pytestmark = pytest.mark.django_db
ASKED = (Measure.RECOMMENDED, Measure.EFFORT, Measure.AREAS, Measure.ASKED, Measure.FOLLOWED)


def read() -> list[tuple[int, int, int]]:
    """(measure, kind, value) of what surveys measured of all requests."""
    TicketFact.objects.count(set(Ticket.objects.values_list("pk", flat=True)))
    rows = Reading.objects.filter(measure__in=ASKED).order_by("measure")
    return list(rows.values_list("measure", "kind", "value"))


@pytest.fixture
def invitation(answered: Ticket, pavel: Contact, anna: User) -> Invitation:
    survey = Survey.objects.create(name="О нас", occasion="event")
    for kind, told in (("nps", {}), ("area5", {"weight": 3}), ("area10", {}), ("ces7", {})):
        survey.draft().questions.create(kind=kind, words_ru=kind, **told)
    survey.begin()
    Invitation.objects.ask(survey, pavel)
    assert Invitation.objects.send_due() == 1
    return Invitation.objects.select_related("version", "survey", "ticket").get()


def test_each_scale_is_measured_apart(invitation: Invitation) -> None:
    assert read() == [(Measure.ASKED, 0, 0)]
    net, five, ten, easy = [one.pk for one in invitation.version.asked()]  # type: ignore[union-attr]

    invitation.fill({net: 9, five: 5, ten: 1, easy: 6})

    assert read() == [
        (Measure.RECOMMENDED, 9, 9),
        (Measure.EFFORT, 6, 6),
        (Measure.AREAS, 75, 75),
        (Measure.ASKED, 1, 0),
    ]


def test_a_talk_counts_once_it_is_decided(invitation: Invitation, boris: User) -> None:
    first = invitation.version.asked()[0].pk  # type: ignore[union-attr]
    invitation.fill({first: 2})
    assert (Measure.FOLLOWED, 0, 0) not in read()
    owed = FollowUp.objects.get()
    with clock.at(owed.due_at + timedelta(minutes=1)):
        FollowUp.objects.find_late()
    assert (Measure.FOLLOWED, 0, 0) in read()

    with clock.at(owed.due_at - timedelta(minutes=1)):
        FollowUp.objects.get().close(boris)
    assert (Measure.FOLLOWED, 1, 0) in read()


def test_the_net_score_is_that_of_the_formula_and_undefined_of_nobody() -> None:
    told = nps(3, 1, 2)
    figure = counted(METRICS["nps"], Counts({10: 2, 9: 1, 7: 1, 6: 1, 0: 1}))

    assert (figure.value, figure.lo, figure.hi, figure.n) == (told["nps"], told["lo"], told["hi"], 6)
    assert counted(METRICS["nps"], Counts({})).value is None


def test_how_long_it_took_is_known_of_talks_that_were_held(invitation: Invitation, boris: User) -> None:
    first = invitation.version.asked()[0].pk  # type: ignore[union-attr]
    invitation.fill({first: 2})
    owed = FollowUp.objects.get()
    of_talks = Reading.objects.filter(measure=Measure.TALKED)
    read()
    assert not of_talks.exists(), "a talk that is owed is in no median"

    with clock.at(owed.opened_at + timedelta(hours=3)):
        FollowUp.objects.get().close(boris)
    read()
    assert [(one.value, one.at) for one in of_talks] == [(3 * 3600 * SECOND, owed.opened_at + timedelta(hours=3))]

    FollowUp.objects.get().reopen()
    read()
    assert not of_talks.all().exists()


def test_who_began_to_answer_and_did_not_end_is_told_apart(invitation: Invitation) -> None:
    net, _five, ten, _easy = [one.pk for one in invitation.version.asked()]  # type: ignore[union-attr]

    invitation.fill({net: 9, ten: 8})

    assert (Measure.ASKED, IN_PART, 0) in read()
    assert [one.value for one in Reading.objects.filter(measure=Measure.AREA)] == [8]


def test_promoters_and_the_mean_stand_beside_the_net_score_and_are_not_it() -> None:
    counts = Counts({10: 2, 9: 1, 7: 1, 6: 1, 0: 1})
    share, mean = (counted(METRICS[name], counts) for name in ("nps.promoter_share", "recommend.mean"))

    assert (share.good, share.n, share.value) == (3, 6, 0.5)
    assert mean.value == 7.0 and counted(METRICS["recommend.mean"], Counts({})).value is None
    whole = counted(METRICS["survey.cooperation"], Counts({0: 50, 1: 19, 2: 1}))
    assert (whole.good, whole.n) == (19, 20), "who did not begin is no answer that was broken off"
