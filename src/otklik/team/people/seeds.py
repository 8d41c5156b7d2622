"""Whom the demo company took, how newcomers come in, and what is taught."""

from datetime import date, timedelta

from otklik.core.journal import clock
from otklik.core.staff.models import Role, Skill, Team, User
from otklik.team.metrics.days import today
from otklik.team.people.assessing import discuss
from otklik.team.people.models import (
    Attestation,
    Candidate,
    Course,
    HiringProfile,
    KnowledgeTest,
    Onboarding,
    ProfileCriterion,
    Seat,
    Sheet,
    Stage,
    Vacancy,
    Wave,
)

CRITERIA = (
    (
        "Грамотная письменная речь",
        "must",
        3,
        "Ответить на три письма клиентов",
        "3 — понятно; 5 — образец",
    ),
    ("Эмпатия", "important", 4, "Расскажите о самом трудном клиенте", "2 — спорит; 4 — назвал чувство клиента"),
    ("Разбор причины", "important", 4, "Задача: звонки обрываются на 30-й секунде", "4 — спросил о схеме сети"),
    ("Знание телефонии", "trainable", 3, "Что такое SIP-регистрация?", "1 — слышал; 3 — объяснил своими словами"),
    ("Английский", "plus", 2, "Прочитать письмо поставщика", "2 — понял суть"),
)


def load() -> None:
    head = User.objects.filter(role=Role.HEAD).earliest("pk")
    lead = User.objects.filter(role=Role.LEAD).earliest("pk")
    agents = list(User.objects.filter(role=Role.AGENT, is_active=True).order_by("pk"))
    _hire(head, lead, agents)
    _bring_in(head, lead, agents)
    _teach(head, lead, [one for one in agents if set(one.team_ids) & set(lead.team_ids)])


def _hire(head: User, lead: User, agents: list[User]) -> None:
    with clock.at(clock.now() - timedelta(days=150)):
        profile = HiringProfile.objects.create(name="Специалист первой линии", made_by=head)
        criteria = [
            ProfileCriterion.objects.create(
                profile=profile, place=place, name=name, sort=sort, required=required, question=asked, anchors=anchors
            )
            for place, (name, sort, required, asked, anchors) in enumerate(CRITERIA)
        ]
        vacancy = _vacancy("Специалист дневной смены", profile, head, lead)
        taken = _came(vacancy, agents[2].name, "По совету коллеги", head)
        _marks(taken, criteria, head, (4, 4, 4, 2, 2))
        _marks(taken, criteria, lead, (4, 5, 3, 2, 3))
        first = today() + timedelta(days=14)
        word = "Пишет ясно, слышит клиента; телефонии научим."
        taken.decide(Stage.HIRED, word, by=head, person=agents[2], hired_on=first)
        other = _came(vacancy, "Степан Кручинин", "Сайт вакансий", head)
        other.decide(Stage.WITHDRAWN, "Принял другое предложение", by=lead)
        vacancy.close(by=head)
    with clock.at(clock.now() - timedelta(days=6)):
        now = _vacancy("Специалист вечерней смены", profile, head, lead)
        both = _came(now, "Мария Ланская", "По совету коллеги", lead)
        _marks(both, criteria, head, (4, 4, 5, 1, 2))
        _marks(both, criteria, lead, (3, 4, 3, 2, 2))
        discuss(both, criteria[2].pk, "Второй раз подсказку дал ведущий: сошлись на четырёх", by=lead)
        _marks(_came(now, "Игорь Седов", "Сайт вакансий", lead), criteria, head, (3, 3, 2, 3, 1))
        _came(now, "Алина Юсупова", "Письмом на нашу почту", lead)


def _vacancy(title: str, profile: HiringProfile, head: User, lead: User) -> Vacancy:
    vacancy = Vacancy.objects.create(title=title, profile=profile, team=Team.objects.first_line(), made_by=head)
    vacancy.interviewers.set([head, lead])
    return vacancy


def _came(vacancy: Vacancy, name: str, source: str, by: User) -> Candidate:
    return Candidate.objects.create(vacancy=vacancy, name=name, source=source, made_by=by)


def _marks(candidate: Candidate, criteria: list[ProfileCriterion], by: User, levels: tuple[int, ...]) -> None:
    said = "Записано на беседе, пример приложен"
    marks = {one.pk: (level, said) for one, level in zip(criteria, levels, strict=True)}
    Sheet.objects.give(candidate, marks, by=by)


def _bring_in(head: User, lead: User, agents: list[User]) -> None:
    curator, newcomer, before = agents[:3]
    _passed(before, curator, today() - timedelta(days=136), head, late=3, until=90)
    _passed(newcomer, curator, today() - timedelta(days=40), lead, late=None, until=30)


def _passed(person: User, curator: User, begins: date, by: User, *, late: int | None, until: int) -> None:
    plan = Onboarding.objects.begin(person, curator, begins, by=by)
    for place, point in enumerate(plan.checkpoints.filter(day__lte=until)):
        with clock.at(clock.now() - (today() - point.due_on) + timedelta(days=2 if place == late else -1)):
            point.judge(True, "Показал на живых обращениях", 4 if place else 3, by=curator)


def _teach(head: User, lead: User, people: list[User]) -> None:
    skill = Skill.objects.order_by("pk").first() or Skill.objects.create(name="Телефония")
    course = Course.objects.create(name="Трудный разговор", outside=True)
    starts = today() - timedelta(days=50)
    wave = Wave.objects.create(
        course=course, teacher="Школа сервиса", starts_on=starts, ends_on=starts + timedelta(days=4), made_by=head
    )
    points = ((52, 74), (60, 78), (66, 81), (58, 70), (71, 84), (49, 73))
    for person, (before, after) in zip(people, points, strict=False):
        Seat.objects.create(wave=wave, person=person, before=before, after=after)
    ages = (352, 200, 20)
    for person, age in zip(people, ages, strict=False):
        person.skills.add(skill)
        on = today() - timedelta(days=age)
        word = "Разобрал три записи и настройку без подсказки"
        Attestation.objects.take(person, skill, passed=True, of_product=False, word=word, by=lead, on=on)
    answers = ((1, 1, 1, 1, 1), (1, 1, 1, 1, 0), (1, 1, 1, 0, 0), (1, 1, 0, 0, 0), (1, 0, 0, 0, 0), (0, 0, 0, 0, 0))
    told = {person: list(row) for person, row in zip(people, answers, strict=False)}
    KnowledgeTest.objects.enter("Основы телефонии", skill, today() - timedelta(days=15), told, by=lead)
