"""What the demo company tries: one change that is judged already, one that still runs; and what happened meanwhile."""

from datetime import timedelta

from django.utils import timezone

from otklik.core.journal import clock
from otklik.core.staff.models import Role, User
from otklik.desk.tickets.models import HungHours
from otklik.team.metrics.models import Annotation, CardSum, Improvement

WRITTEN_BEFORE = timedelta(days=4)
NIGHTS = 30
"""So many nights ago the cards were counted for the first time."""
LOOKED_BACK = 24
"""Hours in which the demo company had looked already what hangs."""


def load() -> None:
    head = User.objects.filter(role=Role.HEAD).earliest("pk")
    today = timezone.localtime(clock.now()).date()
    _try(
        "Заготовки для вопросов об оплате",
        "Половина писем об оплате одинакова: с заготовкой первый ответ придёт хотя бы на пять минут раньше.",
        metric="frt",
        least=300,
        starts_on=today - timedelta(days=29),
        by=head,
    )
    _try(
        "Перед закрытием спрашиваем, всё ли заработало",
        "Меньше клиентов вернётся с тем же вопросом.",
        metric="reopen",
        least=0.03,
        starts_on=today - timedelta(days=9),
        by=head,
    )
    lead = User.objects.filter(role=Role.LEAD).earliest("pk")
    for days, kind, words, by in (
        (24, Annotation.Kind.CHANGE, "Новый мастер подключения в личном кабинете", head),
        (12, Annotation.Kind.INCIDENT, "Полтора часа не проходили исходящие звонки", lead),
        (5, Annotation.Kind.TRAINING, "Разбирали настройку телефонов за межсетевым экраном", lead),
    ):
        Annotation.objects.create(on=today - timedelta(days=days), kind=kind, words=words, by=by)
    for days in range(NIGHTS):
        CardSum.objects.count_on(today - timedelta(days=days))
    _look_back()


def _look_back() -> None:
    """What hangs now has hung since its moment passed."""
    now = clock.now()
    for hours in reversed(range(LOOKED_BACK)):
        with clock.at(now - timedelta(hours=hours)):
            HungHours.objects.log()


def _try(name: str, hypothesis: str, **told: object) -> None:
    improvement = Improvement(name=name, hypothesis=hypothesis, weeks=4, **told)
    improvement.written_at = (
        clock.now() - (timezone.localtime(clock.now()).date() - improvement.starts_on) - WRITTEN_BEFORE
    )
    improvement.save()
