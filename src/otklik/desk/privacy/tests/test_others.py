"""What an erasure must not take: words of others, held ones, letters on their way; and what comes while it goes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from otklik.core.datamap import Person
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox
from otklik.desk.channels.models import Inbound, Outbound
from otklik.desk.clients.models import Contact, Merging
from otklik.desk.conversations.models import Message
from otklik.desk.imports.models import Import
from otklik.desk.privacy import erasing, exporting, working
from otklik.desk.privacy.models import DataRequest, Hold
from otklik.desk.privacy.preview import against, preview
from otklik.desk.privacy.subject import person_of
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "pavel@volga.test"
type Erase = Callable[[], DataRequest]


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    return tmp_path / "media"


@pytest.fixture
def theirs(writes: Write, anna: User) -> Ticket:
    """An ended request of the person who is to be erased."""
    ticket = writes("Слово Павла", sender=ADDRESS, sender_name="Павел Волгин")
    ticket.reply("Готово", by=anna, then=Resolve("готово"))
    outbox.send_due()
    return ticket


@pytest.fixture
def shared(writes: Write, theirs: Ticket, anna: User) -> Ticket:
    """An ended request of Olga in which Pavel wrote."""
    ticket = writes("Слово Ольги", sender="olga@don.test", sender_name="Ольга")
    writes("И моё слово", sender=ADDRESS, token=ticket.conversation.token)
    ticket = Ticket.objects.get(pk=ticket.pk)
    ticket.reply("Ответ Ольге", by=anna, then=Resolve("готово"))
    outbox.send_due()
    return ticket


@pytest.fixture
def erase(theirs: Ticket, admin: User, head: User) -> Erase:
    def run() -> DataRequest:
        one = asked(theirs.contact, "erasure", head)
        one.allow("second", by=admin)
        working.work(one.pk)
        one.refresh_from_db()
        return one

    return run


def asked(contact: Contact, kind: str, by: User) -> DataRequest:
    one = DataRequest(contact=contact, kind=kind, confirmed="call", asked_on=clock.today())
    one.ground = "withdrawn" if kind == "erasure" else ""
    return one.ask(by=by)


def again(one: DataRequest, by: User) -> DataRequest:
    one.go_on(by=by)
    working.work(one.pk)
    one.refresh_from_db()
    return one


def texts(ticket: Ticket) -> list[str]:
    return list(ticket.conversation.messages.filter(direction="in").order_by("pk").values_list("text", flat=True))


@pytest.mark.parametrize("over", ["contact", "ticket"])
def test_a_hold_on_others_in_whose_request_they_wrote_stops_it(
    shared: Ticket, erase: Erase, admin: User, over: str
) -> None:
    hold = Hold(why="иск Ольги", **({"contact": shared.contact} if over == "contact" else {"ticket": shared}))
    hold.put(by=admin)
    one = erase()
    assert one.state == "failed" and "иск Ольги" in one.trouble
    assert texts(shared) == ["Слово Ольги", "И моё слово"]
    hold.lift(by=admin)
    assert again(one, admin).state == "done" and texts(shared) == ["Слово Ольги", "…"]


def test_a_hold_on_somebody_who_wrote_in_theirs_stops_it(
    theirs: Ticket, writes: Write, anna: User, erase: Erase, admin: User
) -> None:
    writes("Слово Ольги", sender="olga@don.test", sender_name="Ольга", token=theirs.conversation.token)
    ticket = Ticket.objects.get(pk=theirs.pk)
    ticket.reply("да", by=anna, then=Resolve("да"))
    outbox.send_due()
    olga = Contact.objects.get(identities__value="olga@don.test")
    Hold(contact=olga, why="иск Ольги").put(by=admin)
    assert erase().state == "failed" and "Слово Ольги" in texts(theirs)


def test_a_letter_that_leaves_in_a_conversation_of_others_keeps_its_bytes(shared: Ticket, erase: Erase) -> None:
    letter = Outbound.objects.filter(message__conversation=shared.conversation).latest("pk")
    Outbound.objects.filter(pk=letter.pk).update(state="ready")
    assert erase().state == "failed"
    letter.refresh_from_db()
    assert bytes(letter.raw)


def test_a_failed_letter_in_a_conversation_of_others_is_not_sent_empty(shared: Ticket, erase: Erase) -> None:
    letters = Outbound.objects.filter(message__conversation=shared.conversation)
    letters.update(state="failed")
    assert erase().state == "done"
    assert {(one.state, bytes(one.raw)) for one in letters} == {("cancelled", b"")}


def test_a_letter_that_nobody_has_read_yet_keeps_its_bytes(erase: Erase, theirs: Ticket) -> None:
    letter = Inbound.objects.create(
        channel=theirs.conversation.channel, content_hash="n", size=1, raw=b"new", envelope_from=ADDRESS
    )
    assert erase().state == "done"
    letter.refresh_from_db()
    assert (bytes(letter.raw), letter.envelope_from) == (b"new", ADDRESS)


def test_cards_that_are_parted_meanwhile_stop_it(
    theirs: Ticket, writes: Write, anna: User, erase: Erase, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is somebody else after all keeps their words."""
    twin = writes("Слово двойника", sender="twin@volga.test", sender_name="Двойник")
    twin.reply("да", by=anna, then=Resolve("да"))
    outbox.send_due()
    Merging.objects.merge(theirs.contact, twin.contact, by=admin)
    before = erasing._piece

    def parting(one: DataRequest, person: Person, phase: str, keys: list[object]) -> None:
        merging = Merging.objects.get()
        if phase == "conversation" and merging.undone_at is None:
            merging.undo(by=admin)
        before(one, person, phase, keys)

    monkeypatch.setattr(erasing, "_piece", parting)
    one = erase()
    assert one.state == "failed" and texts(twin) == ["Слово двойника"]
    assert again(one, admin).state == "done"
    assert texts(twin) == ["Слово двойника"] and texts(theirs) == ["…"]


