"""The guided act: a card, a request, a decision, a job, a report; by every role."""

import io
import time
import zipfile

import pytest
from django.test import Client as Browser
from django.utils import timezone

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.core.staff.policies import FRESH_SECONDS
from otklik.core.staff.sessions import BEGAN
from otklik.desk.clients.models import Contact, Identity, Secrecy
from otklik.desk.clients.sight import looks_at
from otklik.desk.privacy import working
from otklik.desk.privacy.models import Breach, DataRequest, Hold, Term
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]
SAID = {"law": "152fz", "confirmed": "call", "remark": "звонил сам", "ground": "withdrawn"}


@pytest.fixture
def ended(ticket: Ticket, anna: User) -> Ticket:
    from otklik.desk.channels import outbox

    ticket.reply("Готово", by=anna, then=Resolve("готово"))
    outbox.send_due()
    return ticket


def of(ticket: Ticket) -> str:
    return f"/settings/personal/of/{ticket.contact_id}/"


def ask(browser: Browser, ticket: Ticket, kind: str) -> DataRequest:
    said = {**SAID, "kind": kind, "asked_on": clock.today().isoformat()}
    answer = browser.post(of(ticket), said)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return DataRequest.objects.latest("pk")


def test_an_export_from_the_card_to_the_archive(ended: Ticket, head: User, anna: User) -> None:
    browser = signed_in(head)
    card = browser.get(f"/clients/contact/{ended.contact_id}/").content.decode()
    assert of(ended) in card
    page = browser.get(of(ended)).content.decode()
    assert "pavel@volga.test" in page and 'name="confirmed"' in page
    asked = ask(browser, ended, "export")
    assert asked.state == "running" and asked.how == "right"
    assert "hx-trigger" in browser.get(f"/settings/personal/requests/{asked.pk}/").content.decode()
    working.work(asked.pk)
    asked.refresh_from_db()
    answer = browser.get(f"/settings/personal/requests/{asked.pk}/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true", "what asks how far it is gets the whole page at the end"
    page = browser.get(f"/settings/personal/requests/{asked.pk}/").content.decode()
    path = f"/settings/personal/requests/{asked.pk}/file/{asked.signature}/"
    assert "/file/" in page
    answer = browser.get(path)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert {"report.html", "data/conversations.Message.json"} <= set(archive.namelist())
    assert Entry.objects.filter(kind="privacy.DataTaken", actor=head).exists()
    assert browser.get(f"/settings/personal/requests/{asked.pk}/file/1:a:b/").status_code == 404
    assert signed_in(anna).get(path).status_code == 404
    assert Browser().get(path).status_code == 302
    assert browser.get(f"/clients/contact/{ended.contact_id}/").status_code == 200


def test_an_erasure_wants_a_second_person(ended: Ticket, head: User, admin: User) -> None:
    first, second = signed_in(head), signed_in(admin)
    asked = ask(first, ended, "erasure")
    path = f"/settings/personal/requests/{asked.pk}/"
    page = first.get(path).content.decode()
    assert asked.state == "asked" and 'value="allow"' not in page
    first.post(path, {"do": "allow"})
    asked.refresh_from_db()
    assert asked.state == "asked"
    page = second.get(path).content.decode()
    assert 'value="allow"' in page and "pavel" not in page
    second.post(path, {"do": "allow"})
    asked.refresh_from_db()
    assert (asked.state, asked.how, asked.decided_by) == ("running", "second", admin)
    working.work(asked.pk)
    page = second.get(path).content.decode()
    asked.refresh_from_db()
    assert asked.state == "done" and "Демидов" not in page and "звонил сам" not in page
    assert second.get(f"/tickets/{ended.pk}/").status_code == 200
    assert second.get(f"/clients/contact/{ended.contact_id}/").status_code == 200
    assert second.get("/settings/personal/").status_code == 200
    assert signed_in(head).get("/queue/all/").status_code == 200


def test_who_is_alone_signs_in_again(ended: Ticket, admin: User) -> None:
    browser = signed_in(admin)
    asked = ask(browser, ended, "erasure")
    path = f"/settings/personal/requests/{asked.pk}/"
    session = browser.session
    session[BEGAN] = int(time.time()) - FRESH_SECONDS - 1
    session.save()
    assert browser.post(path, {"do": "allow"}).headers["Location"].startswith("/sign-in/again/")
    from tests.fixtures.cast import PASSWORD

    browser.post(f"/sign-in/again/?next={path}", {"password": PASSWORD})
    browser.post(path, {"do": "allow"})
    asked.refresh_from_db()
    assert (asked.state, asked.how) == ("running", "fresh")


def test_an_open_request_and_a_hold_forbid_it(ticket: Ticket, head: User, admin: User) -> None:
    asked = ask(signed_in(head), ticket, "erasure")
    browser = signed_in(admin)
    assert "disabled" in browser.get(f"/settings/personal/requests/{asked.pk}/").content.decode()
    browser.post(f"/settings/personal/requests/{asked.pk}/", {"do": "allow"})
    asked.refresh_from_db()
    assert asked.state == "asked"
    assert browser.post(f"{of(ticket)}hold/", {"why": "иск"}).status_code == 302
    assert browser.post(f"{of(ticket)}hold/", {"why": "иск", "number": "999"}).status_code == 422
    assert "иск" in browser.get(f"/settings/personal/requests/{asked.pk}/").content.decode()
    assert "иск" in browser.get("/settings/personal/").content.decode()
    assert browser.post(f"/settings/personal/holds/{Hold.objects.get().pk}/lift/").status_code == 302
    assert Hold.objects.get().lifted_by == admin
    assert browser.post(f"/settings/personal/requests/{asked.pk}/", {"do": "refuse", "words": ""}).status_code == 422
    browser.post(f"/settings/personal/requests/{asked.pk}/", {"do": "refuse", "words": "нужны по договору"})
    asked.refresh_from_db()
    assert (asked.state, asked.words) == ("refused", "нужны по договору")


def test_leads_ask_and_do_not_decide(ended: Ticket, boris: User, head: User, vera: User, quality: User) -> None:
    browser = signed_in(boris)
    asked = ask(browser, ended, "export")
    assert asked.state == "asked" and asked.by == boris
    assert browser.get(f"/settings/personal/requests/{asked.pk}/").status_code == 200
    assert browser.post(f"/settings/personal/requests/{asked.pk}/", {"do": "allow"}).status_code == 404
    assert browser.post(f"{of(ended)}hold/", {"why": "x"}).status_code == 404
    assert browser.get(f"/settings/personal/requests/{asked.pk}/file/{asked.signature}/").status_code == 404
    signed_in(head).post(f"/settings/personal/requests/{asked.pk}/", {"do": "allow"})
    asked.refresh_from_db()
    assert asked.state == "running" and asked.how == "second"
    for stranger in (vera, quality, ended.owner):
        other = signed_in(stranger)  # type: ignore[arg-type]
        for path in (of(ended), f"/settings/personal/requests/{asked.pk}/"):
            assert other.get(path).status_code == 404 and other.post(path, SAID).status_code == 404, (stranger, path)
        assert of(ended) not in other.get(f"/clients/contact/{ended.contact_id}/").content.decode()


def test_internal_notes_go_along_where_a_decider_says_why(ended: Ticket, boris: User, head: User) -> None:
    said = {**SAID, "kind": "export", "asked_on": clock.today().isoformat(), "with_notes": "on"}
    lead, decider = signed_in(boris), signed_in(head)
    assert "with_notes" not in lead.get(of(ended)).content.decode()
    assert lead.post(of(ended), {**said, "notes_why": "хочу"}).status_code == 302
    asked = DataRequest.objects.get()
    assert not asked.with_notes, "a lead decides nothing"

    path = f"/settings/personal/requests/{asked.pk}/"
    assert 'name="with_notes"' in decider.get(path).content.decode()
    refused = decider.post(path, {"do": "allow", "with_notes": "on", "notes_why": " "})
    asked.refresh_from_db()
    assert refused.status_code == 422 and "Напишите, зачем" in refused.content.decode() and asked.is_waiting
    assert decider.post(path, {"do": "allow", "with_notes": "on", "notes_why": "просит суд"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.with_notes, asked.notes_why, asked.state) == (True, "просит суд", "running")
    assert "просит суд" in decider.get(path).content.decode()


def test_the_tick_is_off_and_wants_a_reason_at_once(ended: Ticket, head: User) -> None:
    said = {**SAID, "kind": "export", "asked_on": clock.today().isoformat()}
    browser = signed_in(head)
    refused = browser.post(of(ended), {**said, "with_notes": "on", "remark": "звонил сам"})
    assert refused.status_code == 422 and "Напишите, зачем" in refused.content.decode()
    assert "звонил сам" in refused.content.decode() and not DataRequest.objects.exists()
    assert not ask(browser, ended, "export").with_notes


def test_a_term_is_looked_at_before_it_is_switched_on(ended: Ticket, admin: User, boris: User) -> None:
    browser, path = signed_in(admin), "/settings/personal/terms/requests/"
    page = browser.post(path, {"days": "1", "look": "look"}).content.decode()
    assert "Ничего не изменено" in page and not Term.objects.exists()
    assert browser.post(path, {"days": "400", "is_on": "on"}).status_code == 302
    assert Term.objects.get().is_on
    assert browser.post(path, {"days": "0"}).status_code == 422
    assert signed_in(boris).get(path).status_code == 200
    assert browser.get("/settings/personal/terms/nothing/").status_code == 404


def test_a_leak_from_the_record_to_the_end(admin: User, boris: User) -> None:
    browser = signed_in(admin)
    said = {"what": "Потерян ноутбук", "data": "адреса", "people": "12"}
    said["learned_at"] = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    assert browser.post("/settings/personal/leaks/new/", said).status_code == 302
    one = Breach.objects.get()
    path = f"/settings/personal/leaks/{one.pk}/"
    assert "Потерян" in browser.get(path).content.decode()
    browser.post(path, {"do": "note", "note": "Диск зашифрован"})
    for step in ("reported", "results", "closed"):
        browser.post(path, {"do": step})
    one.refresh_from_db()
    assert one.closed_at and "Диск зашифрован" in signed_in(boris).get(path).content.decode()
    assert browser.post("/settings/personal/leaks/new/", {**said, "learned_at": "2999-01-01T10:00"}).status_code == 422


def test_PRIVACY_telephones_are_hidden_by_role_here_too(ended: Ticket, boris: User, head: User) -> None:
    """Of the person and in the reasons why another card may be theirs; a restricted card remembers the look."""
    phone, contact = "+79135550142", ended.contact
    Secrecy.objects.create(pk=1, facts=["phones"], open_to=["head"], asking=["lead"])
    twin = Contact.objects.create(name="Демидов Павел")
    for holder, written in ((contact, phone), (twin, "8" + phone[2:])):
        Identity.objects.create(contact=holder, kind="phone", value=written)
    contact.restrict("vip", by=head)
    pages = {user.role: signed_in(user).get(of(ended)).content.decode() for user in (boris, head)}
    assert phone in pages["head"] and "скрыто" not in pages["head"]
    assert phone not in pages["lead"] and "скрыто" in pages["lead"] and "тот же телефон (скрыт)" in pages["lead"]
    assert "pavel@volga.test" in pages["lead"]
    assert [one.actor for one in looks_at(contact)] == [head, boris]
