"""From the first word to the end, and the edges of each stage."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from otklik.care.complaints import access
from otklik.care.complaints.models import Complaint, ComplaintPolicy, Filing, Measure
from otklik.care.complaints.states import Due, State
from otklik.care.complaints.tests.conftest import bring
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Promise, Ticket
from otklik.desk.tickets.steps import PromiseDate, Wait

pytestmark = pytest.mark.django_db


def test_it_is_filed_with_an_owner_and_running_clocks(file, ticket: Ticket, anna: User, boris: User) -> None:
    one: Complaint = file(ticket, by=anna, against=anna)
    one.refresh_from_db()
    assert (one.owner, one.state, one.line) == (boris, State.RECEIVED, ticket.team)
    assert one.next_due == Due.ACKNOWLEDGE and one.next_at == one.ack_due
    assert one.legal_due.date() >= (clock.now() + timedelta(days=10)).date()
    assert Entry.objects.about("complaint", one.pk).get().kind == "complaints.ComplaintFiled"


def test_terms_are_settings_and_hold_for_what_comes_later(file, ticket: Ticket) -> None:
    before = file(ticket)
    ComplaintPolicy.objects.create(pk=1, legal_days=30)
    after = file(ticket)
    assert after.legal_due - before.legal_due >= timedelta(days=19)


@pytest.mark.parametrize(("field", "value"), [("words", " "), ("stated", "")])
def test_words_and_a_reason_are_needed(file, field: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        file(**{field: value})
    assert refused.value.field == field and not Complaint.objects.exists()


def test_it_may_have_come_before_and_not_later(file) -> None:
    came = clock.now() - timedelta(days=3)
    assert file(received_at=came).legal_due - came < timedelta(days=11)
    with pytest.raises(Invalid):
        file(received_at=clock.now() + timedelta(minutes=1))


def test_who_is_complained_about_manages_and_investigates_nothing(file, boris: User, anna: User, head: User) -> None:
    with pytest.raises(Invalid) as refused:
        file(against=boris, owner=boris)
    assert refused.value.field == "owner" and "Борис" in refused.value.text
    one = file(against=boris)
    assert one.owner == head
    bring(one, "assessed", by=head, investigator=head)
    with pytest.raises(Invalid):
        one.investigate(boris, by=head)
    one.investigate(anna, by=head)
    with pytest.raises(Invalid):
        one.pass_to(boris, by=head)
    with pytest.raises(Invalid):
        one.plan("Разобрать", kind="corrective", owner=boris, due_at=clock.now() + timedelta(days=1), by=head)
    for name in ("owner", "investigator"):
        with pytest.raises(IntegrityError, match="by_its_subject"), transaction.atomic():
            Complaint.objects.filter(pk=one.pk).update(**{name: boris})


def test_nothing_open_is_without_a_next_date(file) -> None:
    one = file()
    for broken in ({"next_at": None}, {"next_due": ""}, {"soon_at": None}, {"state": "closed"}):
        with pytest.raises(IntegrityError, match="next_date"), transaction.atomic():
            Complaint.objects.filter(pk=one.pk).update(**broken)


def test_risks_raise_the_severity_whatever_is_chosen(file) -> None:
    assert file(risks=["law"]).severity == 2
    assert file(risks=["vulnerable", "safety"], severity=1).severity == 3
    one = file(upto="acknowledged")
    one.assess(by=one.owner, severity=1, risks=["safety"])
    assert (one.severity, one.state) == (3, State.ASSESSED)


def test_a_letter_acknowledges_it_and_promises_the_answer(file, ticket: Ticket, boris: User) -> None:
    one = file(ticket)
    one.acknowledge(by=boris, text="Мы получили вашу жалобу")
    assert one.state == State.ACKNOWLEDGED and one.informed_at and one.next_due == Due.PROGRESS
    assert Promise.objects.current_of(ticket.pk).until == one.legal_due  # type: ignore[union-attr]
    assert Outbound.objects.filter(message__conversation=ticket.conversation_id).exists()


def test_a_letter_does_not_move_what_is_promised(file, ticket: Ticket, boris: User, tomorrow) -> None:
    ticket.reply("Ответим завтра", by=boris, then=PromiseDate(tomorrow))
    file(ticket).acknowledge(by=boris, text="Здравствуйте! Мы разбираемся")
    standing = Promise.objects.current_of(ticket.pk)
    assert standing and (standing.until, standing.why, standing.moved_from) == (tomorrow, "", None)
    assert not Promise.objects.filter(ticket=ticket).exclude(moved_at=None).exists()
    with clock.at(tomorrow + timedelta(hours=1)):
        late = file(ticket)
        late.acknowledge(by=boris, text="Здравствуйте! Мы разбираемся")
        assert Promise.objects.current_of(ticket.pk).until == late.legal_due  # type: ignore[union-attr]


def test_a_letter_holds_the_request_before_the_complaint(file, ticket: Ticket, boris: User, head: User) -> None:
    """As an answer in the request does, which tells the complaint of it while it holds the request."""

    def held(act: Callable[[], object]) -> list[str]:
        with CaptureQueriesContext(connection) as statements:
            act()
        locks = [one["sql"] for one in statements if "FOR UPDATE" in one["sql"] or "FOR NO KEY" in one["sql"]]
        return ["complaint" if 'FROM "complaints_complaint"' in sql else "ticket" for sql in locks]

    one = file(ticket)
    assert held(lambda: one.acknowledge(by=boris, text="Мы разбираемся"))[:2] == ["ticket", "complaint"]
    bring_on(one, boris, head)
    answer = {"finding": "Срок не нарушен", "text": "Срок не нарушен"}
    assert held(lambda: one.decide("not", by=boris, **answer))[:2] == ["ticket", "complaint"]
    Complaint.objects.filter(pk=one.pk).update(state=State.CHECKING, check_at=clock.now() + timedelta(days=30))
    assert held(lambda: one.ask_whether_it_helped("Помогло?", by=boris))[:2] == ["ticket", "complaint"]


def bring_on(one: Complaint, by: User, investigator: User) -> None:
    one.assess(by=by, severity=1)
    one.investigate(investigator, by=by)


def test_a_complaint_goes_along_over_two_joinings(file, ticket: Ticket, writes, boris: User, tomorrow) -> None:
    between, last = writes("Ещё раз"), writes("И ещё раз")
    one = file(ticket, upto="acknowledged")
    ticket.merge_into(between, by=boris)
    between.merge_into(last, by=boris)
    for request in (ticket, between, last):
        assert list(Complaint.objects.of_ticket(request)) == [one]
    with clock.at(clock.now() + timedelta(days=2)):
        last.reply("Разбираемся", by=boris, then=Wait(tomorrow + timedelta(days=3)))
        one.refresh_from_db()
        assert one.informed_at == clock.now()


def test_one_request_is_found_by_the_index(file, ticket: Ticket) -> None:
    file(ticket)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Complaint.objects.of_ticket(ticket).explain()
    assert "Seq Scan on complaints_complaint" not in plan and "ticket_id = ANY" in plan


def test_what_cannot_be_sent_changes_nothing(file, ticket: Ticket, vera: User, boris: User) -> None:
    one, bare = file(ticket), file()
    for complaint, by in ((one, vera), (bare, boris)):
        with pytest.raises(Invalid):
            complaint.acknowledge(by=by, text="Мы получили вашу жалобу")
        complaint.refresh_from_db()
        assert complaint.state == State.RECEIVED
    with pytest.raises(Invalid):
        one.acknowledge(by=boris)


def test_every_answer_in_the_request_is_news_for_the_client(file, ticket: Ticket, boris: User, tomorrow) -> None:
    one = file(ticket, upto="acknowledged")
    was = one.progress_due
    with clock.at(clock.now() + timedelta(days=2)):
        message = ticket.reply("Разбираемся", by=boris, then=Wait(tomorrow + timedelta(days=3)), undo=20)
        one.refresh_from_db()
        assert one.progress_due > was and one.informed_at == clock.now()
        ticket.take_back(message, by=boris)
        one.refresh_from_db()
        assert one.progress_due == was


def test_the_whole_way(file, ticket: Ticket, boris: User, head: User, anna: User) -> None:
    one = file(ticket, upto="agrees")
    assert one.next_due == Due.ACT
    with pytest.raises(Invalid):
        one.act(by=boris)
    with pytest.raises(Conflict):
        one.close(by=boris)
    due = clock.now() + timedelta(days=7)
    measure = one.plan("Добавить выходные в правило", kind="preventive", owner=anna, due_at=due, by=boris)
    assert (one.state, one.next_due, one.next_at) == (State.ACTING, Due.MEASURE, due)
    with pytest.raises(Invalid):
        one.finish(measure, " ", by=anna)
    one.finish(measure, "Правило знает календарь", by=anna)
    assert one.state == State.CHECKING and one.next_at == one.check_at and one.next_due == Due.CHECK
    with pytest.raises(Conflict):
        one.weigh("helped", by=boris)
    with clock.at(one.check_at + timedelta(hours=1)):
        assert one.weigh("helped", by=boris).verdict == "unproven"
        assert one.state == State.CHECKING and one.check_at > clock.now()
    with clock.at(one.check_at + timedelta(hours=1)):
        one.weigh("helped", by=boris)
    assert (one.state, one.next_at, one.verdict) == (State.CLOSED, None, "unproven")
    with pytest.raises(Conflict):
        one.inform("Ещё раз позвонили", by=boris)


def test_what_did_not_help_needs_new_measures(file, boris: User, head: User) -> None:
    one = file(upto="agrees")
    due = clock.now() + timedelta(days=1)
    one.finish(one.plan("Починить", kind="corrective", owner=head, due_at=due, by=boris), "Починили", by=head)
    assert one.weigh("not", by=boris).verdict == "failed"
    assert (one.state, one.next_due) == (State.ACTING, Due.ACT) and not one.measures.filter(done_at=None)
    one.finish(one.plan("Ещё раз", kind="corrective", owner=head, due_at=due, by=boris), "Иначе", by=head)
    assert one.state == State.CHECKING and one.checks == 0


def test_many_repeats_before_and_none_after_prove_it(file, boris: User, head: User) -> None:
    for _each in range(30):
        file(stated_cause="process.missing", received_at=clock.now() - timedelta(days=20))
    one = file(upto="agrees")
    due = clock.now() + timedelta(days=1)
    one.finish(one.plan("Починить", kind="corrective", owner=head, due_at=due, by=boris), "Починили", by=head)
    with clock.at(one.check_at + timedelta(hours=1)):
        assert one.weigh("helped", by=boris).verdict == "effective"
    assert one.state == State.CLOSED


def test_upheld_needs_a_cause_and_a_remedy(file, boris: User, head: User) -> None:
    one = file(upto="investigating")
    for told, field in (
        ({"decision": "upheld", "remedy": "Извинения"}, "decision"),
        ({"decision": "maybe"}, "decision"),
        ({"decision": "not", "finding": ""}, "finding"),
        ({"decision": "not", "how": ""}, "how"),
    ):
        with pytest.raises(Invalid) as refused:
            one.decide(**{"finding": "…", "how": "Письмом", "by": head, **told})
        assert refused.value.field == field
    one.decide("not", by=head, finding="Срок не нарушен", how="Позвонили")
    one.hear("silent", by=boris)
    one.close(by=boris)
    assert one.state == State.CLOSED and one.reaction == "silent"


def test_who_disagrees_goes_to_another_person_and_then_to_other_bodies(
    file, boris: User, head: User, anna: User
) -> None:
    one = file()
    bring(one, "disagrees", by=boris, investigator=anna, decision="not")
    with pytest.raises(Conflict):
        one.close(by=boris)
    with pytest.raises(Invalid):
        one.go_higher(anna, by=boris)
    one.go_higher(head, by=boris)
    assert (one.state, one.level, one.first_investigator, one.next_due) == (State.INVESTIGATING, 2, anna, Due.PROGRESS)
    with pytest.raises(Invalid):
        one.investigate(anna, by=boris)
    one.decide("not", by=head, finding="Срок не нарушен", how="Позвонили")
    one.hear("disagrees", by=boris)
    with pytest.raises(Conflict):
        one.go_higher(boris, by=boris)
    one.name_bodies("Роспотребнадзор", by=boris)
    one.close(by=boris)
    assert one.state == State.CLOSED


def test_who_decided_first_does_not_decide_anew(file, boris: User, head: User, anna: User, ilya: User) -> None:
    one = file()
    bring(one, "investigating", by=boris, investigator=anna)
    one.decide("not", by=boris, finding="Срок не нарушен", how="Позвонили")
    one.hear("disagrees", by=boris)
    with pytest.raises(Invalid):
        one.go_higher(boris, by=boris)
    one.refresh_from_db()
    one.go_higher(head, by=boris)
    for person in (boris, anna):
        with pytest.raises(Invalid) as refused:
            one.decide("not", by=person, finding="Срок не нарушен", how="Позвонили")
        assert refused.value.field == "decision" and not access.can_decide(person, one)
    assert access.can_decide(head, one) and access.can_investigate(boris, one)
    one.decide("not", by=head, finding="Срок не нарушен", how="Позвонили")
    assert (one.state, one.first_decider) == (State.ANSWERED, boris)


def test_what_is_done_twice_at_once_is_done_once(file, boris: User) -> None:
    one = file()
    again = Complaint.objects.get(pk=one.pk)
    one.acknowledge(by=boris, how="Позвонили")
    with pytest.raises(Conflict):
        again.acknowledge(by=boris, how="Позвонили")


def test_a_complaint_without_anybody_to_manage_it_is_refused(line_one, anna: User) -> None:
    with pytest.raises(Invalid) as refused:
        Complaint.objects.file(Filing("Слова", "Суть", line=line_one), by=anna)
    assert refused.value.field == "owner"


def test_a_measure_done_has_a_result(file, head: User) -> None:
    one = file(upto="agrees")
    measure = one.plan("Починить", kind="corrective", owner=head, due_at=clock.now() + timedelta(days=1), by=head)
    with pytest.raises(IntegrityError, match="with_a_result"), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(done_at=clock.now())


def test_who_manages_complaints_is_a_lead_or_above_or_was_appointed(file, anna: User, boris: User, head: User) -> None:
    with pytest.raises(Invalid) as refused:
        file(owner=anna)
    assert refused.value.field == "owner"
    one = file(owner=boris)
    with pytest.raises(Invalid):
        one.pass_to(anna, by=head)
    ComplaintPolicy.objects.update_or_create(pk=ComplaintPolicy.objects.current().pk, defaults={"manager": anna})
    one.pass_to(anna, by=head)
    assert one.owner == anna and file().owner == anna
