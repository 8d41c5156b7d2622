"""Reviews of the demo: a month of Pavel's work, a dispute decided and one that waits, a calibration of three."""

from datetime import datetime, timedelta
from random import Random

from otklik.care.quality import sampling
from otklik.care.quality.models import Calibration, Plan, Review, Scorecard, Step, Told
from otklik.care.quality.models.plan import next_turn
from otklik.care.quality.scoring import SKIP
from otklik.care.quality.states import Risk, State, Stream
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket

WEEKS, EACH = 4, 2
LOWERED = {
    0: (
        "Спросили договор, хотя он есть в карточке.",
        "Номер договора виден в карточке: клиенту легче, когда мы помним.",
    ),
    1: ("Сняли симптом, причина осталась.", "Стоило отдать инженерам сразу: клиент написал бы один раз."),
    2: ("Между ответами прошло полдня без единого слова.", "Одна строка «ещё ищем» снимает половину тревоги."),
    3: ("Поздоровались, но по имени не обратились.", "Начните с имени: разговор сразу другой."),
    4: ("Сухо: чем это грозит клиенту, мы вслух не назвали.", "Назовите вслух, чем это грозит клиенту."),
    5: ("Технические слова остались без объяснения.", "Переведите технические слова на человеческие."),
    6: ("Решение не записано.", "Добавьте статью: такой вопрос уже третий за месяц."),
}
QUIET = (0, 2, 6)
"""What is seen in times and records, not in words."""
NEEDLESS = 8
"""The criterion of needless expense, whose lowest mark is a critical error."""
GOOD = (
    "Предложили переадресацию, не дожидаясь вопроса.",
    "Назвали срок и сдержали его.",
    "Спокойно ответили на резкое письмо, без оправданий.",
    "Объяснили причину простыми словами.",
)


def load() -> None:
    now = clock.now()
    pavel, olga = _who("pavel"), _who("olga")
    with clock.at(now - timedelta(days=40)):
        Scorecard.objects.usual()
    plan = _planned(pavel, now)
    _month(plan, now)
    _talked(now)
    _risks(plan, now)
    _disputes(now)
    _calibrated(pavel, olga, now)


def _who(login: str) -> User:
    return User.objects.get(login=login)


def _planned(pavel: User, now: datetime) -> Plan:
    return Plan.objects.create(
        count=EACH,
        controller=pavel,
        risks=[Risk.DETRACTOR, Risk.COMPLAINT, Risk.REOPENED],
        begun_at=now - timedelta(days=36),
        next_at=next_turn(Plan.Every.WEEK, now),
        looked_at=now,
    )


def _month(plan: Plan, now: datetime) -> None:
    """Each week is drawn by its own seed and reviewed within two days; of the last one some still wait."""
    for week in range(WEEKS, 0, -1):
        until = now - timedelta(days=7 * week - 6)
        with clock.at(until):
            draw = sampling.draw(plan, until - timedelta(days=7), until, seed=week)
        rows = list(
            Review.objects.filter(draw=draw).select_related("version", "ticket", "agent", "reviewer").order_by("pk")
        )
        for place, review in enumerate(rows):
            if week > 1 or place < len(rows) - 3:
                _reviewed(review, until + timedelta(hours=20, minutes=11 * place), now)


def _reviewed(review: Review, at: datetime, now: datetime) -> None:
    """One or two marks below the best, with the words they rest on; the person reads it the next day."""
    draw = Random(f"{review.agent.login}/{review.ticket_id}")  # noqa: S311 - a story that is the same each time
    low = draw.sample(sorted(LOWERED), draw.choice((0, 1, 1, 2)))
    quote = _sentence(review)
    told, advice = {}, []
    for place, one in enumerate(review.version.criteria.all()):
        best = str(one.steps)
        if place in low:
            lower = "0" if one.steps == 1 else draw.choice(("2", "3", "3"))
            told[one.pk] = Told(lower, quote if place == low[0] and place not in QUIET else "", LOWERED[place][0])
            advice.append(LOWERED[place][1])
        elif place == NEEDLESS and draw.random() < 0.08:
            told[one.pk] = Told("0", "", "Выезд был не нужен: хватило настройки по телефону.")
        else:
            told[one.pk] = Told(
                SKIP if place == 6 and draw.random() < 0.4 else best, quote if place == 4 and not low else ""
            )
    with clock.at(at):
        review.keep(told, comment=" ".join(advice), praise=draw.choice(GOOD), by=review.reviewer)
        review.publish(by=review.reviewer)
    read = at + timedelta(hours=19)
    if read < now and draw.random() < 0.8:
        with clock.at(read):
            review.accept(by=review.agent)


