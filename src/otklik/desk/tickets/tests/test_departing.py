"""Letters that leave at a moment: nothing is said before, news stop them, nothing is lost."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Attachment, Draft, Message
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.departing import FARTHEST, send_due
from otklik.desk.tickets.steps import PromiseDate, PutAside, Refuse, Resolve, Step, Wait, plain, revived
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
FORM = {"next": "wait"}


def said(ticket: Ticket) -> list[str]:
    letters = ticket.conversation.messages.filter(direction="out", automatic="", taken_back_at=None)
    return [letter.new_text for letter in letters.order_by("pk")]


@pytest.fixture
def tonight() -> datetime:
    return clock.now() + timedelta(hours=3)


@pytest.fixture
def step(tonight: datetime) -> Step:
    return Wait(tonight + timedelta(days=2))


@pytest.fixture
def waiting(ticket: Ticket, anna: User, tonight: datetime, step: Step) -> Draft:
    return ticket.send_later(
        "Доброе утро!", tonight, by=anna, then=step, form=FORM, seen=ticket.last_message_id, key="k1"
    )


def test_until_its_moment_nothing_is_said_and_clocks_run(ticket: Ticket, anna: User, waiting: Draft) -> None:
    before = Ticket.objects.get(pk=ticket.pk)
    assert before.owner == anna and before.first_answer_at is None and before.is_our_move
    assert send_due() == 0 and said(ticket) == []
    assert Entry.objects.filter(kind="tickets.LetterPlanned").count() == 1


def test_at_its_moment_it_leaves_with_its_step(
    ticket: Ticket, anna: User, waiting: Draft, tonight: datetime, time_machine: Any
) -> None:
    Draft.objects.keep(ticket.conversation, anna, "reply", "начато потом", {})
    time_machine.move_to(tonight + timedelta(seconds=5))
    assert send_due() == 1 and send_due() == 0

    found = Ticket.objects.get(pk=ticket.pk)
    assert said(found) == ["Доброе утро!"] and found.status == "pending_client" and found.first_answer_at
    assert Message.objects.get(direction="out", automatic="").author == anna
    assert Draft.objects.get().text == "начато потом"


def test_news_stop_it_and_its_author_reads_why(
    ticket: Ticket, anna: User, waiting: Draft, writes: Write, tonight: datetime, time_machine: Any
) -> None:
    first = ticket.conversation.messages.earliest("pk")
    again = writes("Уже не надо!", references=[first.external_id])
    assert again == ticket
    Draft.objects.keep(ticket.conversation, anna, "reply", "начато потом", {})
    time_machine.move_to(tonight + timedelta(seconds=5))

    assert send_due() == 0 and said(ticket) == []
    draft = Draft.objects.get()
    assert (draft.mode, draft.text, draft.leave_at) == ("reply", "Доброе утро!\n\nначато потом", None)
    assert "step" not in draft.form and draft.form["to"] == ["pavel@volga.test"]
    assert Notice.objects.of(anna.pk)[0].urgent
    assert Entry.objects.get(kind="tickets.LetterCalledOff").data["why"]


def test_it_is_stopped_by_whoever_works_on_the_request(ticket: Ticket, anna: User, ilya: User, waiting: Draft) -> None:
    ticket.call_off(waiting.pk, by=ilya)
    draft = Draft.objects.get()
    assert (draft.mode, draft.author, draft.text) == ("reply", anna, "Доброе утро!")
    assert ilya.name in Notice.objects.of(anna.pk)[0].text
    with pytest.raises(Conflict):
        ticket.call_off(waiting.pk, by=anna)


def test_who_has_left_says_nothing_any_more_and_a_lead_hears_of_it(
    ticket: Ticket, anna: User, boris: User, waiting: Draft, tonight: datetime, time_machine: Any
) -> None:
    ticket.assign(boris, by=boris)  # nobody leaves while a request is theirs
    User.objects.filter(pk=anna.pk).update(is_active=False)
    time_machine.move_to(tonight + timedelta(seconds=5))
    assert send_due() == 0 and said(ticket) == []
    assert Notice.objects.filter(person=boris).exists() and not Notice.objects.filter(person=anna).exists()


def test_one_at_a_time_and_a_repeated_press_is_the_same_letter(
    ticket: Ticket, anna: User, waiting: Draft, tonight: datetime, step: Step
) -> None:
    told: dict[str, Any] = {"by": anna, "then": step, "form": FORM}
    assert ticket.send_later("Доброе утро!", tonight, key="k1", **told) == waiting
    with pytest.raises(Conflict):
        ticket.send_later("Ещё одно", tonight, key="k2", **told)


def test_other_words_leave_at_another_moment_with_its_files_but_not_with_pictures_of_before(
    ticket: Ticket, anna: User, ilya: User, tonight: datetime, step: Step, time_machine: Any
) -> None:
    png = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(png, "PNG")
    files = (SimpleUploadedFile("k.txt", b"a"), SimpleUploadedFile("p.png", png.getvalue(), "image/png"))
    kept, shown = (Attachment.objects.upload(ticket.conversation, one, anna) for one in files)
    told: dict[str, Any] = {"then": step, "form": FORM, "seen": ticket.last_message_id}
    words = f"Смотрите: ![снимок](cid:{shown.key})"
    letter = ticket.send_later(words, tonight, by=anna, files=[kept, shown], key="k1", **told)
    Draft.objects.keep(ticket.conversation, anna, "reply", "начато потом", {})
    with pytest.raises(Conflict):
        ticket.change_later(letter.pk, "Чужое", tonight, by=ilya, **told)

    late = tonight + timedelta(hours=2)
    ticket.change_later(letter.pk, "Без снимка", late, by=anna, **told | {"seen": None})
    time_machine.move_to(tonight + timedelta(minutes=1))
    assert send_due() == 0 and said(ticket) == []
    time_machine.move_to(late + timedelta(seconds=5))
    assert send_due() == 1 and said(ticket) == ["Без снимка"]
    assert list(Message.objects.get(direction="out", automatic="").attachments.all()) == [kept]
    assert Draft.objects.get().text == "начато потом"
    with pytest.raises(Conflict):
        ticket.change_later(letter.pk, "Поздно", late + timedelta(days=1), by=anna, **told)


def test_moments_that_cannot_be(ticket: Ticket, anna: User, tonight: datetime) -> None:
    now = clock.now()
    for at in (now, now - timedelta(days=1), now + FARTHEST + timedelta(days=1)):
        with pytest.raises(Invalid) as refused:
            ticket.send_later("Текст", at, by=anna, then=Resolve(), form=FORM)
        assert refused.value.field == "leave_at"
    with pytest.raises(Invalid) as refused:  # it would promise what is over when it comes
        ticket.send_later("Текст", tonight, by=anna, then=PromiseDate(tonight - timedelta(hours=1)), form=FORM)
    assert refused.value.field == "leave_at"
    assert not Draft.objects.exists()


def test_of_a_joined_request_nothing_leaves_by_itself(
    ticket: Ticket, anna: User, waiting: Draft, writes: Write, tonight: datetime, time_machine: Any
) -> None:
    other = writes("То же самое", subject="Ещё раз")
    ticket.merge_into(other, by=anna)
    time_machine.move_to(tonight + timedelta(seconds=5))
    assert send_due() == 0
    draft = Draft.objects.get()
    assert (draft.mode, draft.conversation_id) == ("reply", other.conversation_id)


MOMENTS = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2090, 1, 1), timezones=st.timezones())
STEPS = st.one_of(
    st.builds(Wait, MOMENTS),
    st.builds(PromiseDate, MOMENTS, st.text(), st.text()),
    st.builds(Resolve, st.text(), st.text()),
    st.builds(Refuse, st.text(), st.text(), st.lists(st.text()), st.booleans()),
    st.builds(PutAside, MOMENTS, st.text(), st.booleans(), st.text()),
)


@given(STEPS)
def test_a_step_that_was_written_down_is_the_same(step: Step) -> None:
    again = revived(plain(step))
    assert type(again) is type(step) and plain(again) == plain(step)
