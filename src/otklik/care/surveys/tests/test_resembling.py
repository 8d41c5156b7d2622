"""Who answered against who was asked: said only where several looks at once leave it proven."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from otklik.care.surveys import resembling
from otklik.care.surveys.models import Invitation, Survey
from otklik.care.surveys.results import Scope
from otklik.care.surveys.scales import Kind
from otklik.care.surveys.tests.conftest import Ask
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Product
from otklik.desk.tickets.models import Ticket, Topic
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=20)

type Asked = Callable[..., None]
"""`asked(40, 10, topic=billing)`: forty invitations of one kind, ten of which came back."""


@pytest.fixture
def recommend(survey: Ask) -> Survey:
    return survey("event", {"kind": Kind.NPS})


@pytest.fixture
def asked(recommend: Survey, writes: Write) -> Asked:
    version = recommend.current()
    assert version and version.first
    first = version.first.pk

    def ask(
        count: int,
        answered: int,
        *,
        topic: Topic | None = None,
        product: Product | None = None,
        agent: User | None = None,
        mark: int = 9,
        after: timedelta = timedelta(hours=1),
        ago: timedelta = LONG_AGO,
    ) -> None:
        sent = clock.now() - ago
        about = writes(f"О деле {Ticket.objects.count()}", sender=f"p{Ticket.objects.count()}@volga.test")
        about.topic, about.product = topic, product
        about.save(update_fields=["topic", "product"])
        told = {"survey": recommend, "version": version, "ticket": about, "contact": about.contact, "agent": agent}
        for number in range(count):
            digest = f"{Invitation.objects.count():064}"
            one = Invitation.objects.create(**told, team=about.team, digest=digest, send_at=sent, sent_at=sent)
            if number < answered:
                with clock.at(sent + after):
                    one.fill({first: mark})

    return ask


def scope(survey: Survey, teams: list[int] | None = None) -> Scope:
    version = survey.current()
    assert version
    version.survey = survey
    return Scope(version, "letter", teams)


@pytest.fixture
def billing(db: None) -> Topic:
    return Topic.objects.create(name="Счета")


@pytest.fixture
def phones(db: None) -> Topic:
    return Topic.objects.create(name="Телефония")


def test_a_topic_whose_clients_keep_silent_is_named(
    asked: Asked, recommend: Survey, billing: Topic, phones: Topic
) -> None:
    asked(40, 6, topic=billing)
    asked(40, 30, topic=phones)

    out = [one for one in resembling.groups(scope(recommend)) if one.stands_out]
    assert [(one.side, one.name, one.asked, one.answered) for one in out] == [("topic", "Счета", 40, 6)]
    assert out[0].difference.value == pytest.approx(6 / 40 - 30 / 40)


def test_what_chance_does_is_not_said(asked: Asked, recommend: Survey, billing: Topic, phones: Topic) -> None:
    asked(40, 18, topic=billing)
    asked(40, 22, topic=phones)

    found = resembling.groups(scope(recommend))
    assert found and not [one for one in found if one.stands_out]


def test_many_looks_make_each_less_sure(asked: Asked, recommend: Survey, anna: User, phones: Topic) -> None:
    """Twelve topics, one of them uneven by itself at the edge of what chance does."""
    asked(30, 8, topic=phones)
    for number in range(11):
        asked(30, 15, topic=Topic.objects.create(name=f"Тема {number}"))

    (alone,) = [one for one in resembling.groups(scope(recommend)) if one.name == "Телефония"]
    assert alone.difference.p is not None and alone.difference.p < 0.05 < alone.p
    assert not alone.stands_out


def test_few_young_and_anothers_invitations_say_nothing(asked: Asked, recommend: Survey, billing: Topic) -> None:
    asked(4, 0, topic=billing)
    asked(40, 0, topic=billing, ago=timedelta(days=2))
    assert resembling.groups(scope(recommend)) == []
    asked(40, 20)
    assert resembling.groups(scope(recommend, [])) == []


def test_late_answers_stand_beside_early_ones(asked: Asked, recommend: Survey) -> None:
    version = recommend.current()
    assert version and version.first
    asked(40, 40, mark=10)
    asked(40, 40, mark=3, after=timedelta(days=4))

    turn = resembling.early_and_late(scope(recommend), version.first)
    assert (turn.was.value, turn.now.value) == (100, -100)
    assert turn.difference and turn.difference.is_proven


def test_the_version_before_is_compared_where_it_asked_the_same(asked: Asked, recommend: Survey) -> None:
    asked(40, 40, mark=3)
    first = recommend.current()
    assert first and first.first and resembling.since_before(scope(recommend), first.first) is None
    recommend.draft()
    second = recommend.begin()
    assert second.first
    turn = resembling.since_before(scope(recommend), second.first)
    assert turn and (turn.was.n, turn.now.n, turn.difference) == (40, 0, None)

    draft = recommend.draft()
    draft.questions.all().delete()
    draft.questions.create(kind=Kind.CES7)
    third = recommend.begin()
    assert third.first and resembling.since_before(scope(recommend), third.first) is None


def test_one_statement_for_all_sides(
    asked: Asked, recommend: Survey, billing: Topic, phones: Topic, django_assert_max_num_queries
) -> None:
    asked(20, 10, topic=billing)
    asked(20, 10, topic=phones)
    where = scope(recommend)
    with django_assert_max_num_queries(len(resembling.NAMED) + 4):  # and what is settled
        resembling.groups(where)
