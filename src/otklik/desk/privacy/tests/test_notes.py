"""What our own people wrote for one another goes along with an archive only where somebody says why."""

import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.calls import by_hand
from otklik.desk.calls.models import Call
from otklik.desk.calls.models import Draft as CallDraft
from otklik.desk.conversations.models import Attachment, Draft
from otklik.desk.privacy import working
from otklik.desk.privacy.models import DataRequest
from otklik.desk.privacy.tests.test_others import asked
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "СОВА"


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    return tmp_path / "media"


@pytest.fixture
def noted(ticket: Ticket, anna: User, ilya: User) -> Ticket:
    """Each way in which a note leaves a trace, and words that are the client's."""
    note = ticket.note(f"@{ilya.name} {SECRET}: грубит, будьте осторожны", by=anna)
    file = Attachment.objects.upload(ticket.conversation, SimpleUploadedFile(f"{SECRET}.txt", SECRET.encode()), anna)
    file.belong_to(note)
    Draft.objects.keep(ticket.conversation, anna, "note", f"{SECRET} и ещё", {})
    Draft.objects.keep(ticket.conversation, anna, "reply", "Добрый день", {})
    told: dict[str, Any] = {"by": anna, "outward": False, "minutes": 1}
    call = by_hand.write_down(ticket, **told, result="passed_on", note=f"{SECRET} звонил")
    for days in (2, 3):  # the second one moves the date
        until = clock.now() + timedelta(days=days)
        by_hand.write_down(ticket, **told, result="promised", note=f"{SECRET} ждёт", until=until)
    CallDraft.objects.create(call=call, author=ilya, form={"note": f"{SECRET} по телефону"})
    ticket.plan([f"{SECRET}: спросить юриста"], by=anna)
    opened_and_closed(ticket, anna)
    return ticket


def opened_and_closed(ticket: Ticket, by: User) -> None:
    """A call of the same client that was about nothing, with a request of its own."""
    now = clock.now()
    whole = {"begun_at": now, "answered_at": now, "ended_at": now, "holder": by}
    call = Call.objects.create(channel=ticket.conversation.channel, team=ticket.team, **whole)
    call.open_ticket(by=by, contact=ticket.contact)
    call.conclude("no_one", by=by, note=f"{SECRET} молчит")
    assert call.ticket and not call.ticket.is_open


def archive(one: DataRequest, media: Path) -> str:
    """All that is in it, as text."""
    with zipfile.ZipFile(media / str(one.file.name)) as found:
        return "\n".join(name + found.read(name).decode(errors="replace") for name in found.namelist())


def made(one: DataRequest, by: User) -> DataRequest:
    one.allow("right", by=by)
    working.work(one.pk)
    one.refresh_from_db()
    assert one.state == "done", one.trouble
    return one


def test_ACCESS_6_notes_stay_with_us_when_a_person_gets_their_data(noted: Ticket, head: User, media: Path) -> None:
    told = archive(made(asked(noted.contact, "export", head), head), media)

    assert SECRET not in told
    assert noted.conversation.messages.get(direction="in").text in told and "Добрый день" in told


def test_notes_go_along_for_a_reason(noted: Ticket, head: User, media: Path) -> None:
    one = asked(noted.contact, "export", head)
    one.let_notes_along("  суд просит всё ", by=head)
    told = archive(made(one, head), media)

    said = ("звонил", "по телефону", "и ещё", "ждёт", "молчит")
    for words in ("грубит", f"{SECRET}.txt", f"{SECRET}: спросить юриста", *(f"{SECRET} {word}" for word in said)):
        assert words in told, words
    assert one.notes_why == "суд просит всё" and "суд просит всё" not in told, "the reason is ours"
    assert Entry.objects.get(kind="privacy.DataAllowed").data["with_notes"] is True


def test_who_decides_nothing_lets_nothing_along(noted: Ticket, boris: User, quality: User, head: User) -> None:
    one = asked(noted.contact, "export", head)
    for person in (boris, quality):
        with pytest.raises(PermissionDenied):
            one.let_notes_along("хочу", by=person)
    assert not DataRequest.objects.filter(with_notes=True).exists()


def test_without_a_reason_or_too_late_nothing_goes_along(noted: Ticket, head: User) -> None:
    one = asked(noted.contact, "export", head)
    with pytest.raises(ValidationError):
        one.let_notes_along("  ", by=head)
    with pytest.raises(ValidationError):
        asked(noted.contact, "erasure", head).let_notes_along("надо", by=head)
    made(one, head)
    with pytest.raises(ValidationError):
        one.let_notes_along("надо", by=head)
    assert not DataRequest.objects.filter(with_notes=True).exists()
