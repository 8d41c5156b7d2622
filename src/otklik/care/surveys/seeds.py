"""What clients of the demo company thought of the answers, and of the company."""

import random
from datetime import datetime, timedelta

from otklik.care.surveys.models import (
    SATISFIED,
    FollowUp,
    Invitation,
    OutsideAnswer,
    PublicPage,
    PublicPages,
    Question,
    Score,
    Survey,
    Version,
    digest,
)
from otklik.care.surveys.reviews import allow
from otklik.care.surveys.scales import Kind
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.channels import outbox
from otklik.desk.clients.models import Channelled, Contact
from otklik.desk.tickets.models import Ticket

GOOD = (
    "",
    "",
    "",
    "Быстро и по делу",
    "Спасибо, всё объяснили",
    "Приятно, что перезвонили сами",
    "Выручили перед выдачей",
)
BAD = ("Долго", "Пришлось объяснять дважды", "Решили не с первого раза")
GUIDANCE = "Сначала выслушать. Узнать, что помешало, предложить, как исправим, и назвать срок. Не оправдываться."
REASONS = [["Долго ждать ответа", "Long waits"], ["Дорого", "The price"], ["Сбои", "Outages"], ["Другое", "Other"]]
WISHES = ("", "", "", "Хочется чата в приложении", "Предупреждайте о работах заранее", "Всё устраивает, спасибо")
AREAS = (("Поддержка", "Support", 5), ("Счета и договоры", "Billing", 3))
ANSWERS = 44
"""Of so many clients who were asked what they think of the company."""


ENDS = (
    (FollowUp.Result.AGREED, FollowUp.Cause.WAIT, "Будем предупреждать, если ответ задерживается"),
    (FollowUp.Result.SETTLED, FollowUp.Cause.ANSWER, "Объяснили ещё раз по телефону, всё заработало"),
    (FollowUp.Result.AGREED, FollowUp.Cause.TRANSFERS, "Закрепили за клиентом одного сотрудника"),
    (FollowUp.Result.REFUSED, FollowUp.Cause.UNKNOWN, ""),
)
OUTSIDE_ANSWERS = 180
VOICES = (
    ("Зинаида Аркадьевна Плетнёва", "+78152450117"),
    ("Мастерская «Якорь», вахта", "+78152450231"),
    ("Егор Тимофеевич Соловьёв", "+78152450348"),
)
OUTSIDE_ASKED = (
    (Kind.CSAT5, "", (5, 5, 4, 4, 4, 3, 3, 2)),
    (Kind.NPS, "", (10, 9, 9, 8, 8, 7, 7, 6, 5, 3)),
    (Kind.AREA5, "Счета и договоры", (5, 4, 4, 3, 3, 2)),
    (Kind.AREA5, "Скорость ответа", (5, 5, 4, 4, 3)),
)
OUTSIDE_WORDS = ("", "", "", "", "Дозвониться получилось не сразу", "Всё хорошо", "Письмо со счётом непонятное")

BIO = (
    "Отвечаю на вопросы о телефонии пять лет. Люблю, когда после письма ничего не нужно переспрашивать. "
    "Вне работы вожу байдарочный кружок."
)


def reviews_of_the_demo() -> None:
    """Marina has a page; one client let us show their words, another one waits for the word of the lead."""
    PublicPages.objects.create(pk=1, is_on=True)
    marina, olga = (User.objects.get(login=login) for login in ("marina", "olga"))
    PublicPage.objects.create(user=marina, slug="marina", shown_name="Марина", bio=BIO, has_portrait=True, is_on=True)
    rated = Score.objects.filter(agent=marina).order_by("-value", "id").select_related("ticket__contact", "agent")
    told = ("Объяснила так, что поняла даже бухгалтерия", "Ответили быстро, но пришлось перезвонить самим")
    found = []
    for score, words in zip(rated, told, strict=False):
        score.comment = score.comment or words
        score.save(update_fields=["comment"])
        found.append(allow(score, shown=True, signed=score.value == max(SATISFIED)))
    if found and found[0]:
        found[0].moderate("shown", by=olga)
        found[0].answer("Спасибо! Если что-то снова покажется сложным — пишите, разберём вместе.", by=marina)


