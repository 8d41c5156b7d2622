"""Asked by phone: who, by whom, how often, and that a living voice is counted apart."""

from datetime import timedelta

import pytest

from otklik.care.surveys import results
from otklik.care.surveys.models import FollowUp, Invitation, Score, Survey
from otklik.care.surveys.models.ringing import REFUSED_FOR, TRIES, Measured, NotNow
from otklik.care.surveys.scales import Kind
from otklik.care.surveys.tests.conftest import Ask
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Channelled, Consent, Contact, QuietPeriod
from otklik.desk.clients.purposes import Agreed
from otklik.desk.conversations.models import Conversation
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve

pytestmark = pytest.mark.django_db
NUMBER = "+74951234567"


@pytest.fixture
def voice(answered: Ticket) -> Contact:
    """Reached by phone alone."""
    answered.contact.identities.all().delete()
    answered.contact.identities.create(kind=Channelled.PHONE, value=NUMBER)
    return Contact.objects.get(pk=answered.contact_id)


@pytest.fixture
def told(answered: Ticket, anna: User) -> Ticket:
    """What they told by phone, written down and solved by Anna yesterday; the address of then is no longer theirs."""
    pavel = answered.contact
    talk = Conversation.objects.create(contact=pavel, channel=answered.conversation.channel, subject="Звонок")
    with clock.at(clock.now() - timedelta(days=1)):
        found = Ticket.open_for(talk.write_down("Не работает линия", by=anna), by=anna, owner=anna)
        found.reply("Починили", by=anna, then=Resolve())
    pavel.identities.all().delete()
    pavel.identities.create(kind=Channelled.PHONE, value=NUMBER)
    return found


@pytest.fixture
def asks(survey: Ask) -> Survey:
    return survey("event", {"kind": Kind.NPS}, {"kind": Kind.CSAT5}, by_phone=True)


def called(asks: Survey, voice: Contact) -> Invitation:
    Invitation.objects.ask(asks, voice)
    assert Invitation.objects.send_due() == 0, "no letter"
    return Invitation.objects.to_ring().get()


def test_whoever_has_a_number_and_no_address_is_called(asks: Survey, voice: Contact, boris: User) -> None:
    one = called(asks, voice)
    assert (one.source, one.number(), one.version) == ("phone", NUMBER, asks.current())
    first, second = one.version.asked()  # type: ignore[union-attr]

    one.heard({first.pk: 9, second.pk: 4}, {}, by=boris)
    one.refresh_from_db()
    assert (one.asked_by, one.ring_at) == (boris, None) and one.finished_at
    assert not Invitation.objects.to_ring().exists()


def test_nobody_is_called_where_the_survey_does_not_call_or_no_number_is_known(
    survey: Ask, voice: Contact, asks: Survey
) -> None:
    silent = survey("event", {"kind": Kind.NPS})
    Invitation.objects.ask(silent, voice)
    voice.identities.all().delete()
    Invitation.objects.ask(asks, voice)
    Invitation.objects.send_due()

    assert set(Invitation.objects.values_list("why_not", flat=True)) == {"address"}


@pytest.mark.parametrize("card", ["contact", "client"])
def test_ACCESS_1_a_restricted_card_is_not_called(asks: Survey, voice: Contact, card: str) -> None:
    told = voice if card == "contact" else voice.client
    assert told is not None
    type(told).objects.filter(pk=told.pk).update(restricted_as="vip")
    Invitation.objects.ask(asks, voice)
    Invitation.objects.send_due()

    assert Invitation.objects.get().why_not == "address"


def test_the_contact_policy_decides_about_a_call_as_about_a_letter(asks: Survey, voice: Contact) -> None:
    today = clock.today()
    QuietPeriod.objects.create(contact=voice, starts_on=today, ends_on=today + timedelta(days=20))
    Invitation.objects.ask(asks, voice)
    Invitation.objects.send_due()

    assert not Invitation.objects.to_ring().exists() and Invitation.objects.get().why_not == "quiet"


def test_C9_whoever_answered_the_client_does_not_ask_them(
    survey: Ask, request: pytest.FixtureRequest, anna: User
) -> None:
    survey("resolved", {"kind": Kind.CSAT5}, by_phone=True)
    request.getfixturevalue("told")
    Invitation.objects.send_due()
    one = Invitation.objects.to_ring().get()
    assert one.agent == anna and one.version
    first = one.version.asked()[0]

    with pytest.raises(Measured):
        one.heard({first.pk: 5}, {}, by=anna)
    with pytest.raises(Measured):
        one.not_reached(by=anna)
    with pytest.raises(Measured):
        one.declined(by=anna)
    assert Invitation.objects.to_ring().get().rings == 0