def _talked(now: datetime) -> None:
    """Talks about critical errors of weeks ago took place the day before they were due."""
    for step in Step.objects.filter(done_at=None, until__lt=now).select_related("owner", "review"):
        with clock.at(step.until - timedelta(days=1)):
            step.finish(by=step.owner)


def _sentence(review: Review) -> str:
    """The first sentence of the person's last answer."""
    said = Message.objects.answers().filter(conversation=review.ticket.conversation_id, author=review.agent)
    text = said.order_by("-id").values_list("new_text", flat=True).first() or ""
    lines = [line.strip() for line in text.splitlines() if len(line.strip()) > 20]
    return lines[0].split(". ")[0][:160] if lines else ""


def _risks(plan: Plan, now: datetime) -> None:
    """What was reopened of late waits for Pavel beside what was drawn."""
    plan.looked_at = now - timedelta(days=9)
    plan.save(update_fields=["looked_at"])
    sampling.look_at_risks()


def _disputes(now: datetime) -> None:
    """Marina's was decided for her, with a step to train; Darya's waits for Olga."""
    lowered = (
        Review.objects.filter(stream=Stream.RANDOM, score__lt=95).select_related("agent").order_by("-published_at")
    )
    read = lowered.filter(state__in=(State.PUBLISHED, State.ACCEPTED))
    _decided(read.filter(agent__login="marina", published_at__lt=now - timedelta(days=8)).first(), now)
    waiting = lowered.filter(agent__login="darya").first()
    if waiting and waiting.published_at:
        _again(waiting)
        with clock.at(max(waiting.published_at + timedelta(hours=2), now - timedelta(days=1))):
            waiting.dispute("Клиент сам попросил писать коротко, без обращений: это есть в карточке.", by=waiting.agent)


def _decided(review: Review | None, now: datetime) -> None:
    if review is None or review.published_at is None:
        return
    _again(review)
    olga, mark = _who("olga"), review.marks.exclude(mark=SKIP).filter(comment__gt="").order_by("pk").first()
    with clock.at(review.published_at + timedelta(hours=5)):
        review.dispute(
            "Причину нашли инженеры в тот же час, клиенту об этом написано в следующем письме.", by=review.agent
        )
    with clock.at(review.published_at + timedelta(hours=27)):
        ruled = {mark.criterion_id: str(mark.criterion.steps)} if mark else {}
        review.decide(ruled, "Согласна: следующее письмо закрывает вопрос, его не было видно в выборке.", by=olga)
        review.agree(
            "Разобрать вместе два разговора с передачей инженерам", review.agent, now + timedelta(days=3), by=olga
        )


def _again(review: Review) -> None:
    """As if the person had not said that they agree."""
    if review.state == State.ACCEPTED and review.published_at:
        until = review.published_at + timedelta(days=7)
        Review.objects.filter(pk=review.pk).update(
            state=State.PUBLISHED, accepted_at=None, holder=review.agent_id, next_at=until
        )
        review.refresh_from_db()


def _calibrated(pavel: User, olga: User, now: datetime) -> None:
    """Three of them score the same ten conversations; about one criterion they differ."""
    people = [pavel, olga, _who("vera")]
    ended = Ticket.objects.visible_to(olga).filter(ended_at__lt=now - timedelta(days=10), owner__role="agent")
    tickets = list(
        ended.filter(message_count__gte=2).select_related("team", "conversation", "owner").order_by("-ended_at")[:10]
    )
    if not tickets:
        return
    began = now - timedelta(days=6)
    with clock.at(began):
        session = Calibration.objects.begin(tickets, people, until=began + timedelta(days=5), by=pavel)
    for place, review in enumerate(session.reviews.select_related("version", "reviewer", "calibration").order_by("pk")):
        draw = Random(f"{review.ticket_id}")  # noqa: S311
        told = {}
        for number, one in enumerate(review.version.criteria.all()):
            mark = one.steps if one.steps == 1 else draw.choice((2, 3, 4, 4))
            if number == 4 and one.steps == 4:
                mark = max(0, mark - 2 * (place % 3 == 1))
            told[one.pk] = Told(str(mark), "", "" if mark == one.steps else "По записи разговора")
        with clock.at(began + timedelta(hours=9 + place)):
            review.keep(told, comment="", praise="", by=review.reviewer)
            review.publish(by=review.reviewer)