def load() -> None:
    """About four of ten answer; slow answers please less."""
    usual = Survey.objects.after_answer()
    if usual is not None:
        usual.name, usual.guidance = "После ответа", GUIDANCE
        usual.save(update_fields=["name", "guidance"])
        usual.draft().questions.create(kind=Kind.ONCE)
        usual.begin()
    dice = random.Random(7)  # noqa: S311 - a demo, not a secret
    for invitation in Invitation.objects.filter(sent_at=None, cancelled_at=None).select_related("ticket"):
        with clock.at(min(invitation.send_at, clock.now())):
            sent = invitation.send()
            outbox.send_due()
        if sent and dice.random() < 0.6:
            ticket = invitation.ticket
            slow = bool(ticket and ticket.reopened) or dice.random() < 0.06
            score = dice.choice((1, 2, 3)) if slow else dice.choice((4, 5, 5, 5, 5))
            with clock.at(min(invitation.send_at + timedelta(minutes=dice.randint(5, 600)), clock.now())):
                _rate(Invitation.objects.get(pk=invitation.pk), score, dice.choice(BAD if score < 4 else GOOD))
    _relationship(dice)
    _counter(dice)
    _provider(dice)
    _visit()
    _leaving()
    _talks()
    reviews_of_the_demo()


def _rate(invitation: Invitation, score: int, said: str) -> None:
    """The five faces, and whether it was solved at once: not always where they are content."""
    assert invitation.version
    first, once = invitation.version.asked()
    invitation.fill({first.pk: score, once.pk: int(score > 3 and invitation.pk % 6 > 0)}, comment=said)


def _relationship(dice: random.Random) -> None:
    """Twice a year each client is asked whether they would recommend the company, and of its areas."""
    survey = Survey.objects.create(
        name="Отношение к компании",
        occasion=Survey.Occasion.RELATIONSHIP,
        guidance=GUIDANCE,
        remind_days=5,
        by_phone=True,
    )
    draft = survey.draft()
    first = draft.questions.create(kind=Kind.NPS)
    why = {"words_ru": "Что мешает рекомендовать?", "words_en": "What keeps you from it?"}
    reason = draft.questions.create(kind=Kind.CHOICE, choices=REASONS, follows=first, bound=6, **why)
    areas = [
        draft.questions.create(kind=Kind.AREA10, words_ru=ru, words_en=en, weight=weight) for ru, en, weight in AREAS
    ]
    wish = draft.questions.create(kind=Kind.TEXT, words_ru="Что нам изменить?", words_en="What should we change?")
    now = clock.now()
    with clock.at(now - timedelta(days=60)):
        version = survey.begin()
    served = (
        Ticket.objects.filter(merged_into=None)
        .exclude(channel_kind="chat")
        .order_by("contact", "-id")
        .distinct("contact")
    )
    for number, ticket in enumerate(served.select_related("contact")[:ANSWERS]):
        sent_at = now - timedelta(days=dice.randint(1, 50), hours=dice.randint(0, 8))
        asked = _asked(version, ticket, sent_at, number)
        if dice.random() < 0.55:
            mark = dice.choice((10, 10, 9, 9, 9, 8, 8, 7, 6, 4))
            marks = {first.pk: mark, **{area.pk: max(1, min(10, mark + dice.randint(-2, 1))) for area in areas}}
            marks |= {reason.pk: dice.randrange(len(REASONS))} if mark <= 6 else {}
            with clock.at(min(sent_at + timedelta(hours=dice.randint(1, 60)), now)):
                asked.fill(marks, {wish.pk: dice.choice(WISHES)})
    _voices(survey, first, wish)


