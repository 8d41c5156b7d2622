"""Letters of a ticket go to a third party: what goes along, what does not, and what becomes of the ticket."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import quote, unquote

import pytest

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.channels.port import IncomingFile
from otklik.desk.conversations.letters import letter_of
from otklik.desk.conversations.models import Attachment, Draft, Message
from otklik.desk.tickets import company
from otklik.desk.tickets.access import ClientsView
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.links import client_link
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.quoting import quotation_of
from otklik.desk.tickets.steps import PromiseDate, PutAside, Wait
from tests.fixtures.cast import Write

SUPPLIER = "sales@supplier.test"


def first_of(ticket: Ticket) -> Message:
    return ticket.conversation.messages.order_by("id")[0]


def forwarded(ticket: Ticket, by: User, text: str = "Есть ли такая деталь?", **more: Any) -> Message:
    ids = [first_of(ticket).pk]
    return ticket.forward(text, **{"by": by, "to": [SUPPLIER], "messages": ids, **more})


def words(message: Message) -> str:
    """The letter as it goes out."""
    assert message.outbound
    return bytes(message.outbound.raw).decode()


def test_own_text_above_and_the_letter_below(ticket: Ticket, anna: User) -> None:
    client = first_of(ticket)
    said = forwarded(ticket, anna)

    text = words(said)
    assert text.index("Есть ли такая деталь?") < text.index(client.author_address) < text.index(client.text.strip())
    assert said.subject == f"Fwd: {ticket.subject}"
    assert (said.new_text, said.to, said.automatic) == ("Есть ли такая деталь?", [SUPPLIER], "")
    assert client_link(ticket) not in text


def test_ACCESS_6_a_note_never_goes_along(ticket: Ticket, anna: User) -> None:
    note = ticket.note("Клиент скандальный", by=anna)
    said = ticket.forward("Смотрите", by=anna, to=[SUPPLIER], messages=[first_of(ticket).pk, note.pk])
    assert "скандальный" not in words(said)
    with pytest.raises(Invalid):
        ticket.forward("Смотрите", by=anna, to=[SUPPLIER], messages=[note.pk])


def test_nothing_of_another_ticket_goes_along(ticket: Ticket, anna: User, writes: Write) -> None:
    other = writes("Совсем другое")
    with pytest.raises(Invalid):
        ticket.forward("Смотрите", by=anna, to=[SUPPLIER], messages=[first_of(other).pk])


def test_foreign_markup_goes_out_cleaned_with_the_pictures_that_go_along(ticket: Ticket) -> None:
    message = first_of(ticket)
    message.html = '<b>Срочно</b><script>x()</script><img src="https://spy.test/1"><img src="cid:a"><img src="cid:b">'
    html = quotation_of([message], {"a"}).html
    assert "<b>Срочно</b>" in html and "<blockquote>" in html and 'src="cid:a"' in html
    assert "script" not in html and "spy.test" not in html and "cid:b" not in html


def test_the_door_of_the_client_is_not_passed_on_in_what_they_quote(ticket: Ticket, anna: User) -> None:
    message = first_of(ticket)
    link = client_link(ticket)
    message.text, message.html = f"Жду\n> {link}", f'Жду <a href="{link}">страница</a>'
    shown = quotation_of([message])
    assert link not in shown.text + shown.html and "Жду" in shown.text and "страница" in shown.html
    receipt = ticket.conversation.messages.get(automatic="auto")
    with pytest.raises(Invalid):
        forwarded(ticket, anna, messages=[receipt.pk])


def proofpoint(link: str) -> str:
    coded = quote(link, safe=":/.?=").replace("%", "-").replace(":", "-3A").replace("_", "-5F").replace("/", "_")
    return f"https://urldefense.proofpoint.com/v2/url?u={coded}&d=DwMFaQ&c=x"


REWRITTEN: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "one page below": lambda link: f"{link}not-solved/",
    "Outlook": lambda link: f"https://eur01.safelinks.protection.outlook.com/?url={quote(link, safe='')}&data=05%7C01",
    "twice": lambda link: f"https://a.test/?u={quote(f'https://b.test/?u={quote(link, safe="")}', safe='')}",
    "small codes": lambda link: f"https://linkprotect.test/url?a={quote(link, safe='').replace('%3A', '%3a')}",
    "Cisco": lambda link: f"https://secure-web.cisco.com/1abc/{quote(link, safe='')}",
    "Proofpoint": proofpoint,
    "Proofpoint 3": lambda link: f"https://urldefense.com/v3/__{link}__;!!Abc",
    "Google": lambda link: f"https://www.google.com/url?q={link}&source=gmail",
    "without a scheme": lambda link: link.removeprefix("https://"),
    "broken": lambda link: link.replace("/request/", "/request/\n> "),
}


@pytest.mark.parametrize("rewritten", REWRITTEN.values(), ids=REWRITTEN)
@pytest.mark.parametrize("page", ["request", "survey"])
def test_no_door_is_passed_on_whatever_mail_servers_made_of_its_address(
    ticket: Ticket, rewritten: Callable[[str], str], page: str
) -> None:
    link = client_link(ticket) if page == "request" else f"https://desk.test/survey/{secrets.token_urlsafe(24)}/"
    secret = link.rstrip("/").rpartition("/")[2]
    shown = rewritten(link)
    message = first_of(ticket)
    message.text = f"Жду\n> {shown}\nСпасибо"
    message.html = f'<p>Жду <a href="{escape(shown)}">страница</a> или {escape(shown)} <b>Спасибо</b></p>'
    below = quotation_of([message])
    for words in (below.text, below.html):
        plain = unquote(unquote(unquote(words))).replace("-5F", "_").replace("-3A", ":").replace("-2D", "-")
        assert secret not in plain and secret[:30] not in plain and secret[-20:] not in plain
        assert "Жду" in words and "Спасибо" in words and "[…]" in words


def test_a_link_of_another_server_to_our_page_is_not_passed_on_and_other_links_are(ticket: Ticket) -> None:
    message = first_of(ticket)
    kept = ["https://shop.test/request/42/", "https://shop.test/a?b=c&d=%D0%B6", "https://x.test/?to=help@desk.test"]
    message.text = "\n".join(["https://protect-eu.mimecast.com/s/0a1b2c?domain=desk.test", *kept])
    below = quotation_of([message])
    assert "mimecast" not in below.text + below.html and all(link in below.text for link in kept)


def test_chosen_files_go_along_and_each_letter_keeps_its_own(
    ticket: Ticket, anna: User, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    first = first_of(ticket)
    Attachment.objects.keep_all(first, [IncomingFile("a.txt", "text/plain", b"A"), IncomingFile("b.txt", "", b"B")])
    a, b = first.attachments.order_by("id")
    b.verdict = "infected"
    b.save()
    said = forwarded(ticket, anna, files=[a, b])
    copy = said.attachments.get()
    assert copy.name == "a.txt" and copy.file.name != a.file.name and first.attachments.count() == 2


def test_the_client_sees_nothing_of_it_and_has_no_answer(ticket: Ticket, anna: User) -> None:
    before = (ticket.status, ticket.owner_id, ticket.due_at, ticket.waiting_since)
    said = forwarded(ticket, anna)
    ticket.refresh_from_db()
    assert not ClientsView.of(ticket).covers(said)
    assert (ticket.status, ticket.owner_id, ticket.due_at, ticket.waiting_since) == before
    assert ticket.first_answer_at is None and not Entry.objects.filter(kind="tickets.Answered").exists()
    entry = Entry.objects.get(kind="tickets.Forwarded")
    told = {"ticket_id": ticket.pk, "message_id": said.pk, "count": 1, "messages": [first_of(ticket).pk], "files": 0}
    assert entry.data == told and entry.actor_id == anna.pk


def test_copies_go_to_those_who_were_named_and_to_nobody_twice(ticket: Ticket, anna: User) -> None:
    said = forwarded(ticket, anna, to=[SUPPLIER, "two@supplier.test"], cc=[SUPPLIER, "boss@supplier.test"])
    assert (said.to, said.cc) == ([SUPPLIER, "two@supplier.test"], ["boss@supplier.test"])
    assert said.outbound and said.outbound.recipients == [*said.to, *said.cc]
    assert not ClientsView.of(ticket).covers(said)
    roles = {one.address: (one.role, one.standing) for one in company.of(ticket)}
    assert roles == dict.fromkeys([*said.to, *said.cc], ("outside", "proposed"))


def test_whoever_got_it_is_an_outsider_whom_no_answer_reaches_by_itself(ticket: Ticket, anna: User) -> None:
    forwarded(ticket, anna)
    one = company.of(ticket)[0]
    assert (one.address, one.role, one.was_copied, one.is_settled) == (SUPPLIER, "outside", False, False)


def test_the_answer_of_the_third_party_makes_it_our_move(
    ticket: Ticket, anna: User, writes: Write, tomorrow: datetime
) -> None:
    said = forwarded(ticket, anna, then=PutAside(tomorrow, "ждать поставщика"))
    ticket.refresh_from_db()
    assert (ticket.status, ticket.next_note, ticket.due_at) == ("scheduled", "ждать поставщика", tomorrow)

    assert writes("Есть, 300 рублей", sender=SUPPLIER, references=[said.external_id]) == ticket
    ticket.refresh_from_db()
    heard = ticket.conversation.messages.get(new_text="Есть, 300 рублей")
    assert ticket.is_our_move and not ClientsView.of(ticket).covers(heard)
    assert heard.contact_id != ticket.contact_id


def test_it_answers_nobody_when_two_tickets_are_joined(ticket: Ticket, anna: User, writes: Write) -> None:
    second = writes("Ещё раз")
    forwarded(ticket, anna)
    second.merge_into(ticket, by=anna)
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert ticket.waiting_since == ticket.opened_at


def test_the_client_learns_no_identifier_of_the_third_party(ticket: Ticket, anna: User, writes: Write) -> None:
    said = forwarded(ticket, anna)
    writes("Есть", sender=SUPPLIER, references=[said.external_id], external_id="<1@supplier.test>")
    common: dict[str, Any] = {"by": anna, "kind": "reply", "subject": "", "cc": [], "files": []}

    to_client = letter_of(ticket.conversation, "Нашли", "", "", to=[], **common)
    assert not {said.external_id, "<1@supplier.test>"} & {to_client.in_reply_to, *to_client.references}
    to_them = letter_of(ticket.conversation, "Берём", "", "", to=[SUPPLIER], **common)
    assert to_them.in_reply_to == "<1@supplier.test>" and said.external_id in to_them.references


def thread_to(ticket: Ticket, *to: str, **more: Any) -> set[str]:
    common: dict[str, Any] = {"by": None, "kind": "reply", "subject": "", "cc": [], "files": []}
    letter = letter_of(ticket.conversation, "Слово", "", "", to=to, **{**common, **more})
    return {letter.in_reply_to, *letter.references}


def test_a_letter_is_named_to_who_wrote_it_and_to_nobody_else(
    ticket: Ticket, anna: User, writes: Write, tomorrow: datetime
) -> None:
    """Somebody whom the client passed our letter on to; the client, at another address of theirs."""
    client, ours = first_of(ticket), ticket.reply("Проверим", by=anna, then=Wait(tomorrow))
    writes("Я от Павла", sender="OLGA@else.test", references=[ours.external_id], external_id="<o@else.test>")
    ticket.contact.identities.create(kind="email", value="home@volga.test")

    assert {"<o@else.test>", client.external_id} & thread_to(ticket, "pavel@volga.test") == {client.external_id}
    assert {"<o@else.test>", client.external_id} & thread_to(ticket, "HOME@volga.test") == {client.external_id}
    assert {"<o@else.test>", client.external_id} & thread_to(ticket, "olga@else.test") == {"<o@else.test>"}
    assert not {"<o@else.test>", client.external_id} & thread_to(ticket, SUPPLIER)
    assert {"<o@else.test>", client.external_id} <= thread_to(ticket, "pavel@volga.test", cc=["olga@else.test"])


def test_who_got_a_copy_of_what_was_forwarded_finds_it_in_their_thread(ticket: Ticket, anna: User) -> None:
    said = forwarded(ticket, anna, cc=["Boss@supplier.test"])
    assert said.external_id in thread_to(ticket, "boss@supplier.test")
    assert said.external_id not in thread_to(ticket, "pavel@volga.test")


def test_a_promise_before_that_date_is_kept(ticket: Ticket, anna: User, tomorrow: datetime) -> None:
    ticket.reply("Узнаем", by=anna, then=PromiseDate(clock.now() + timedelta(hours=2), ""))
    with pytest.raises(Invalid):
        forwarded(ticket, anna, then=PutAside(tomorrow, "ждать поставщика"))
    assert not Outbound.objects.filter(kind="forward").exists()


def test_a_repeated_request_forwards_once(ticket: Ticket, anna: User, tomorrow: datetime) -> None:
    ticket.reply("Смотрим", by=anna, then=Wait(tomorrow), key="k")
    first = forwarded(ticket, anna, key="k")
    assert forwarded(ticket, anna, key="k") == first and Outbound.objects.filter(kind="forward").count() == 1


def test_taken_back_it_was_never_there_and_is_no_draft_of_an_answer(
    ticket: Ticket, anna: User, tomorrow: datetime
) -> None:
    status, count = ticket.status, ticket.message_count
    said = forwarded(ticket, anna, then=PutAside(tomorrow, "ждать"), undo=30)
    ticket.take_back(said, by=anna)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.message_count, ticket.owner_id) == (status, count, None)
    assert ticket.schedules.get().taken_back_at and not Draft.objects.exclude(mode="forward").exists()
    draft = Draft.objects.get()
    assert (draft.text, draft.form["to"], draft.form["next"]) == ("Есть ли такая деталь?", [SUPPLIER], "aside")
    assert draft.form["messages"] == [first_of(ticket).pk] and draft.form["left_out"] == []
    assert Outbound.objects.get(kind="forward").state == "cancelled"


def test_the_draft_is_gone_with_the_letter_and_a_late_save_does_not_bring_it_back(ticket: Ticket, anna: User) -> None:
    ticket.keep_draft("Есть", by=anna, mode="forward", form={})
    ticket.keep_draft("Ответ", by=anna, mode="reply", form={})
    forwarded(ticket, anna, key="k")
    ticket.keep_draft("Есть ли", by=anna, mode="forward", form={}, key="k")
    assert [draft.text for draft in Draft.objects.all()] == ["Ответ"]


@pytest.mark.parametrize(
    ("told", "field"), [({"to": []}, "to"), ({"text": " "}, "text"), ({"messages": []}, "messages")]
)
def test_what_is_missing_is_named(ticket: Ticket, anna: User, told: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        forwarded(ticket, anna, **told)
    assert refused.value.field == field
