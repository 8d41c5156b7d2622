"""What clients of the demo company thought of the answers."""

import random
from datetime import timedelta

from otklik.care.surveys.models import SATISFIED, Invitation, PublicPage, PublicPages, Score
from otklik.care.surveys.reviews import allow
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels import outbox

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
    dice = random.Random(7)  # noqa: S311 - a demo, not a secret
    for invitation in Invitation.objects.filter(sent_at=None, cancelled_at=None).select_related("ticket"):
        with clock.at(min(invitation.send_at, clock.now())):
            sent = invitation.send()
            outbox.send_due()
        if sent and dice.random() < 0.6:
            slow = invitation.ticket.reopened or dice.random() < 0.06
            score = dice.choice((1, 2, 3)) if slow else dice.choice((4, 5, 5, 5, 5))
            with clock.at(min(invitation.send_at + timedelta(minutes=dice.randint(5, 600)), clock.now())):
                Invitation.objects.get(pk=invitation.pk).answer(score, dice.choice(BAD if score < 4 else GOOD))
    reviews_of_the_demo()