def _voices(survey: Survey, first: Question, wish: Question) -> None:
    """Three who have no address: one was asked by phone, one was not reached once, one is still to be called."""
    olga, now = User.objects.get(login="olga"), clock.now()
    for place, (name, number) in enumerate(VOICES):
        contact = Contact.objects.create(name=name)
        contact.identities.create(kind=Channelled.PHONE, value=number)
        began = now - timedelta(days=2, hours=place)
        one = Invitation.objects.create(
            survey=survey,
            version=survey.current(),
            contact=contact,
            source=Invitation.Source.PHONE,
            team=survey.team or Team.objects.active()[0],
            send_at=began,
            sent_at=began,
            ring_at=began,
        )
        with clock.at(began + timedelta(hours=3)):
            if place == 0:
                one.heard({first.pk: 9}, {wish.pk: "Чтобы трубку брали так же быстро и вечером"}, by=olga)
            elif place == 1:
                one.not_reached(by=olga)


def _asked(version: Version, ticket: Ticket, sent_at: datetime, number: int) -> Invitation:
    told = {"ticket": ticket, "contact": ticket.contact, "team": ticket.team, "version": version}
    secret = digest(f"demo {version.pk} {number}")
    return Invitation.objects.create(survey=version.survey, digest=secret, send_at=sent_at, sent_at=sent_at, **told)


def _counter(dice: random.Random) -> None:
    """A QR code where equipment is handed out."""
    site = ["https://severny-most.example"]
    survey = Survey.objects.create(name="У стойки выдачи и на сайте", occasion=Survey.Occasion.LINK, sites=site)
    first: Question = survey.draft().questions.create(kind=Kind.CSAT5, words_ru="Как мы вас обслужили?")
    version = survey.begin()
    for guest in range(23):
        source = Invitation.Source.LINK if guest < 14 else Invitation.Source.SITE
        with clock.at(clock.now() - timedelta(days=dice.randint(0, 20))):
            mark = dice.choice((5, 5, 5, 4, 4, 3))
            said = dice.choice(GOOD if mark > 3 else BAD)
            Invitation.objects.of_guest(survey, version, {first.pk: mark}, {}, said, source)


def _provider(dice: random.Random) -> None:
    """Each month a research company telephones clients: they are a little stricter with us than our own letters."""
    now, lines = clock.now(), list(Team.objects.active()[:2])
    rows = []
    for number in range(OUTSIDE_ANSWERS):
        kind, area, marks = OUTSIDE_ASKED[number % len(OUTSIDE_ASKED)]
        mark, at = dice.choice(marks), now - timedelta(days=dice.randint(1, 60), hours=dice.randint(0, 9))
        told = {
            "area": area,
            "words": dice.choice(OUTSIDE_WORDS),
            "team": lines[number % len(lines)] if lines else None,
        }
        rows.append(OutsideAnswer(source="golos", external_id=f"G-{number:04}", at=at, kind=kind, value=mark, **told))
    OutsideAnswer.objects.bulk_create(rows)


def _visit() -> None:
    """One that is being written."""
    survey = Survey.objects.create(name="После выезда инженера", occasion=Survey.Occasion.EVENT, share=50)
    draft = survey.draft()
    draft.questions.create(kind=Kind.CES7)
    draft.questions.create(kind=Kind.TEXT, words_ru="Что было неудобно?", words_en="What was inconvenient?")


def _leaving() -> None:
    """Whoever gives a product up is asked why."""
    survey = Survey.objects.create(name="Почему уходят", occasion=Survey.Occasion.EXIT, every_months=12)
    why = {"words_ru": "Почему вы отказались от услуги?", "words_en": "Why did you give it up?"}
    survey.draft().questions.create(kind=Kind.CHOICE, choices=REASONS, **why)
    survey.begin()


def _talks() -> None:
    """Most of those who were dissatisfied have been talked to, the last ones not yet."""
    two_days = clock.now() - timedelta(days=2)
    for one in FollowUp.objects.filter(opened_at__lt=two_days).select_related("invitation__survey", "task", "owner"):
        with clock.at(one.due_at - timedelta(hours=1) if one.pk % 5 else one.due_at + timedelta(hours=9)):
            if one.owner:
                result, cause, said = ENDS[one.pk % len(ENDS)]
                one.finish(result, cause, said, by=one.owner)
