"""Pages of people: who sees and who acts, that marks stay covered, and that nothing typed is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from otklik.core.audit.models import Line
from otklik.core.staff.models import Role, Skill, Team, User
from otklik.team.metrics.days import today
from otklik.team.people.models import (
    Attestation,
    Candidate,
    HiringProfile,
    KnowledgeTest,
    Onboarding,
    ProfileCriterion,
    Sheet,
    StandardStep,
    Vacancy,
    Wave,
)

pytestmark = pytest.mark.django_db
type SitsAt = Callable[[User], Browser]


@pytest.fixture
def sits_at() -> SitsAt:
    def sit(user: User) -> Browser:
        browser = Browser()
        browser.force_login(user)
        return browser

    return sit


@pytest.fixture
def vacancy(line_one: Team, head: User, boris: User) -> Vacancy:
    profile = HiringProfile.objects.create(name="Первая линия", made_by=head)
    for place, name in enumerate(("Эмпатия", "Письмо")):
        told = {"name": name, "required": 4, "question": "Расскажите", "anchors": "4 — слышит"}
        ProfileCriterion.objects.create(profile=profile, place=place, **told)
    vacancy = Vacancy.objects.create(title="Специалист", profile=profile, team=line_one, made_by=head)
    vacancy.interviewers.set([head, boris])
    return vacancy


@pytest.fixture
def maria(vacancy: Vacancy, head: User) -> Candidate:
    return Candidate.objects.create(vacancy=vacancy, name="Мария <b>Ланская</b>", made_by=head)


def marks(candidate: Candidate, *levels: int, said: str = "Слышала") -> dict[str, Any]:
    told: dict[str, Any] = {}
    for one, level in zip(candidate.vacancy.profile.criteria.all(), levels, strict=True):
        told |= {f"level_{one.pk}": level, f"evidence_{one.pk}": said}
    return told


@pytest.mark.parametrize("page", ["", "newcomers/", "training/"])
def test_everybody_comes_in_and_nothing_is_empty_without_a_word(sits_at: SitsAt, anna: User, page: str) -> None:
    answer = sits_at(anna).get(f"/board/people/{page}")
    assert answer.status_code == 200 and 'class="empty"' in answer.content.decode()
    assert "btn primary" not in answer.content.decode()


@pytest.mark.parametrize(
    "page",
    [
        *("profiles/new/", "vacancies/new/", "newcomers/new/", "newcomers/plan/"),
        *("training/course/", "training/wave/", "training/attest/", "training/test/"),
    ],
)
def test_who_does_not_lead_writes_nothing(sits_at: SitsAt, anna: User, quality: User, head: User, page: str) -> None:
    for user in (anna, quality):
        assert sits_at(user).get(f"/board/people/{page}").status_code == 403
        assert sits_at(user).post(f"/board/people/{page}", {}).status_code == 403
    assert sits_at(head).get(f"/board/people/{page}").status_code == 200


def test_from_a_profile_to_a_signature(
    sits_at: SitsAt, head: User, boris: User, anna: User, ilya: User, line_one: Team
) -> None:
    heads, borises = sits_at(head), sits_at(boris)
    form: dict[str, Any] = {"name": "Вторая линия", "c-TOTAL_FORMS": 8, "c-INITIAL_FORMS": 0}
    form |= {f"c-{place}-sort": "important" for place in range(8)} | {f"c-{place}-required": 3 for place in range(8)}
    nothing = heads.post("/board/people/profiles/new/", form)
    assert nothing.status_code == 422 and "Вторая линия" in nothing.content.decode()
    form |= {"c-0-name": "Эмпатия", "c-0-sort": "important", "c-0-required": 4}
    wrong = heads.post("/board/people/profiles/new/", form)
    assert wrong.status_code == 422 and "Эмпатия" in wrong.content.decode()
    heads.post("/board/people/profiles/new/", {**form, "c-0-question": "Как?", "c-0-anchors": "4 — слышит"})
    profile = HiringProfile.objects.get()

    told = {"title": "Специалист", "profile": profile.pk, "team": line_one.pk, "interviewers": [head.pk]}
    alone = heads.post("/board/people/vacancies/new/", told)
    assert alone.status_code == 422 and "не меньше двух" in alone.content.decode()
    heads.post("/board/people/vacancies/new/", {**told, "interviewers": [head.pk, boris.pk]})
    vacancy = Vacancy.objects.get()
    heads.post(f"/board/people/vacancies/{vacancy.pk}/", {"name": "Мария"})
    maria = Candidate.objects.get()
    home = f"/board/people/candidates/{maria.pk}/"

    blank = heads.post(f"{home}score/", marks(maria, 5, said=""))
    assert blank.status_code == 422 and not Sheet.objects.exists()
    heads.post(f"{home}score/", marks(maria, 5, said="Услышала клиента"))
    assert "Услышала клиента" not in borises.get(home).content.decode()
    assert "Услышала клиента" not in heads.get(home).content.decode()
    borises.post(f"{home}score/", marks(maria, 3, said="Перебила"))
    assert borises.get(f"{home}score/").status_code == 403
    page = borises.get(home).content.decode()
    assert "Услышала клиента" in page and "Перебила" in page and "зелёная группа" in page

    signed = {"stage": "hired", "word": "Подходит", "person": ilya.pk, "hired_on": today().isoformat()}
    early = heads.post(home, signed)
    assert early.status_code == 422 and "расходятся" in early.content.decode() and "Подходит" in early.content.decode()
    criterion = profile.criteria.get()
    heads.post(f"{home}discuss/", {"criterion": criterion.pk, "words": "Сошлись на четырёх"})
    assert heads.post(home, signed).status_code == 302
    maria.refresh_from_db()
    assert (maria.stage, maria.person, maria.decided_by) == ("hired", ilya, head)
    assert Line.objects.filter(kind="people.CandidateDecided").count() == 1
    own = sits_at(ilya).get(home).content.decode()
    assert "Перебила" in own and boris.name not in own.split("<main")[1]
    sits_at(ilya).post(f"{home}comment/", {"comment": "Согласен"})
    assert "Согласен" in heads.get(home).content.decode()
    assert sits_at(anna).get(home).status_code == 404


def test_the_candidates_of_others_are_not_there(sits_at: SitsAt, maria: Candidate, vera: User, boris: User) -> None:
    for page in (f"vacancies/{maria.vacancy_id}/", f"candidates/{maria.pk}/", f"candidates/{maria.pk}/score/"):
        assert sits_at(vera).get(f"/board/people/{page}").status_code == 404
    maria.vacancy.interviewers.add(vera)
    veras = sits_at(vera)
    shown = veras.get(f"/board/people/candidates/{maria.pk}/")
    assert shown.status_code == 200 and "Мария &lt;b&gt;" in shown.content.decode()
    for act in ("", "erase/"):
        assert veras.post(f"/board/people/candidates/{maria.pk}/{act}", {}).status_code == 403
    assert veras.post(f"/board/people/vacancies/{maria.vacancy_id}/", {"name": "Ещё"}).status_code == 403
    assert veras.post(f"/board/people/vacancies/{maria.vacancy_id}/close/").status_code == 403


def test_erased_on_request(sits_at: SitsAt, maria: Candidate, boris: User) -> None:
    borises = sits_at(boris)
    borises.post(f"/board/people/candidates/{maria.pk}/erase/")
    page = borises.get(f"/board/people/vacancies/{maria.vacancy_id}/").content.decode()
    assert "Ланская" not in page and "стёрто" in page
    assert "Ланская" not in borises.get(f"/board/people/candidates/{maria.pk}/").content.decode()


def test_a_newcomer_is_looked_at_by_the_curator(
    sits_at: SitsAt, boris: User, anna: User, ilya: User, vera: User
) -> None:
    told = {"person": anna.pk, "curator": ilya.pk, "begins_on": (today() - timedelta(days=2)).isoformat()}
    assert sits_at(boris).post("/board/people/newcomers/new/", {**told, "person": vera.pk}).status_code == 422
    sits_at(boris).post("/board/people/newcomers/new/", told)
    plan = Onboarding.objects.get()
    point = plan.checkpoints.all()[0]
    look = f"/board/people/checkpoints/{point.pk}/"
    assert sits_at(anna).post(look, {"passed": "yes", "word": "Сама"}).status_code == 403
    assert sits_at(vera).get(look).status_code == 404
    empty = sits_at(ilya).post(look, {"passed": "yes", "word": ""})
    assert empty.status_code == 422
    sits_at(ilya).post(look, {"passed": "yes", "word": "Вошла сама", "wellbeing": 4})
    page = sits_at(anna).get(f"/board/people/newcomers/{plan.pk}/").content.decode()
    assert "Вошла сама" in page and "пройдено в срок" in page and "4 из 5" in page
    assert sits_at(ilya).post(f"/board/people/newcomers/{plan.pk}/end/").status_code == 403
    assert "сказать нельзя" in sits_at(boris).get("/board/people/newcomers/").content.decode()


def test_the_plan_of_the_house_is_written_by_the_head(sits_at: SitsAt, head: User, boris: User) -> None:
    page = "/board/people/newcomers/plan/"
    assert sits_at(boris).get(page).status_code == 403
    wrong = sits_at(head).post(page, {"steps": "5 Вошёл\nпотом Отвечает"})
    assert wrong.status_code == 422 and "потом Отвечает" in wrong.content.decode()
    assert sits_at(head).post(page, {"steps": "5 Вошёл\n5 Отвечает"}).status_code == 422
    sits_at(head).post(page, {"steps": "5 Вошёл\n\n 20 Отвечает сам"})
    assert [(one.day, one.result) for one in StandardStep.objects.all()] == [(5, "Вошёл"), (20, "Отвечает сам")]


def test_points_of_a_wave(sits_at: SitsAt, boris: User, anna: User, ilya: User, vera: User) -> None:
    borises = sits_at(boris)
    borises.post("/board/people/training/course/", {"name": "Разговор"})
    day = today().isoformat()
    told = {"course": 0, "starts_on": day, "ends_on": day, "learners": [anna.pk, ilya.pk]}
    assert borises.post("/board/people/training/wave/", told).status_code == 422
    from otklik.team.people.models import Course

    told["course"] = Course.objects.get().pk
    assert borises.post("/board/people/training/wave/", {**told, "learners": [vera.pk]}).status_code == 422
    early = (today() - timedelta(days=1)).isoformat()
    assert borises.post("/board/people/training/wave/", {**told, "ends_on": early}).status_code == 422
    borises.post("/board/people/training/wave/", told)
    wave = Wave.objects.get()
    home = f"/board/people/training/waves/{wave.pk}/"
    points = {f"before_{anna.pk}": 50, f"after_{anna.pk}": 70, f"before_{ilya.pk}": 70, f"after_{ilya.pk}": 86}
    wrong = borises.post(home, {**points, f"after_{ilya.pk}": 860})
    assert wrong.status_code == 422 and 'value="860"' in wrong.content.decode()
    borises.post(home, points)
    page = borises.get(home).content.decode()
    assert "18,0" in page and "45" in page
    own = sits_at(anna).get(home).content.decode()
    assert "50 → 70" in own and ilya.name not in own.split("<main")[1]
    assert sits_at(anna).post(home, points).status_code == 403
    assert sits_at(vera).get(home).status_code == 404


def test_attested_and_told(sits_at: SitsAt, boris: User, anna: User, head: User) -> None:
    sip = Skill.objects.create(name="SIP")
    anna.skills.add(sip)
    borises = sits_at(boris)
    assert "не аттестован" in sits_at(anna).get("/board/people/training/").content.decode()
    told = {"person": anna.pk, "skill": sip.pk, "taken_on": today().isoformat(), "word": "Показала", "of_product": "on"}
    borises.post("/board/people/training/attest/", {**told, "passed": "no"})
    again = borises.post("/board/people/training/attest/", {**told, "passed": "yes"})
    assert again.status_code == 422 and "семь дней" in again.content.decode()
    Attestation.objects.all().delete()
    borises.post("/board/people/training/attest/", {**told, "passed": "yes"})
    assert "100" in sits_at(anna).get("/board/people/training/").content.decode()
    assert borises.post("/board/people/training/product/", {"skill": sip.pk}).status_code == 403
    sits_at(head).post("/board/people/training/product/", {"skill": sip.pk})
    assert not Attestation.objects.valid().exists()
    assert sits_at(head).post("/board/people/training/product/", {"skill": "x"}).status_code == 404


def test_a_weak_test_decides_about_nobody(sits_at: SitsAt, boris: User, anna: User, ilya: User, vera: User) -> None:
    sip = Skill.objects.create(name="SIP")
    told = {"name": "SIP", "skill": sip.pk, "held_on": today().isoformat()}
    page = "/board/people/training/test/"
    borises = sits_at(boris)
    for answers in ("anna 1 2", "anna 1 0\nanna 1 1", "anna 1 0\nvera 1 1", "anna", "anna 1 0\nilya 1"):
        wrong = borises.post(page, {**told, "answers": answers})
        assert wrong.status_code == 422 and "anna" in wrong.content.decode(), answers
    borises.post(page, {**told, "answers": "anna 1 0 1\nilya 0 1 1"})
    assert KnowledgeTest.objects.get().sheets.count() == 2
    assert "решать о людях по ней нельзя" in borises.get("/board/people/training/").content.decode().lower()


@pytest.mark.parametrize("page", ["", "newcomers/", "training/"])
def test_a_page_costs_what_it_shows(
    sits_at: SitsAt, head: User, boris: User, vacancy: Vacancy, line_one: Team, page: str, kept_for_long: None
) -> None:
    browser = sits_at(head)

    def grow(n: int) -> None:
        person = User.objects.create_user(f"new{n}", name=f"Новый {n}", role=Role.AGENT)
        person.teams.add(line_one)
        person.skills.add(Skill.objects.named(["SIP"])[0])
        Onboarding.objects.begin(person, User.objects.create_user(f"c{n}", name="К"), today(), by=head)
        other = Vacancy.objects.create(title=str(n), profile=vacancy.profile, team=line_one, made_by=head)
        Candidate.objects.create(vacancy=other, name=str(n), made_by=head)
        Attestation.objects.take(
            person, Skill.objects.get(name="SIP"), passed=True, of_product=False, word="Да", by=head
        )
        KnowledgeTest.objects.enter(str(n), Skill.objects.get(name="SIP"), today(), {person: [1, 0]}, by=head)

    def cost() -> int:
        browser.get(f"/board/people/{page}")
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/board/people/{page}").status_code == 200
        return len(asked)

    grow(1)
    few = cost()
    for n in range(2, 6):
        grow(n)
    assert cost() == few
