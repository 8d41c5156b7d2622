"""Reviews on the agents' side: their doors, the card, what the person and who decides do with it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.utils import translation

from otklik.care.quality.models import Calibration, Review
from otklik.care.quality.states import Risk, State, Stream
from otklik.care.quality.tests.conftest import marks_of
from otklik.care.surveys.events import SurveyAnswered
from otklik.care.surveys.models import Invitation, Score, Survey
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.front.workspace.quality import calibrating, lists

pytestmark = pytest.mark.django_db
type SitsAt = Callable[[User], Browser]
SECRET = "Тон свысока, так нельзя"


@pytest.fixture
def solved(ticket: Ticket, anna: User) -> Ticket:
    ticket.reply("Проверила линию, всё починили.", by=anna, then=Resolve("Починили"))
    return ticket


@pytest.fixture
def review(solved: Ticket, anna: User, quality: User) -> Review:
    return Review.objects.assign(solved, anna, quality)


@pytest.fixture
def published(review: Review, quality: User) -> Review:
    review.keep(marks_of(review, {3: "1"}), comment=SECRET, praise="Быстро", by=quality)
    review.publish(by=quality)
    return review


def filled(review: Review, **more: str) -> dict[str, str]:
    marks = {f"mark-{one.pk}": str(one.steps) for one in review.version.criteria.all()}
    return {**marks, "comment": SECRET, "praise": "", **more}


def test_the_controller_finds_it_marks_it_and_the_person_reads_it(
    review: Review, quality: User, anna: User, sits_at: SitsAt
) -> None:
    theirs, address = sits_at(quality), f"/quality/{review.pk}/"
    assert address in theirs.get("/quality/").content.decode()
    page = theirs.get(address).content.decode()
    assert "всё починили" in page and 'data-key="send"' in page

    solved = review.version.criteria.all()[1]
    lowered = {f"mark-{solved.pk}": "3", f"quote-{solved.pk}": "всё починили"}
    assert theirs.post(address, filled(review, **lowered)).status_code == 302
    review.refresh_from_db()
    assert review.state == State.PUBLISHED and review.score == pytest.approx(92.5)

    annas = sits_at(anna)
    assert address in annas.get("/quality/mine/").content.decode()
    read = annas.get(address).content.decode()
    assert SECRET in read and "#m" in read and 'name="reason"' in read
    assert annas.post(f"{address}accept/").status_code == 302
    review.refresh_from_db()
    assert review.state == State.ACCEPTED


def test_what_is_missing_is_said_and_nothing_typed_is_lost(review: Review, quality: User, sits_at: SitsAt) -> None:
    first = review.version.criteria.first()
    assert first
    told = filled(review) | {f"mark-{first.pk}": ""}
    answer = sits_at(quality).post(f"/quality/{review.pk}/", told)
    page = answer.content.decode()

    assert answer.status_code == 422 and SECRET in page and f"crit-{first.pk}-error" in page
    review.refresh_from_db()
    assert review.state == State.OPEN and review.marks.exclude(mark="").count() == len(told) - 3


def test_a_draft_is_kept_until_it_is_published(review: Review, quality: User, sits_at: SitsAt) -> None:
    theirs, first = sits_at(quality), review.version.criteria.first()
    assert first
    draft = {f"mark-{first.pk}": "2", f"comment-{first.pk}": "Пока так"}
    assert theirs.post(f"/quality/{review.pk}/draft/", draft).status_code == 204
    assert "Пока так" in theirs.get(f"/quality/{review.pk}/").content.decode()
    written = {f"quote-{first.pk}": "всё починили", f"message-{first.pk}": "9" * 30}
    assert theirs.post(f"/quality/{review.pk}/draft/", draft | written).status_code == 204
    answer = review.marks.get(criterion=first).message_id
    assert f'name="message-{first.pk}" value="{answer}"' in theirs.get(f"/quality/{review.pk}/").content.decode()
    review.refresh_from_db()
    review.keep(marks_of(review), comment="", praise="", by=quality)
    review.publish(by=quality)
    assert theirs.post(f"/quality/{review.pk}/draft/", draft).status_code == 409


def test_a_dispute_goes_to_the_lead_who_changes_a_mark(
    published: Review, anna: User, boris: User, quality: User, sits_at: SitsAt
) -> None:
    annas, address = sits_at(anna), f"/quality/{published.pk}/"
    assert annas.post(f"{address}dispute/", {"reason": ""}).status_code == 422
    assert annas.post(f"{address}dispute/", {"reason": "Клиент просил коротко"}).status_code == 302
    assert annas.post(f"{address}dispute/", {"reason": "Ещё раз"}).status_code == 302
    assert sits_at(quality).post(f"{address}decide/", {"words": "Нет"}).status_code == 403

    lead, manners = sits_at(boris), published.version.criteria.all()[3]
    page = lead.get(address).content.decode()
    assert "Клиент просил коротко" in page and f'name="ruled-{manners.pk}"' in page
    refused = lead.post(f"{address}decide/", {"words": "", f"ruled-{manners.pk}": "3"})
    assert refused.status_code == 422
    ticked = re.findall(rf'name="ruled-{manners.pk}" value="(.)" checked', refused.content.decode())
    assert ticked == ["3"]
    assert lead.post(f"{address}decide/", {"words": "Верно", f"ruled-{manners.pk}": "4"}).status_code == 302
    read = annas.get(address).content.decode()
    assert "<del>1</del>" in read and "Верно" in read


def test_it_is_given_to_somebody_else(
    review: Review, quality: User, head: User, boris: User, anna: User, vera: User, sits_at: SitsAt
) -> None:
    address = f"/quality/{review.pk}/give/"
    assert 'name="person"' in sits_at(head).get(f"/quality/{review.pk}/").content.decode()
    for wrong in ("", "x", anna.pk, vera.pk, quality.pk):
        assert sits_at(head).post(address, {"person": wrong}).status_code == 422
    assert sits_at(anna).post(address, {"person": boris.pk}).status_code == 404
    assert sits_at(quality).post(address, {"person": boris.pk}).status_code == 302
    review.refresh_from_db()
    assert review.holder == review.reviewer == boris


def test_a_dispute_is_given_on_by_who_has_no_part_in_it(
    published: Review, quality: User, head: User, boris: User, anna: User, sits_at: SitsAt
) -> None:
    published.dispute("Клиент просил коротко", by=anna)
    address = f"/quality/{published.pk}/give/"
    for party in (anna, quality):
        assert sits_at(party).post(address, {"person": head.pk}).status_code == 403
    assert sits_at(boris).post(address, {"person": quality.pk}).status_code == 422
    assert sits_at(boris).post(address, {"person": head.pk}).status_code == 302
    published.refresh_from_db()
    assert published.holder == published.decider == head
    assert sits_at(boris).post(f"/quality/{published.pk}/decide/", {"words": "Так"}).status_code == 403


def test_the_person_does_not_read_that_somebody_complained(
    solved: Ticket, quality: User, anna: User, head: User, boris: User, sits_at: SitsAt
) -> None:
    one = Review.objects.assign(solved, anna, quality, risk=Risk.COMPLAINT, stream=Stream.RISK)
    one.keep(marks_of(one), comment="", praise="", by=quality)
    one.publish(by=quality)
    with translation.override("ru"):
        why = f": {Risk.COMPLAINT.label}"
    for page, of in ((f"/quality/{one.pk}/", anna), ("/quality/?show=told", head)):
        Review.objects.filter(pk=one.pk).update(agent=of)
        assert why not in sits_at(of).get(page).content.decode()
        assert why in sits_at(boris).get(page).content.decode()


def test_a_step_is_agreed_shown_to_both_and_done(published: Review, anna: User, quality: User, sits_at: SitsAt) -> None:
    theirs, address = sits_at(quality), f"/quality/{published.pk}/"
    day, past, far = ((clock.today() + timedelta(days=days)).isoformat() for days in (3, -1, 367))
    step = {"text": "Три звонка", "owner": str(anna.pk), "until": day}
    for wrong in ({"text": ""}, {"owner": "987654"}, *({"until": one} for one in (past, far, "9999-12-31", "x", ""))):
        answer = theirs.post(f"{address}step/", step | wrong)
        assert answer.status_code == 422 and 'data-s="error"' in answer.content.decode(), wrong
    assert not published.steps.exists()
    assert theirs.post(f"{address}step/", step).status_code == 302

    annas = sits_at(anna)
    assert all("Три звонка" in annas.get(page).content.decode() for page in ("/quality/mine/", "/my/", address))
    agreed = published.steps.get()
    assert annas.post(f"{address}step/{agreed.pk}/done/").status_code == 302
    agreed.refresh_from_db()
    assert agreed.done_at and "Три звонка" not in annas.get("/my/").content.decode()


@pytest.mark.parametrize("who", ["ilya", "vera"])
def test_no_colleague_and_no_page_of_the_request_tells_of_it(
    request: pytest.FixtureRequest, published: Review, who: str, sits_at: SitsAt, ilya: User, vera: User
) -> None:
    theirs, number = sits_at(request.getfixturevalue(who)), published.ticket_id
    assert theirs.get(f"/quality/{published.pk}/").status_code == 404
    for page in ("/quality/", "/quality/results/", "/quality/calibrations/"):
        assert theirs.get(page).status_code == 403
    told = [f"/tickets/{number}/", f"/tickets/{number}/card/history/", f"/tickets/{number}/timeline/",
            "/quality/mine/", "/notices/", "/my/", "/search/?q=свысока"]  # fmt: skip
    assert not [page for page in told if SECRET in theirs.get(page).content.decode()]
    kept = Entry.objects.filter(kind__startswith="quality.")
    assert kept.exists() and not any("свысока" in str(entry.data) for entry in kept)


def test_the_reviewer_is_blind_to_what_the_client_thought(
    review: Review, quality: User, anna: User, sits_at: SitsAt
) -> None:
    ticket = review.ticket
    asked = {"ticket": ticket, "team": ticket.team, "agent": anna}
    invitation = Invitation.objects.create(
        survey=Survey.objects.after_answer(), contact=ticket.contact, send_at=clock.now(), sent_at=clock.now(), **asked
    )
    score = Score.objects.create(invitation=invitation, value=1, comment="Ужасно долго", **asked)
    with transaction.atomic():
        publish(SurveyAnswered(ticket_id=ticket.pk, score_id=score.pk, value=1))
    ticket.refresh_from_db()
    ticket.mark_upset(by=anna)
    page = sits_at(quality).get(f"/quality/{review.pk}/").content.decode()
    events = page.partition('id="timeline"')[2].partition("</section>")[0]
    assert "недовол" in events and "оцен" not in events and "Ужасно долго" not in page


def test_a_conversation_of_ones_choice(solved: Ticket, boris: User, anna: User, sits_at: SitsAt, writes) -> None:
    lead = sits_at(boris)
    empty = writes("Без ответа", sender="olga@don.test", sender_name="Ольга")
    for number in ("", "x", "0", "987654", str(empty.number), "9" * 30):
        assert lead.post("/quality/begin/", {"number": number}).status_code == 422
    assert lead.post("/quality/begin/", {"number": solved.number}).status_code == 302
    assert Review.objects.get().reviewer == boris
    assert lead.post("/quality/begin/", {"number": solved.number}).status_code == 422
    assert sits_at(anna).post("/quality/begin/", {"number": solved.number}).status_code == 403


def test_what_cannot_be_judged_is_put_away_with_a_reason(review: Review, quality: User, sits_at: SitsAt) -> None:
    theirs = sits_at(quality)
    assert theirs.post(f"/quality/{review.pk}/skip/", {"why": ""}).status_code == 422
    assert theirs.post(f"/quality/{review.pk}/skip/", {"why": "Пустое письмо"}).status_code == 302
    review.refresh_from_db()
    assert review.state == State.SKIPPED and theirs.get(f"/quality/{review.pk}/").status_code == 200


def test_a_session_is_begun_scored_and_compared(
    solved: Ticket, quality: User, boris: User, head: User, sits_at: SitsAt
) -> None:
    theirs, day = sits_at(quality), (clock.today() + timedelta(days=3)).isoformat()
    told = {"tickets": f"№{solved.number}", "people": [quality.pk, boris.pk], "until": day}
    for wrong in (
        {"tickets": ""},
        {"tickets": "987654"},
        {"people": [quality.pk]},
        {"until": "2020-01-01"},
        {"until": "9999-12-31"},
    ):
        assert theirs.post("/quality/calibrations/", told | wrong).status_code == 422
    assert sits_at(boris).post("/quality/calibrations/", told).status_code == 403
    assert theirs.post("/quality/calibrations/", told).status_code == 302

    session = Calibration.objects.get()
    for person in (quality, boris):
        own = Review.objects.get(reviewer=person)
        assert sits_at(person).post(f"/quality/{own.pk}/", filled(own)).status_code == 302
        other = Review.objects.exclude(reviewer=person).get()
        if person == quality:
            assert theirs.get(f"/quality/{other.pk}/").status_code == 404
    assert theirs.get(f"/quality/{other.pk}/").status_code == 200
    page = theirs.get(f"/quality/calibrations/{session.pk}/").content.decode()
    assert f"№ {solved.number}: 4, 4" in page
    session.refresh_from_db()
    assert session.closed_at and (session.units, session.same) == (10, 10)
    assert theirs.post(f"/quality/calibrations/{session.pk}/close/").status_code == 302


def test_results_lead_to_the_reviews_behind_them(published: Review, boris: User, sits_at: SitsAt) -> None:
    Review.objects.update(stream="random")
    page = sits_at(boris).get("/quality/results/").content.decode()
    behind, own = f"/quality/?show=told&of={published.agent_id}", f"/quality/{published.pk}/"
    assert published.agent.name in page and behind.replace("&", "&amp;") in page
    assert own in sits_at(boris).get(behind).content.decode()
    assert own not in sits_at(boris).get("/quality/?show=told&of=987654").content.decode()


def test_lists_ask_as_often_for_many_as_for_few(
    quality: User, anna: User, sits_at: SitsAt, writes, django_assert_max_num_queries
) -> None:
    for number in range(6):
        ticket = writes(f"Дело {number}")
        ticket.reply("Готово", by=anna, then=Resolve("Готово"))
        Review.objects.assign(ticket, anna, quality)
    theirs = sits_at(quality)
    theirs.get("/quality/")
    with django_assert_max_num_queries(14):
        theirs.get("/quality/")


@pytest.mark.parametrize("show", ["todo", "late", "told", "disputed"])
def test_lists_go_on_page_by_page(
    quality: User, anna: User, boris: User, sits_at: SitsAt, writes, monkeypatch: pytest.MonkeyPatch, show: str
) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)
    made = []
    for number in range(7):
        ticket = writes(f"Дело {number}")
        ticket.reply("Готово", by=anna, then=Resolve("Готово"))
        review = Review.objects.assign(ticket, anna, quality)
        made.append(review.pk)
        if show in ("told", "disputed"):
            review.keep(marks_of(review), comment="", praise="", by=quality)
            review.publish(by=quality)
        if show == "disputed":
            review.dispute("Нет", by=anna)
    if show in ("todo", "late"):  # two at one moment, and an order that is not that of the numbers
        for pk, hours in zip(made, (5, 5, 3, 9, 1, 5, 2), strict=True):
            Review.objects.filter(pk=pk).update(next_at=clock.now().replace(microsecond=17) - timedelta(hours=hours))
        Review.objects.filter(pk__in=(made[0], made[1], made[5])).update(next_at=clock.now() - timedelta(hours=5))
        made = [made[place] for place in (3, 0, 1, 5, 2, 6, 4)]
    else:
        made.reverse()
    theirs, address, seen = sits_at(quality), f"/quality/?show={show}", []
    while address:
        page = theirs.get(address).content.decode()
        seen += [int(pk) for pk in re.findall(r'href="/quality/(\d+)/"', page)]
        more = re.search(r'href="([^"]*after=[^"]*)"', page)
        address = f"/quality/{more[1].replace('&amp;', '&')}" if more else ""
    assert seen == made
    assert theirs.get(f"/quality/?show={show}&after=nonsense").status_code == 200
    assert theirs.get(f"/quality/?show={show}&after=99999999999999999.1").status_code == 200


def test_sessions_go_on_page_by_page(
    solved: Ticket, quality: User, boris: User, sits_at: SitsAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrating, "PAGE", 2)
    until = clock.now() + timedelta(days=1)
    made = [Calibration.objects.begin([solved], [quality, boris], until=until, by=quality) for _one in range(3)]
    theirs = sits_at(quality)
    page = theirs.get("/quality/calibrations/").content.decode()
    following = f"?after={made[1].pk}"
    assert following in page and f"/calibrations/{made[0].pk}/" not in page
    page = theirs.get(f"/quality/calibrations/{following}").content.decode()
    assert f"/calibrations/{made[0].pk}/" in page and "after=" not in page
