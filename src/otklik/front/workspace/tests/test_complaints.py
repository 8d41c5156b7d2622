"""Complaints on the agents' side: their doors, their forms, and who never learns of one."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client as Browser
from django.utils import timezone

from otklik.care.complaints.models import Complaint, Filing, NoComplaint
from otklik.care.complaints.tests.conftest import bring
from otklik.care.surveys.models import FollowUp, Invitation, Survey
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Organisation, Team, User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate
from otklik.front.workspace.complaints import lists
from otklik.front.workspace.complaints.forms import AcknowledgeForm, AskForm, DecideForm

pytestmark = pytest.mark.django_db
type SitsAt = Callable[[User], Browser]
SECRET = "Со мной говорили сквозь зубы"
FILE = {"words": SECRET, "stated": "Грубый разговор", "severity": "1"}


@pytest.fixture
def about_anna(ticket: Ticket, anna: User, boris: User, head: User) -> Complaint:
    told = Filing(SECRET, "Грубый разговор", ticket=ticket, contact=ticket.contact, against=anna)
    return Complaint.objects.file(told, by=head)


def test_a_talk_becomes_a_complaint_with_its_quote_and_facts(
    anna: User, boris: User, sits_at: SitsAt, ticket: Ticket
) -> None:
    letter = ticket.conversation.messages.get(direction="in")
    annas, address = sits_at(anna), f"/tickets/{ticket.number}/complaint/"
    panel = annas.get(address).content.decode()
    assert letter.new_text in panel and "unanswered" in panel and boris.name in panel

    answer = annas.post(address, FILE | {"message": letter.pk, "facts": ["unanswered"], "owner": boris.pk})
    assert answer.status_code == 302
    one = Complaint.objects.get()
    assert (one.words, one.said_by, one.said_at, one.contact) == (SECRET, letter.author_name, letter.at, ticket.contact)
    assert one.owner == boris and one.facts.get().source and one.next_at
    page = annas.get(f"/tickets/{ticket.number}/").content.decode()
    assert f"/complaints/{one.pk}/" in page


def test_what_is_missing_is_said_and_nothing_typed_is_lost(anna: User, sits_at: SitsAt, ticket: Ticket, boris) -> None:
    answer = sits_at(anna).post(
        f"/tickets/{ticket.number}/complaint/", FILE | {"stated": ""}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 422 and SECRET in answer.content.decode() and not Complaint.objects.exists()


def test_a_letter_of_another_talk_is_no_quote(anna: User, boris: User, sits_at: SitsAt, ticket: Ticket, writes) -> None:
    other = writes("Чужое", sender="olga@don.test", sender_name="Ольга")
    foreign = other.conversation.messages.get(direction="in")
    sits_at(anna).post(f"/tickets/{ticket.number}/complaint/", FILE | {"message": foreign.pk})
    assert Complaint.objects.get().said_at is None


def test_a_preset_manager_who_is_complained_about_gives_way(
    anna: User, boris: User, head: User, sits_at: SitsAt, ticket: Ticket
) -> None:
    told = FILE | {"against": boris.pk, "owner": boris.pk}
    assert sits_at(anna).post(f"/tickets/{ticket.number}/complaint/", told).status_code == 302
    assert Complaint.objects.get().owner == head


def doors(one: Complaint) -> list[str]:
    return [
        f"/complaints/{one.pk}/",
        "/complaints/?show=all",
        "/complaints/?show=open",
        "/complaints/?show=mine",
        "/complaints/?show=late",
        "/complaints/export/?show=all",
        "/complaints/measures/?show=all",
        "/complaints/measures/export/",
        f"/tickets/{one.ticket_id}/",
        f"/tickets/{one.ticket_id}/head/",
        f"/tickets/{one.ticket_id}/timeline/",
        f"/tickets/{one.ticket_id}/card/history/",
        f"/clients/contact/{one.contact_id}/",
        "/search/?q=сквозь",
        "/palette/?q=сквозь",
        "/notices/",
        "/my/",
    ]


def text(answer) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def test_who_is_complained_about_learns_of_it_by_no_door(
    anna: User, boris: User, sits_at: SitsAt, about_anna: Complaint, ticket: Ticket
) -> None:
    ticket.reply("Ответим", by=anna, then=PromiseDate(clock.now() + timedelta(days=1)))
    about_anna.acknowledge(by=boris, text="Здравствуйте! Мы разбираемся и ответим")
    annas = sits_at(anna)
    assert "стало жалобой" not in text(annas.get(f"/tickets/{ticket.number}/timeline/"))
    assert not Entry.objects.about("ticket", ticket.pk).filter(data__icontains="жалоб").exists()
    for door in doors(about_anna):
        answer = annas.get(door)
        assert answer.status_code == (404 if door == f"/complaints/{about_anna.pk}/" else 200), door
        page = text(answer)
        assert SECRET not in page and "Грубый" not in page, door
        assert f"/complaints/{about_anna.pk}/" not in page, door
    assert annas.post(f"/complaints/{about_anna.pk}/fact/", {"text": "a", "source": "b"}).status_code == 404


def test_whom_it_concerns_by_their_work_sees_it(
    boris: User, head: User, quality: User, admin: User, ilya: User, vera: User, sits_at: SitsAt, about_anna: Complaint
) -> None:
    address = f"/complaints/{about_anna.pk}/"
    seen = {who.login: sits_at(who).get(address).status_code for who in (boris, head, quality, admin, ilya, vera)}
    assert seen == {"boris": 200, "head": 200, "quality": 200, "admin": 200, "ilya": 404, "vera": 404}
    Complaint.objects.filter(pk=about_anna.pk).update(investigator=ilya)
    assert sits_at(ilya).get(address).status_code == 200
    assert SECRET in text(sits_at(ilya).get("/complaints/export/?show=mine"))


def test_the_head_reads_what_is_about_themselves_and_does_nothing_with_it(
    head: User, boris: User, ticket: Ticket, sits_at: SitsAt
) -> None:
    one = Complaint.objects.file(Filing("Слова", "Суть", ticket=ticket, against=head), by=boris)
    heads = sits_at(head)
    assert heads.get(f"/complaints/{one.pk}/").status_code == 200
    assert heads.post(f"/complaints/{one.pk}/acknowledge/", {"how": "Позвонили"}).status_code == 403


def test_quality_reads_and_does_not_manage(quality: User, sits_at: SitsAt, about_anna: Complaint) -> None:
    address = f"/complaints/{about_anna.pk}/"
    assert "acknowledge/" not in sits_at(quality).get(address).content.decode()
    assert sits_at(quality).post(f"{address}acknowledge/", {"how": "Позвонили"}).status_code == 403


def test_who_filed_it_adds_facts_and_no_more(ilya: User, sits_at: SitsAt, ticket: Ticket, boris: User) -> None:
    one = Complaint.objects.file(Filing("Слова", "Суть", ticket=ticket), by=ilya)
    ilyas, address = sits_at(ilya), f"/complaints/{one.pk}/"
    assert ilyas.post(f"{address}fact/", {"text": "Звонил дважды", "source": "журнал"}).status_code == 302
    assert ilyas.post(f"{address}fact/", {"text": "Звонил дважды", "source": ""}).status_code == 422
    assert ilyas.post(f"{address}acknowledge/", {"how": "Позвонили"}).status_code == 403
    assert ilyas.post(f"{address}nothing/").status_code == 404
    assert one.facts.count() == 1


def test_every_stage_by_its_form(boris: User, head: User, ilya: User, sits_at: SitsAt, about_anna: Complaint) -> None:
    page, one = sits_at(boris), about_anna
    address = f"/complaints/{one.pk}/"
    tomorrow = f"{clock.now() + timedelta(days=2):%Y-%m-%d}"

    def act(name: str, status: int = 302, **told: object) -> str:
        answer = page.post(f"{address}{name}/", told)
        assert answer.status_code == status, answer.content.decode()
        one.refresh_from_db()
        return answer.content.decode()

    assert page.get(address).status_code == 200
    act("acknowledge", 422)
    act("acknowledge", text="Мы получили вашу жалобу")
    act("assess", severity=2, risks=["law"], lines=[one.line_id], stated_cause="people.attitude")
    act("investigate", 422, investigator=one.against_id)
    act("investigate", investigator=ilya.pk)
    said = act("explain", 422, why0="Грубо ответили", why1="Человеческий фактор", found="Нет", cause="people.load")
    assert "Человеческий фактор" in said and "explain-why1_error" in said
    act(
        "explain",
        why0="Грубо ответили",
        why1="Смена 12 часов",
        why2="Нет замены",
        found="Нет замены",
        cause="people.load",
    )
    act("decide", 422, decision="upheld", finding="Так нельзя", how="Позвонили")
    act("decide", decision="upheld", finding="Так нельзя", remedy="Извинения", how="Позвонили")
    act("hear", 422)
    act("hear", reaction="agrees", said="Спасибо")
    act("plan", 422, text="Замена", kind="preventive", owner=ilya.pk, due="2020-01-01")
    act("plan", text="Замена", kind="preventive", owner=ilya.pk, due=tomorrow)
    measure = one.measures.get()
    assert sits_at(ilya).post(f"{address}measures/{measure.pk}/", {"result": ""}).status_code == 422
    assert sits_at(ilya).post(f"{address}measures/{measure.pk}/", {"result": "Есть"}).status_code == 302
    act("check", 422, helped="helped")
    act("check", helped="not")
    assert one.state == "acting" and page.get(address).status_code == 200
    act("owner", owner=head.pk)
    assert one.owner == head


def test_the_answer_leaves_without_blanks(boris: User, head: User, sits_at: SitsAt, ticket: Ticket) -> None:
    one = Complaint.objects.file(Filing("Слова", "Суть", ticket=ticket, contact=ticket.contact), by=head)
    bring(one, "investigating", by=boris, investigator=boris)
    page, address = sits_at(boris), f"/complaints/{one.pk}/decide/"
    prepared = DecideForm(None, one, boris, "decide").initial["text"].replace("\n", "\r\n")
    told = {"decision": "not", "finding": "Срок не нарушен", "remedy": ""}
    answer = page.post(address, told | {"text": f"{prepared}\r\nНаш телефон: …"})
    assert answer.status_code == 422 and "Наш телефон: …" in answer.content.decode()
    assert page.post(address, told | {"text": prepared}).status_code == 302
    letter = ticket.conversation.messages.order_by("-id")[0].new_text
    assert "Что выяснили: Срок не нарушен" in letter and "…" not in letter and "Что делаем" not in letter


def test_a_double_click_asks_once(boris: User, head: User, sits_at: SitsAt, ticket: Ticket) -> None:
    one = Complaint.objects.file(Filing("Слова", "Суть", ticket=ticket, contact=ticket.contact), by=head)
    bring(one, "agrees", by=boris, investigator=head)
    due = clock.now() + timedelta(days=1)
    one.finish(one.plan("Починить", kind="corrective", owner=head, due_at=due, by=boris), "Починили", by=head)
    key = AskForm(None, one, boris, "ask").initial["key"]
    assert key != AskForm(None, one, boris, "ask").initial["key"]
    page, address, sent = sits_at(boris), f"/complaints/{one.pk}/", ticket.conversation.messages.filter(author=boris)
    assert 'name="key"' in page.get(address).content.decode()
    for _each in range(2):
        assert page.post(f"{address}ask/", {"text": "Помогло ли это?", "key": key}).status_code == 302
    assert sent.count() == 1
    page.post(f"{address}ask/", {"text": "Помогло ли это?", "key": "another"})
    assert sent.count() == 2


def test_a_request_shows_a_complaint_over_two_joinings(boris: User, sits_at: SitsAt, ticket: Ticket, writes) -> None:
    between, last = writes("Ещё раз"), writes("И ещё раз")
    one = Complaint.objects.file(Filing("Слова", "Суть", ticket=ticket), by=boris)
    ticket.merge_into(between, by=boris)
    assert f"/complaints/{one.pk}/" not in sits_at(boris).get(f"/tickets/{last.number}/").content.decode()
    between.merge_into(last, by=boris)
    assert f"/complaints/{one.pk}/" in sits_at(boris).get(f"/tickets/{last.number}/").content.decode()


def test_the_legal_date_of_the_letter_is_the_organisations(boris: User, about_anna: Complaint) -> None:
    day = timezone.localtime(about_anna.legal_due, ZoneInfo(Organisation.objects.current().time_zone)).day
    for zone in ("Asia/Kamchatka", "America/Los_Angeles"):
        with timezone.override(zone):
            assert f"не позже {day} " in AcknowledgeForm(None, about_anna, boris, "acknowledge").initial["text"]


def test_an_act_of_another_stage_is_told_and_changes_nothing(
    boris: User, sits_at: SitsAt, about_anna: Complaint
) -> None:
    page, address = sits_at(boris), f"/complaints/{about_anna.pk}/"
    answer = page.post(f"{address}hear/", {"reaction": "agrees"}, follow=True)
    assert answer.status_code == 200 and answer.redirect_chain
    about_anna.refresh_from_db()
    assert about_anna.state == "received"


def test_a_complaint_without_a_request(
    ilya: User, boris: User, line_one: Team, sits_at: SitsAt, ticket: Ticket
) -> None:
    ilyas = sits_at(ilya)
    assert ilyas.get("/complaints/new/").status_code == 200
    told = FILE | {"source": "phone", "line": line_one.pk, "address": ""}
    assert ilyas.post("/complaints/new/", told).status_code == 302
    assert Complaint.objects.get().contact is None
    assert ilyas.post("/complaints/new/", told | {"address": "nobody@x.test"}).status_code == 422
    assert ilyas.post("/complaints/new/", told | {"address": "pavel@volga.test"}).status_code == 302
    assert Complaint.objects.latest("id").contact == ticket.contact


def test_a_client_of_another_line_is_not_found_by_their_address(
    vera: User, head: User, line_two, sits_at, ticket
) -> None:
    told = FILE | {"source": "phone", "line": line_two.pk, "address": "pavel@volga.test"}
    assert sits_at(vera).post("/complaints/new/", told).status_code == 422


def test_strong_words_ask_whether_it_is_a_complaint(anna: User, boris: User, sits_at: SitsAt, ticket: Ticket) -> None:
    annas, address = sits_at(anna), f"/tickets/{ticket.number}/"
    question = f"{address}complaint/none/"
    assert question not in annas.get(address).content.decode()
    ticket.mark_upset(by=boris)
    assert question in annas.get(address).content.decode()
    assert annas.post(question).status_code == 302 and NoComplaint.objects.exists()
    assert question not in annas.get(address).content.decode()
    with clock.at(clock.now() + timedelta(hours=1)):
        ticket.mark_calm(by=boris)
        ticket.mark_upset(by=boris)
    assert question in annas.get(address).content.decode()
    annas.post(f"{address}complaint/", FILE)
    assert question not in annas.get(address).content.decode()


def test_a_low_mark_asks_as_well(anna: User, boris: User, sits_at: SitsAt, ticket: Ticket) -> None:
    FollowUp.objects.open_for(Invitation.objects.create(
        survey=survey(), ticket=ticket, contact=ticket.contact, team=ticket.team, send_at=clock.now()), 1)  # fmt: skip
    assert (
        f"/tickets/{ticket.number}/complaint/none/" in sits_at(anna).get(f"/tickets/{ticket.number}/").content.decode()
    )


def survey():
    return Survey.objects.create(name="Проверка", occasion="event")


def test_the_list_goes_page_by_page_in_a_fixed_number_of_statements(
    boris: User, sits_at: SitsAt, ticket: Ticket, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries
) -> None:
    monkeypatch.setattr(lists, "PAGE", 3)
    made = [Complaint.objects.file(Filing("Слова", f"Суть {n}", ticket=ticket), by=boris).pk for n in range(8)]
    for show in ("open", "mine", "all"):
        found, after = [], ""
        while True:
            page = lists.page(boris, show, after)
            found += [row.pk for row in page.rows]
            after = page.after
            if not after:
                break
        assert sorted(found) == made and len(found) == len(set(found)), show
    page_of_boris = sits_at(boris)
    page_of_boris.get("/complaints/?show=all")
    with django_assert_max_num_queries(26):
        assert page_of_boris.get("/complaints/?show=all").status_code == 200
    for nonsense in ("x", "9" * 40, "1.x", "-1.2", "99999999999999999.1"):
        assert sits_at(boris).get("/complaints/", {"after": nonsense, "show": "open"}).status_code == 200


def test_figures_are_of_who_leads_and_of_too_few_nothing_is_told(
    boris: User, anna: User, sits_at: SitsAt, about_anna: Complaint
) -> None:
    assert "kgrid" in sits_at(boris).get("/complaints/").content.decode()
    assert "kgrid" not in sits_at(anna).get("/complaints/").content.decode()
