"""What clients of the demo company thought of the answers."""

import random
from datetime import timedelta

from otklik.care.surveys.models import Invitation
from otklik.core.journal import clock
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