def test_after_the_third_try_nobody_calls_again(asks: Survey, voice: Contact, boris: User) -> None:
    one, now = called(asks, voice), clock.now()
    for day in range(TRIES):
        with clock.at(now + timedelta(days=day, minutes=1 + day)):
            assert Invitation.objects.to_ring().get() == one
            one.not_reached(by=boris)
            assert not Invitation.objects.to_ring().exists(), "not twice on one day"
    one.refresh_from_db()
    assert (one.rings, one.why_not) == (TRIES, "unreached")


def test_who_comes_second_changes_nothing(asks: Survey, voice: Contact, boris: User, head: User) -> None:
    """Two who call one person at once, and one who presses twice."""
    one = called(asks, voice)
    assert one.version
    first, second = one.version.asked()
    again = Invitation.objects.get(pk=one.pk)
    one.heard({first.pk: 9, second.pk: 5}, {}, by=boris)

    for act in (again.not_reached, again.declined):
        with pytest.raises(NotNow):
            act(by=head)
    again.refresh_from_db()
    assert (again.asked_by, again.ring_at, again.rings, again.why_not) == (boris, None, 0, "")


def test_nobody_is_called_about_what_is_open_again(survey: Ask, request: pytest.FixtureRequest, anna: User) -> None:
    about = survey("resolved", {"kind": Kind.CSAT5}, by_phone=True)
    told: Ticket = request.getfixturevalue("told")
    Invitation.objects.send_due()
    assert Invitation.objects.to_ring().get().survey == about
    told.reopen_by(anna)
    assert not Invitation.objects.to_ring().exists()
    assert Invitation.objects.get(survey=about).why_not == "open"


def test_nobody_is_called_by_a_survey_that_ended(asks: Survey, voice: Contact) -> None:
    called(asks, voice)
    asks.end()
    assert not Invitation.objects.to_ring().exists()


def test_whoever_wants_no_questions_meanwhile_is_not_called(asks: Survey, voice: Contact, anna: User) -> None:
    called(asks, voice)
    Consent.objects.say(voice, Agreed.SURVEYS, given=False, by=anna, source="по телефону")
    assert not Invitation.objects.to_ring().exists()
    Consent.objects.say(voice, Agreed.SURVEYS, given=True, by=anna, source="по телефону", version="1", text="да")
    assert Invitation.objects.to_ring().exists()


def test_a_refusal_holds_for_other_surveys_half_a_year(survey: Ask, asks: Survey, voice: Contact, boris: User) -> None:
    called(asks, voice).declined(by=boris)
    other = survey("event", {"kind": Kind.NPS}, by_phone=True)
    Invitation.objects.ask(other, voice)
    Invitation.objects.send_due()
    assert Invitation.objects.get(survey=other).why_not == "declined"

    with clock.at(clock.now() + REFUSED_FOR + timedelta(days=1)):
        Invitation.objects.ask(other, voice)
        Invitation.objects.send_due()
        assert Invitation.objects.to_ring().get().survey == other


def test_nobody_had_the_time_to_call_is_on_record(asks: Survey, voice: Contact) -> None:
    called(asks, voice)
    with clock.at(clock.now() + timedelta(days=15)):
        assert not Invitation.objects.to_ring().exists()
        assert Invitation.objects.give_up_ringing() == 1
    assert Invitation.objects.get().why_not == "not_called"


def test_a_living_voice_is_a_series_of_its_own(survey: Ask, request: pytest.FixtureRequest, boris: User) -> None:
    """No mark of the answer, so none of the figures that count marks; a low one is owed a talk all the same."""
    survey("resolved", {"kind": Kind.CSAT5}, by_phone=True)
    request.getfixturevalue("told")
    Invitation.objects.send_due()
    one = Invitation.objects.to_ring().get()
    version = one.version
    assert version
    one.heard({version.asked()[0].pk: 1}, {}, by=boris)

    assert not Score.objects.exists() and FollowUp.objects.get().invitation == one
    by_phone, by_letter = (results.Scope(version, source, None) for source in ("phone", "letter"))
    assert [row.n for row in results.results(by_phone)] == [1]
    assert [row.n for row in results.results(by_letter)] == [0]
    assert results.response(by_phone).sent == 1
