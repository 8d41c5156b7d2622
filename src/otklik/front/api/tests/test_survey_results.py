"""What surveys brought, and reviews, by programs."""

import pytest

from otklik.care.surveys.models import Answer, Invitation, PublicPage, PublicPages, Review, Survey
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(db: None) -> Survey:
    made = Survey.objects.create(name="После доставки", occasion="event")
    made.draft().questions.create(kind="ces7")
    made.begin()
    return made


def answer(survey: Survey, ticket: Ticket, value: int, words: str = "", team: Team | None = None) -> Answer:
    version = survey.versions.get()
    now = clock.now()
    asked = Invitation.objects.create(
        survey=survey, version=version, contact=ticket.contact, ticket=ticket, team=team or ticket.team,
        send_at=now, sent_at=now, digest=f"digest {Invitation.objects.count()}", agent=ticket.owner,
    )  # fmt: skip
    return Answer.objects.create(invitation=asked, question=version.questions.get(), value=value, words=words)


def test_figures_of_enough_and_the_words(
    ask: Ask, survey: Survey, ticket: Ticket, boris: User, head: User, line_two: Team
) -> None:
    (row,) = ask("get", "surveys", boris).json()
    assert (row["id"], row["versions"], row["state"]) == (survey.pk, [1], "running")
    assert ask("get", f"surveys/{survey.pk}", boris).json()["sources"] == ["letter"]
    for value in (7, 6, 7, 2):
        answer(survey, ticket, value, f"слова {value}")
    (few,) = ask("get", f"surveys/{survey.pk}/results", boris).json()["questions"]
    assert (few["n"], few["status"], few["value"], few["counts"]) == (4, "hidden", None, [])
    answer(survey, ticket, 5)
    answer(survey, ticket, 1, "чужая линия", line_two)
    told = ask("get", f"surveys/{survey.pk}/results?version=1&source=letter", boris).json()
    (question,) = told["questions"]
    assert (question["n"], question["status"], question["unit"]) == (5, "low", "share")
    assert question["value"] is not None and sum(one["count"] for one in question["counts"]) == 5
    (whole,) = ask("get", f"surveys/{survey.pk}/results", head).json()["questions"]
    assert whole["n"] == 6

    page = ask("get", f"surveys/{survey.pk}/words?limit=3", boris).json()
    assert len(page["items"]) == 3 and page["items"][0]["ticket"] == ticket.number
    rest = ask("get", f"surveys/{survey.pk}/words?limit=3&cursor={page['next']}", boris).json()
    said = [one["words"] for one in (*page["items"], *rest["items"])]
    assert said == ["слова 2", "слова 7", "слова 6", "слова 7"], "of one's lines, the newest first"
    assert ask("get", f"surveys/{survey.pk}/words?of=marks", head).json()["items"] == []


def test_ACCESS_1_results_are_for_who_leads(ask: Ask, survey: Survey, anna: User, boris: User, quality: User) -> None:
    for path in ("", f"/{survey.pk}", f"/{survey.pk}/results", f"/{survey.pk}/words"):
        assert ask("get", f"surveys{path}", anna).status_code == 403
        assert ask("get", f"surveys{path}", quality).status_code == 200
        assert ask("get", f"surveys{path}", boris, scopes=("tickets:read",)).status_code == 403
    draft = Survey.objects.create(name="Черновик", occasion="event")
    for path in (f"{draft.pk}", f"{draft.pk}/results", f"{survey.pk}/results?version=9",
                 f"{survey.pk}/results?source=link"):  # fmt: skip
        assert ask("get", f"surveys/{path}", boris).status_code == 404, path


@pytest.fixture
def review(survey: Survey, ticket: Ticket, anna: User) -> Review:
    PublicPages.objects.create(pk=1, is_on=True)
    PublicPage.objects.create(user=anna, slug="anna", shown_name="Анна", is_on=True)
    return Review.objects.create(given=answer(survey, ticket, 7, "Спасибо"), agent=anna, text="Спасибо", signed_as="П")


def test_a_review_is_let_through_and_answered_once(
    ask: Ask, review: Review, anna: User, ilya: User, boris: User
) -> None:
    (row,) = ask("get", "reviews", boris).json()["items"]
    assert (row["id"], row["state"], row["agent"]["login"]) == (review.pk, "waiting", "anna") and row["mark"]
    assert ask("get", "reviews?of=me", anna).json()["items"] == [], "it is not shown yet"
    assert ask("post", f"reviews/{review.pk}/reply", anna, {"text": "Рада"}).status_code == 422
    first, again = (ask("post", f"reviews/{review.pk}/moderate", boris, {"state": "shown"}, key="m") for _ in range(2))
    assert first.json()["state"] == "shown" and first.content == again.content
    assert [one["id"] for one in ask("get", "reviews?of=decided", boris).json()["items"]] == [review.pk]
    assert ask("post", f"reviews/{review.pk}/reply", ilya, {"text": "Рад"}).status_code == 404
    assert ask("post", f"reviews/{review.pk}/reply", anna, {"text": "Рада помочь"}).json()["reply"] == "Рада помочь"
    twice = ask("post", f"reviews/{review.pk}/reply", anna, {"text": "И ещё"})
    assert (twice.status_code, twice.json()["field"]) == (422, "text")
    assert [one["id"] for one in ask("get", "reviews?of=me", anna).json()["items"]] == [review.pk]


def test_ACCESS_1_nobody_moderates_reviews_of_others_lines(
    ask: Ask, review: Review, anna: User, boris: User, vera: User, line_two: Team
) -> None:
    lead = User.objects.get(pk=vera.pk)
    User.objects.filter(pk=vera.pk).update(role="lead")
    lead.refresh_from_db()
    foreign, none = (ask("post", f"reviews/{pk}/moderate", lead, {"state": "hidden"}) for pk in (review.pk, 987654))
    assert (foreign.status_code, foreign.content) == (404, none.content)
    assert ask("get", "reviews", lead).json()["items"] == []
    for path in ("reviews", "reviews?of=decided"):
        assert ask("get", path, anna).status_code == 403
    assert ask("post", f"reviews/{review.pk}/moderate", anna, {"state": "shown"}).status_code == 403
    assert ask("post", f"reviews/{review.pk}/moderate", boris, {"state": "waiting"}).status_code == 422
    for scope in ("surveys:read", "tickets:write"):
        told = ask("post", f"reviews/{review.pk}/moderate", boris, {"state": "shown"}, scopes=(scope,))
        assert told.status_code == 403
