"""PRIVACY-1: what is planted in every place of a person is in the export everywhere, and after erasure nowhere."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from otklik.core.datamap import declared
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import CardField, Client, Contact, Membership
from otklik.desk.clients.sight import Place as Looked
from otklik.desk.clients.sight import reveal
from otklik.desk.conversations.models import Message
from otklik.desk.imports.models import Takeover
from otklik.desk.privacy import erasing, exporting, working
from otklik.desk.privacy.models import DataRequest, Hold
from otklik.desk.privacy.preview import preview
from otklik.desk.privacy.subject import person_of
from otklik.desk.privacy.tests.planting import ADDRESS, MARK, NAME, files_with, plant, tables_with
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    return tmp_path / "media"


@pytest.fixture
def theirs(writes: Write, anna: User) -> Ticket:
    """An ended request of somebody whose name and address are unmistakable, with a file."""
    ticket = writes(f"{MARK} пишет", sender=ADDRESS, sender_name=NAME, files=[["a.txt", f"файл {MARK}"]])
    ticket.reply("Готово", by=anna, then=Resolve("готово"))
    from otklik.desk.channels import outbox

    outbox.send_due()
    return ticket


def asked(ticket: Ticket, kind: str, by: User) -> DataRequest:
    one = DataRequest(
        contact=ticket.contact, kind=kind, confirmed="call", remark=f"звонил {NAME}", asked_on=clock.today()
    )
    one.ground = "withdrawn" if kind == "erasure" else ""
    return one.ask(by=by)


def done(one: DataRequest, by: User) -> DataRequest:
    one.allow("second", by=by)
    working.work(one.pk)
    one.refresh_from_db()
    return one


def test_PRIVACY_1_the_export_holds_the_mark_of_every_place(theirs: Ticket, admin: User, media: Path) -> None:
    plant(theirs, admin)
    DataRequest.objects.update(state="refused")
    with_mark = set(tables_with(MARK))
    one = asked(theirs, "export", admin)
    one.let_notes_along("суд просит всё", by=admin)
    assert done(one, admin).state == "done", one.trouble
    with zipfile.ZipFile(media / str(one.file.name)) as archive:
        for place in declared():
            if not place.exported:
                continue
            told = archive.read(f"data/{place.name}.json").decode()
            assert json.loads(told), place.name
            for name in place.words:
                if name not in place.secret and name not in (place.file, place.raw):
                    assert MARK in told or ADDRESS in told, f"{place.name}.{name}"
            by_address = place.name in ("clients.Identity", "conversations.PicturesFrom", "tickets.Participant")
            by_address |= not place.words  # that it concerns them is a number
            assert place.model._meta.db_table in with_mark or by_address, place.name
        names = archive.namelist()
        assert any(MARK.encode() in archive.read(name) for name in names if name.startswith("files/"))
        assert any(MARK.encode() in archive.read(name) for name in names if name.startswith("mail/channels.inbound"))
        assert any(MARK.encode() in archive.read(name) for name in names if name.startswith("mail/channels.outbound"))
        page = archive.read("report.html").decode()
        assert (
            page.index("clients.contact.name")
            < page.index("conversations.message.text")
            < page.index("journal.entry.data")
        )
        assert MARK in page and "<script" not in page and theirs.conversation.token not in page
    apart = {p.model._meta.db_table for p in declared() if not p.exported}
    known = {p.model._meta.db_table for p in declared() if p.exported}
    assert with_mark - apart <= known, "the mark stands where the map does not lead"


def test_PRIVACY_1_after_erasure_the_mark_is_nowhere(theirs: Ticket, admin: User, head: User, media: Path) -> None:
    plant(theirs, admin)
    Hold.objects.update(lifted_at=timezone.now(), lifted_by=admin)
    DataRequest.objects.update(state="refused")
    assert list(files_with(media, MARK)) and tables_with(MARK)
    one = done(asked(theirs, "erasure", head), admin)
    assert one.state == "done", one.trouble
    assert tables_with(MARK, ADDRESS) == {}
    assert list(files_with(media, MARK)) == []
    assert one.rows > 30 and one.decided_by == admin and one.by == head and one.remark == "…"
    again = Ticket.objects.get(pk=theirs.pk)
    assert (again.status, again.opened_at, again.message_count) == ("resolved", theirs.opened_at, theirs.message_count)
    assert Entry.objects.filter(kind="privacy.DataDone", about_id=theirs.contact_id).exists()


def test_who_was_erased_and_writes_again_is_somebody_new(
    theirs: Ticket, writes: Write, admin: User, head: User
) -> None:
    sent = Message.objects.filter(conversation=theirs.conversation).exclude(outbound=None).first()
    assert sent is not None and sent.outbound is not None
    reference, token = sent.outbound.external_id, theirs.conversation.token
    assert done(asked(theirs, "erasure", head), admin).state == "done"
    new = writes("Это снова я", sender=ADDRESS, sender_name="Павел", references=[reference], token=token)
    assert new.pk != theirs.pk and new.contact_id != theirs.contact_id
    assert Contact.objects.get(pk=theirs.contact_id).name == f"№ {theirs.contact_id}"


def test_it_goes_on_where_it_broke_off(
    theirs: Ticket, admin: User, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = erasing._piece

    def breaking(one: DataRequest, person: object, phase: str, keys: list[object]) -> None:
        if phase == "ticket":
            raise RuntimeError("the power went out")
        whole(one, person, phase, keys)  # type: ignore[arg-type]

    monkeypatch.setattr(erasing, "_piece", breaking)
    one = done(asked(theirs, "erasure", head), admin)
    assert (one.state, one.cursor["phase"]) == ("failed", "conversation")
    monkeypatch.setattr(erasing, "_piece", whole)
    one.go_on(by=admin)
    working.work(one.pk)
    one.refresh_from_db()
    assert one.state == "done" and tables_with(MARK, ADDRESS) == {}


@pytest.mark.parametrize("over", ["contact", "ticket"])
def test_a_hold_stops_it_before_and_in_the_middle(theirs: Ticket, admin: User, head: User, over: str) -> None:
    one = asked(theirs, "erasure", head)
    hold = Hold(why="иск", **({"contact": theirs.contact} if over == "contact" else {"ticket": theirs}))
    hold.put(by=admin)
    assert done(one, admin).state == "failed" and "иск" in one.trouble
    assert MARK in Message.objects.filter(conversation=theirs.conversation).first().text  # type: ignore[union-attr]
    hold.lift(by=head)
    one.go_on(by=admin)
    working.work(one.pk)
    one.refresh_from_db()
    assert one.state == "done"


def test_an_open_request_stands_against_it(ticket: Ticket, admin: User, head: User) -> None:
    one = done(asked(ticket, "erasure", head), admin)
    assert one.state == "failed" and str(ticket.pk) in one.trouble
    assert str(ticket.pk) in "".join(preview(person_of(ticket.contact)).against)


def test_words_of_others_stay_without_quotes_name_and_address(
    theirs: Ticket, writes: Write, anna: User, admin: User, head: User
) -> None:
    """They wrote in a conversation of somebody else, who quoted them and named them."""
    other = writes("Начинаю разговор", sender="olga@don.test", sender_name="Ольга")
    writes("Моё слово", sender=ADDRESS, sender_name=NAME, token=other.conversation.token)
    said = f"Согласна с тем, что сказал {NAME} ({ADDRESS})."
    writes(
        f"{said}\n> Моё слово",
        new_text=said,
        sender="olga@don.test",
        token=other.conversation.token,
        to=["help@desk.test", ADDRESS],
    )
    from otklik.desk.channels import outbox

    outbox.send_due()
    own = done(asked(theirs, "export", admin), admin)
    assert done(asked(theirs, "erasure", head), admin).state == "done"
    assert own.counts["conversations.Message"]["rows"] >= 2
    heard = other.conversation.messages.filter(direction="in").order_by("pk")
    assert [message.text for message in heard] == ["Начинаю разговор", "…", "Согласна с тем, что сказал … (…)."]
    assert tables_with(MARK, ADDRESS, "Моё слово") == {}


def test_merged_cards_are_one_person(theirs: Ticket, writes: Write, anna: User, admin: User, head: User) -> None:
    from otklik.desk.clients.models import Merging

    twin = writes("второй адрес", sender="other@volga.test", sender_name=f"П. {MARK}")
    twin.reply("да", by=anna, then=Resolve("да"))
    from otklik.desk.channels import outbox

    outbox.send_due()
    Merging.objects.merge(theirs.contact, twin.contact, by=admin)
    assert done(asked(theirs, "erasure", head), admin).state == "done"
    assert tables_with(MARK, ADDRESS, "other@volga.test") == {}


def test_the_file_of_an_export_ends(theirs: Ticket, admin: User, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = done(asked(theirs, "export", admin), admin)
    assert one.has_file and one.is_signed(one.signature) and not one.is_signed("1:x:y")
    DataRequest.objects.update(file_until=timezone.now())
    assert exporting.forget_spent() == 1 and not list(media.rglob("*.zip"))
    one.refresh_from_db()
    assert not one.has_file and one.state == "done"


def test_a_request_is_written_down_once_and_well(theirs: Ticket, admin: User, head: User) -> None:
    asked(theirs, "erasure", admin)
    with pytest.raises(ValidationError):
        asked(theirs, "erasure", head)
    groundless = DataRequest(contact=theirs.contact, kind="erasure", confirmed="call", asked_on=clock.today())
    with pytest.raises(ValidationError):
        groundless.ask(by=admin)


def test_ten_thousand_requests_go_in_batches(
    theirs: Ticket, admin: User, head: User, django_assert_max_num_queries: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Statements grow with the batches, not with the rows."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    monkeypatch.setattr(erasing, "BATCH", 50)
    counts = []
    for many in (10, 40):
        contact = Contact.objects.create(name=f"Человек {many}")
        for _number in range(many):
            _copy_of(theirs, contact)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            one = DataRequest(
                contact=contact, kind="erasure", confirmed="call", ground="withdrawn", asked_on=clock.today()
            ).ask(by=head)
            assert done(one, admin).state == "done"
        counts.append(len(caught))
    assert counts[0] == counts[1]


def _copy_of(ticket: Ticket, contact: Contact) -> None:
    conversation = type(ticket.conversation).objects.create(
        contact=contact, channel=ticket.conversation.channel, subject="x"
    )
    Message.objects.create(conversation=conversation, direction="in", contact=contact, text="x", new_text="x")
    copy = Ticket.objects.get(pk=ticket.pk)
    copy.pk, copy.conversation, copy.contact = None, conversation, contact
    copy._state.adding = True
    import uuid

    copy.key = uuid.uuid4()
    copy.save()


def test_a_letter_that_is_leaving_stands_against_it_and_a_failed_one_stays_back(
    theirs: Ticket, admin: User, head: User
) -> None:
    """Nothing without its bytes is ever sent: neither an answer nor a survey to the address."""
    letter = Outbound.objects.filter(message__conversation=theirs.conversation).first()
    assert letter is not None
    Outbound.objects.filter(pk=letter.pk).update(state="failed")
    planted = {"channel": letter.channel, "kind": "survey", "recipients": [ADDRESS], "first_recipient": ADDRESS}
    survey = Outbound.objects.create(**planted, external_id="s", raw=b"x")
    assert preview(person_of(theirs.contact)).against
    Outbound.objects.filter(pk=survey.pk).update(state="sent")
    assert done(asked(theirs, "erasure", head), admin).state == "done"
    letter.refresh_from_db()
    assert (letter.state, bytes(letter.raw), letter.recipients) == ("cancelled", b"", [])


def test_what_a_card_says_of_a_person_is_told_to_them_and_goes(
    theirs: Ticket, admin: User, head: User, media: Path
) -> None:
    """Fields of the company in words, whatever roles may see; why somebody looked, and how special they were."""
    contact = theirs.contact
    birthday = CardField.objects.create(name="День рождения", kind="date", is_personal=True)
    birthday.fill(contact, "1987-03-14", by=admin)
    volga = Client.objects.create(name="Волга")
    Membership(contact=contact, client=volga).put(by=admin)
    contact.restrict("vip", by=admin)
    reveal(contact, [birthday.place], f"поздравить: {NAME}", Looked.CARD, by=admin)
    reveal(volga, ["tax_number"], f"счёт просит {NAME}", Looked.CARD, by=admin)

    given = done(asked(theirs, "export", admin), admin)
    with zipfile.ZipFile(media / str(given.file.name)) as archive:
        (answer,) = json.loads(archive.read("data/clients.CardAnswer.json"))
        assert (answer["value"], answer["said"]["field"]) == ("1987-03-14", "День рождения")
        page = archive.read("report.html").decode()
        assert "День рождения" in page and "14 марта 1987" in page

    assert done(asked(theirs, "erasure", head), admin).state == "done"
    assert tables_with(MARK, "1987-03-14") == {}
    contact.refresh_from_db()
    assert contact.restricted_as == "" and not contact.answers.exists()
    reasons = {
        look.kind: (look.data["reason"], look.data["place"]) for look in Entry.objects.filter(kind__endswith="Looked")
    }
    assert reasons == {"clients.ContactLooked": ("", "card"), "clients.ClientLooked": ("", "card")}


@pytest.mark.parametrize("state", ["stopped", "failed", "ready", "running"])
def test_what_was_read_of_another_desk_is_forgotten_unless_it_runs(
    theirs: Ticket, admin: User, head: User, state: str, media: Path
) -> None:
    """Its files hold many people; a move that was not read to the end asks for the export again."""
    move = Takeover.objects.create(system="zendesk", channel=theirs.conversation.channel, state=state, trouble="обрыв")
    move.folder.mkdir(parents=True)
    (move.folder / "shelf.sqlite").write_text(MARK)
    assert done(asked(theirs, "erasure", head), admin).state == "done"
    move.refresh_from_db()
    assert (move.folder.exists(), "обрыв" in move.trouble) == ((True, True) if state == "running" else (False, False))
    assert move.state == state