def writing_at(phase: str, letter: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, right before this phase."""
    before, left = erasing._piece, [letter]

    def piece(one: DataRequest, person: Person, at: str, keys: list[object]) -> None:
        if at == phase and left:
            left.pop()()
        before(one, person, at, keys)

    monkeypatch.setattr(erasing, "_piece", piece)


def test_what_came_while_it_went_is_erased_after_going_on(
    theirs: Ticket, writes: Write, anna: User, erase: Erase, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing_at("person", lambda: writes("Письмо вдогонку", sender=ADDRESS, sender_name="Павел"), monkeypatch)
    one = erase()
    assert one.state == "failed"
    new = Ticket.objects.latest("pk")
    new.reply("да", by=anna, then=Resolve("да"))
    outbox.send_due()
    done = again(one, admin)
    assert done.state == "done" and texts(new) == ["…"]
    assert done.counts["conversations.Message"]["rows"] == Message.objects.count(), "met twice, counted once"


def test_what_came_and_opened_nothing_is_erased_at_once(
    theirs: Ticket, erase: Erase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def thanks() -> None:
        Message.objects.create(
            conversation=theirs.conversation,
            direction="in",
            contact=theirs.contact,
            text="Спасибо!",
            new_text="Спасибо!",
        )

    writing_at("person", thanks, monkeypatch)
    writing_at("contact", lambda: None, monkeypatch)
    assert erase().state == "done" and texts(theirs) == ["…", "…"]


def test_an_archive_in_the_making_stands_against_it(theirs: Ticket, erase: Erase, admin: User) -> None:
    """Its file would keep what is erased."""
    export = asked(theirs.contact, "export", admin)
    export.allow("right", by=admin)
    one = erase()
    assert one.state == "failed"
    working.work(export.pk)
    assert again(one, admin).state == "done"
    export.refresh_from_db()
    assert not export.file and not export.has_file


def test_the_file_of_an_archive_that_broke_off_is_removed(
    theirs: Ticket, admin: User, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = asked(theirs.contact, "export", admin)
    export.allow("right", by=admin)
    with monkeypatch.context() as patched:
        patched.setattr(DataRequest, "finish", lambda self: 1 / 0)
        working.work(export.pk)
    export.refresh_from_db()
    assert export.state == "failed" and not export.has_file
    again(export, admin)
    assert export.has_file and len(list(media.rglob("*.zip"))) == 1
    DataRequest.objects.update(state="failed", file_until=timezone.now())
    assert exporting.forget_spent() == 1 and not list(media.rglob("*.zip"))


def test_the_preview_tells_what_of_others_goes(theirs: Ticket, shared: Ticket, writes: Write) -> None:
    writes("Слово Ольги", sender="olga@don.test", sender_name="Ольга", token=theirs.conversation.token)
    Import.objects.create(kind="contacts", source="x", name="x.csv", state="done", file="imports/x.csv")
    told = "\n".join(preview(person_of(theirs.contact)).besides)
    assert told.count("\n") == 2
    assert "(1)" in told and not list(against(Person((0,))))


def test_addresses_that_end_alike_are_those_of_others() -> None:
    person = Person((1,), ("a@b.ru", "+79991234567"), ("Павел Волгин",))
    kept = "maria.a@b.ru, a@b.ru.com, x-a@b.ru, Павел Волгинский"
    assert person.without(kept) == kept
    assert person.without("a@b.ru, A@B.RU. <a@b.ru> тел. +79991234567; павел волгин") == "…, …. <…> тел. …; …"
