"""ACCESS-1: what belongs to another line does not exist, by no address and no method."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from otklik.care.complaints.models import Complaint, Filing
from otklik.care.quality.models import Calibration, Review
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.calls.models import Call
from otklik.desk.channels.models import Inbound, Outbound
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Attachment, SavedReply
from otklik.desk.tickets.change_plan import ChangePlan
from otklik.desk.tickets.models import Field, Ticket
from otklik.desk.tickets.steps import Wait
from otklik.desk.tickets.visit_plan import VisitPlan
from tests.fixtures.cast import Write, person

pytestmark = pytest.mark.django_db
type SitsAt = Callable[[User], Browser]

METHODS = ("get", "post", "put", "delete")
# Pages that name no ticket: what they show is narrowed instead (tests of each of them).
OPEN = {"inbox", "queue", "rows", "counts", "next", "new", "search", "palette", "sent", "live", "take_next", "bulk"}
OPEN |= {
    "narrow",
    "order",
    "keep_list",
    "change_list",
    "move_list",
    "forget_list",
    "alarms",
    "bulk_undo",
    "tasks",
    "notices",
    "notices_seen",
    "figures",
}
OPEN |= {"calls", "calls_now", "chats"}
OPEN |= {"sweep", *(f"sweep_{name}" for name in ("go", "stop", "undo", "table", "approve", "trial"))}
OPEN |= {"day", "day_rows", "day_figure", "leave", "leaving"}
OPEN |= {"quarantine", "quarantined", "release", "dismiss", "picture", "remote_picture"}
OPEN |= {"clients", "possible_duplicates", "clients_export", "queue_export"}
OPEN |= {f"incident_{name}" for name in ("new", "update", "progress", "stop", "change", "move", "severity", "close")}
OPEN |= {"incidents", "incident", "incident_clients", "incident_leave_out", "incident_plan", "incident_action"}
OPEN |= {"incident_status", "problems", "problem"}
OPEN |= {f"problem_{name}" for name in ("new", "link", "candidates", "of_candidate", "refuse", "change", "move")}
OPEN |= {f"problem_{name}" for name in ("known", "live", "remove", "check")}
OPEN |= {"complaints", "complaint_new", "complaints_export", "measures", "measures_export"}
OPEN |= {"knowledge", "knowledge_gaps", "sections", "section", "section_remove", "flag_answer"}
OPEN |= {f"article_{name}" for name in ("new", "preview", "change", "history", "erase", "restore", "act")}
OPEN |= {"article", "links", "link_judge"}
OPEN |= {"reviews", "review_begin", "my_reviews", "review_results", "calibrations"}
OPEN |= {"command", "queue_board"}
OPEN |= {"saved_reply_offer", "saved_reply_decide", "saved_reply_good"}
OPEN |= {"releases", "held_answer", "return_answer", "traineeship"}
OPEN |= {"saved_replies", "saved_reply", "saved_reply_new", "saved_reply_look", "saved_reply_remove"}


def names() -> Iterator[str]:
    """Every URL name of the workspace."""
    waiting: list[URLPattern | URLResolver] = list(get_resolver().url_patterns)
    while waiting:
        one = waiting.pop()
        if isinstance(one, URLResolver):
            if one.app_name in (None, "workspace"):
                waiting += [part for part in one.url_patterns if _is_ours(part)]
        elif _is_ours(one) and one.name:
            yield one.name


def _is_ours(part: URLPattern | URLResolver) -> bool:
    if isinstance(part, URLResolver):
        return True
    module = getattr(part.callback, "__module__", "")
    return module.startswith("otklik.front.workspace") or (
        hasattr(part.callback, "__wrapped__")
        and (part.callback.__wrapped__.__module__.startswith("otklik.front.workspace"))
    )


@pytest.fixture
def foreign(ticket: Ticket, writes: Write, anna: User, tomorrow) -> dict[str, list[object]]:
    """Addresses of everything that hangs on a ticket of the first line: arguments by URL name."""
    message = ticket.reply("Какой телефон?", by=anna, then=Wait(tomorrow))
    file = Attachment.objects.upload(ticket.conversation, SimpleUploadedFile("a.txt", b"a"), anna)
    file.belong_to(message)
    number, letter = ticket.number, message.outbound_id
    saved = SavedReply.objects.create(name="Первая линия", text="…", team=ticket.team)
    (task,) = ticket.plan(["Проверить"], executor=anna, by=anna)
    tie = ticket.tie("part", writes("Ещё"), by=anna)
    field = Field.objects.create(name="Причина")
    visit = ticket.plan_visit(VisitPlan("Самара", tomorrow, tomorrow + timedelta(hours=2), [anna]), by=anna)
    boris, head = (
        person(login, login.title(), role, ticket.team) for login, role in (("borya", "lead"), ("glava", "head"))
    )
    change = ticket.draft_change(ChangePlan("Новый маршрут", "Старый перегружен"), by=anna)
    complaint = Complaint.objects.file(Filing("Долго", "Срок", ticket=ticket), by=anna)
    review = Review.objects.assign(ticket, anna, boris)
    session = Calibration.objects.begin([ticket], [boris, head], until=tomorrow, by=head)
    now = clock.now()
    moments = {"begun_at": now, "answered_at": now, "ended_at": now}
    call = Call.objects.create(
        channel=ticket.conversation.channel, team=ticket.team, holder=anna, contact=ticket.contact, **moments
    )
    special: dict[str, list[object]] = {
        **{name: [call.pk] for name in ("call", "call_people", "call_open", "call_draft", "call_result")},
        "call_add": [call.pk, number],
        "call_who": [call.pk, ticket.contact_id],
        "tick": [task.pk],
        **{name: [number, task.pk] for name in ("task_tick", "task_drop", "replan")},
        "untie": [number, tie.pk],
        **{name: [number, visit.pk] for name in ("visit", "visit_tell")},
        "visit_step": [number, visit.pk, "done"],
        **{name: [number, change.pk] for name in ("change", "change_ask", "change_take_up")},
        "change_turn": [number, change.pk, "done"],
        "fill_one": [number, field.pk],
        **{name: [message.pk] for name in ("message_body", "message_source", "show_pictures")},
        "file_page": [file.key, 1],
        **{name: [number, saved.pk] for name in ("saved_look", "saved_insert")},
        "call_off": [number, 1],
        **{name: [number, 1] for name in ("data_panel", "data_panel_frame", "data_panel_page")},
        **{
            f"client_{name}": [ticket.contact.client_id, 1]
            for name in ("data_panel", "data_panel_frame", "data_panel_page")
        },
        **{f"contact_{name}": [ticket.contact_id, 1] for name in ("data_panel", "data_panel_frame", "data_panel_page")},
        **{name: [number, 1] for name in ("bring_back", "part", "partner_back")},
        **{name: [number, 1] for name in ("article_look", "article_insert")},
        "tab": [number, "related"],
        "macro_undo": [number, 1],
        **{name: [1] for name in ("notice", "notice_go")},
        "contact": [ticket.contact_id],
        **{name: [ticket.contact_id] for name in ("hello", "still_true")},
        "key_add": [ticket.contact_id],
        "addresses": [ticket.contact_id],
        **{name: [ticket.contact_id, 1] for name in ("key_remove", "use_again", "made_sure", "address_remove")},
        "contact_printed": [ticket.contact_id],
        "client_printed": [ticket.contact.client_id],
        "fact": [ticket.contact_id, "note"],
        "contact_rows": [ticket.contact_id, "advice"],
        "client": [ticket.contact.client_id],
        **{name: [ticket.contact.client_id, "note"] for name in ("client_rows", "client_fact")},
        "duplicates": [ticket.contact_id],
        "contact_reveal": [ticket.contact_id, "note"],
        "client_reveal": [ticket.contact.client_id, "note"],
        **{name: [ticket.contact.client_id] for name in ("client_looks", "restrict_client")},
        **{name: [ticket.contact_id] for name in ("contact_looks", "restrict")},
        **{name: [ticket.contact_id, ticket.contact_id] for name in ("merge_contacts", "different")},
        "client_duplicates": [ticket.contact.client_id],
        **{name: [ticket.contact.client_id] * 2 for name in ("merge_clients", "different_clients")},
        **{name: [1] for name in ("part_contacts", "part_clients")},
        **{name: [letter] for name in ("letter", "letter_body", "letter_source")},
        "complaint": [complaint.pk],
        **{name: [review.pk] for name in ("review", "review_draft", "review_skip", "review_give", "review_accept")},
        **{name: [review.pk] for name in ("review_dispute", "review_decide", "review_agree")},
        "review_step_done": [review.pk, 1],
        **{name: [session.pk] for name in ("calibration", "calibration_close")},
        "complaint_act": [complaint.pk, "fact"],
        "measure_done": [complaint.pk, 1],
    }
    by_parameter: dict[str, object] = {"number": number, "message_id": message.pk, "key": file.key}
    return {
        name: special[name] if name in special else [by_parameter[one] for one in parameters(name)]
        for name in set(names()) - OPEN
    }


def parameters(name: str) -> list[str]:
    """The words of an address that vary, as its route names them."""
    _prefix, workspace = get_resolver().namespace_dict["workspace"]
    ways = workspace.reverse_dict.getlist(name)
    return ways[0][0][0][1]


def said(answer: Any) -> str:
    """The page without what is new in every answer or repeats the address."""
    return re.sub(r"[A-Za-z0-9]{64}|[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "", answer.content.decode())


def missing(arguments: list[object]) -> list[object]:
    return [
        value if isinstance(value, str) else uuid4() if not isinstance(value, int) else 987654 for value in arguments
    ]


def test_ACCESS_1_another_line_gets_the_same_404_everywhere(
    vera: User, sits_at: SitsAt, foreign: dict[str, list[object]]
) -> None:
    veras, told = sits_at(vera), []
    for name, arguments in foreign.items():
        for method in METHODS:
            there = getattr(veras, method)(reverse(f"workspace:{name}", args=arguments))
            nowhere = getattr(veras, method)(reverse(f"workspace:{name}", args=missing(arguments)))
            if there.status_code not in (404, 405) or there.status_code != nowhere.status_code:
                told.append(f"{method} {name}: {there.status_code}, a missing one {nowhere.status_code}")
            elif there.status_code == 404 and said(there) != said(nowhere):
                told.append(f"{method} {name}: differs from a missing one")

    assert not told, "\n".join(told)
    assert len(foreign) > 25 and "ticket" in foreign and "reply" in foreign
    assert {"get", "post"} <= set(METHODS)


@pytest.mark.usefixtures("kept_for_long")
def test_ACCESS_1_what_is_anothers_takes_the_time_of_what_is_missing(
    vera: User, sits_at: SitsAt, foreign: dict[str, list[object]]
) -> None:
    """The same statements, so that no clock tells which numbers there are; the values in them differ."""
    veras, told = sits_at(vera), []
    for name, arguments in foreign.items():
        for method in ("get", "post"):
            asked = []
            for numbers in (arguments, missing(arguments), arguments):
                with CaptureQueriesContext(connection) as seen:
                    getattr(veras, method)(reverse(f"workspace:{name}", args=numbers))
                asked.append(len(seen))
            if asked[1] != asked[2]:
                told.append(f"{method} {name}: {asked[2]} statements, a missing one {asked[1]}")
    assert not told, "\n".join(told)


def test_ACCESS_1_the_colleague_of_the_line_gets_all_of_it(
    ilya: User, sits_at: SitsAt, foreign: dict[str, list[object]]
) -> None:
    """The test above would pass where nothing works at all."""
    ilyas = sits_at(ilya)
    pages = ("ticket", "row", "timeline", "strip", "head", "panel", "contact", "letter", "message_body", "file")
    told = {name: ilyas.get(reverse(f"workspace:{name}", args=foreign[name])).status_code for name in pages}

    assert set(told.values()) <= {200, 204}


def test_nobody_signed_in_is_led_to_the_door(client: Browser, foreign: dict[str, list[object]]) -> None:
    for name, arguments in foreign.items():
        answer = client.get(reverse(f"workspace:{name}", args=arguments))
        assert answer.status_code in (302, 405) and not answer.content.strip(), name


@pytest.mark.parametrize("address", ["/", "/tasks/", "/queue/all/", "/queue/line/", "/queue/ended/",
                                     "/queue/joint/", "/mail/sent/",
                                     "/search/?q=звонок", "/palette/?q=звонок", "/search/?q=pavel@volga.test",
                                     "/queue/all/?line=1", "/queue/mine/counts/"])  # fmt: skip
def test_lists_show_nothing_of_another_line(
    vera: User, sits_at: SitsAt, ticket: Ticket, anna: User, address: str
) -> None:
    page = sits_at(vera).get(address).content.decode()

    assert "Павел" not in page and "volga" not in page.replace("pavel@volga.test", "").replace("pavel%40volga.test", "")
    assert f"/tickets/{ticket.number}/" not in page


def test_a_number_found_by_search_is_only_a_visible_one(
    vera: User, anna: User, sits_at: SitsAt, ticket: Ticket
) -> None:
    address = f"/search/?q=№ {ticket.number}"

    assert f"/tickets/{ticket.number}/" not in sits_at(vera).get(address).content.decode()
    assert f"/tickets/{ticket.number}/" in sits_at(anna).get(address).content.decode()


def test_ids_of_foreign_rows_give_nothing(vera: User, sits_at: SitsAt, ticket: Ticket) -> None:
    assert sits_at(vera).get(f"/queue/all/rows/?ids={ticket.number}").content == b""


def test_a_person_who_left_sees_nothing(anna: User, sits_at: SitsAt, ticket: Ticket) -> None:
    annas = sits_at(anna)
    assert annas.get(f"/tickets/{ticket.number}/").status_code == 200
    anna.deactivate()

    assert annas.get(f"/tickets/{ticket.number}/").status_code in (302, 404)


def test_the_controller_reads_but_is_offered_nothing_to_write_with(
    quality: User, sits_at: SitsAt, ticket: Ticket
) -> None:
    browser = sits_at(quality)
    page = browser.get(f"/tickets/{ticket.number}/").content.decode()

    assert "Не работает звонок" in page and "<textarea" not in page
    assert browser.post(f"/clients/contact/{ticket.contact_id}/note/", {"value": "x"}).status_code == 403
    assert browser.get("/tickets/new/").status_code == 403


@pytest.mark.parametrize(("who", "status"), [("anna", 403), ("quality", 403), ("boris", 200), ("admin", 200)])
def test_the_quarantine_is_for_leads_and_administrators(
    request: pytest.FixtureRequest, sits_at: SitsAt, door, who: str, status: int
) -> None:
    kept = Inbound.objects.create(channel=door, content_hash="0" * 64, size=3, raw=b"abc", state="quarantined")
    browser = sits_at(request.getfixturevalue(who))

    assert browser.get("/mail/quarantine/").status_code == status
    assert browser.get(f"/mail/quarantine/{kept.pk}/").status_code == status
    released = browser.post(f"/mail/quarantine/{kept.pk}/release/").status_code
    assert released == (302 if status == 200 else 403)


def test_uploads_that_were_not_sent_are_only_for_their_owner(
    anna: User, ilya: User, sits_at: SitsAt, ticket: Ticket
) -> None:
    file = Attachment.objects.upload(ticket.conversation, SimpleUploadedFile("a.txt", b"a"), anna)

    assert sits_at(anna).get(f"/files/{file.key}/").status_code == 200
    assert sits_at(ilya).get(f"/files/{file.key}/").status_code == 404


def test_letters_without_a_request_are_for_those_who_see_everything(
    anna: User, head: User, sits_at: SitsAt, door
) -> None:
    letter = Outbound.objects.create(
        channel=door,
        kind="notify",
        external_id="<x@desk>",
        recipients=["a@b.test"],
        first_recipient="a@b.test",
        raw=b"x",
    )

    assert sits_at(anna).get(f"/mail/sent/{letter.pk}/").status_code == 404
    assert sits_at(head).get(f"/mail/sent/{letter.pk}/").status_code == 200


def test_a_contact_without_a_visible_request_does_not_exist(anna: User, sits_at: SitsAt, pavel: Contact) -> None:
    assert sits_at(anna).get(f"/clients/contact/{pavel.pk}/").status_code == 404
