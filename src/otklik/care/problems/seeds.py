"""Problems of the demo: a known error, one that is gone, one that is lived with, and what the night finds."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from otklik.care.problems import finding
from otklik.care.problems.models import Linked, Problem
from otklik.care.problems.states import State
from otklik.core.journal import clock
from otklik.desk.tickets.models import Ticket, Topic
from otklik.desk.tickets.seeds.telling import colleague

DAY = timedelta(days=1)


def load() -> None:
    now = clock.now()
    _known(now)
    _gone(now)
    _lived_with(now)
    _looked_into(now)
    finding.look()


def _known(now: datetime) -> None:
    """The cause is known, agents have a workaround, the removal has a price."""
    subject = "Не проходят исходящие звонки"
    with clock.at(now - 12 * DAY):
        problem = Problem.objects.begin(
            title="Оператор блокирует направление после всплеска звонков",
            notices="Исходящие не проходят: короткие гудки сразу после набора. Входящие работают.",
            workaround="Попробуйте звонить через резервную линию: наберите *8 перед номером. Блокировку оператор"
            " снимает по нашей заявке за час, мы её уже отправили.",
            by=colleague("ilya"),
            topic=Topic.objects.filter(name="Звонки не проходят").first(),
            wake_on=clock.house_today() + 20 * DAY,
            tickets=_of(subject, now - 60 * DAY, now),
        )
    with clock.at(now - 9 * DAY):
        problem.move(
            State.KNOWN, by=colleague("ilya"), cause="Защита оператора принимает утренний обзвон за мошенничество"
        )
        problem.correct({"fix_cost": Decimal(2_400), "effect": 80}, by=colleague("olga"))


def _gone(now: datetime) -> None:
    """Removed five weeks ago: its owner has to look at what came of it, which is not as much as was hoped."""
    removed = now - 33 * DAY
    subject = "Как добавить сотрудника в очередь звонков"
    with clock.at(removed - 20 * DAY):
        problem = Problem.objects.begin(
            title="Кнопки «Добавить» не видно, пока очередь не выбрана",
            notices="Раздел «Очереди» есть, а кнопки «Добавить» в нём нет.",
            workaround="Сначала нажмите на саму очередь: кнопка появится над списком сотрудников.",
            by=colleague("timur"),
            topic=Topic.objects.filter(name="Настройка АТС").first(),
            tickets=_of(subject, removed - 40 * DAY, now),
        )
        problem.move(State.REMOVING, by=colleague("timur"), cause="Кнопка относится к очереди, а не к разделу")
    with clock.at(removed):
        problem.remove("Кнопка видна всегда и подсказывает выбрать очередь.", by=colleague("timur"))


def _lived_with(now: datetime) -> None:
    with clock.at(now - 30 * DAY):
        problem = Problem.objects.begin(
            title="Факсы по аналоговой линии доходят не с первого раза",
            notices="Факс обрывается на второй странице.",
            workaround="Отправьте документ письмом на номер с @fax.sever-most.example, он придёт адресату факсом.",
            by=colleague("darya"),
            owner=colleague("olga"),
        )
        day = clock.house_today() + 120 * DAY
        why = "Таких линий осталось одиннадцать, замена плат стоит дороже года обращений. Линии уходят сами."
        problem.live_with(why, day, by=colleague("vera"))


def _looked_into(now: datetime) -> None:
    with clock.at(now - DAY):
        Problem.objects.begin(
            title="Счёт за прошлый месяц приходит без НДС",
            notices="В кабинете только акт, счёта-фактуры нет.",
            by=colleague("marina"),
            topic=Topic.objects.filter(name="Счета и акты").first(),
            tickets=_of("Счёт за прошлый месяц с НДС", now - 40 * DAY, now)[:4],
        )


def _of(subject: str, since: datetime, until: datetime) -> list[Ticket]:
    found: Iterable[Ticket] = Ticket.objects.filter(subject=subject, opened_at__gte=since, opened_at__lt=until)
    taken = set(Linked.objects.values_list("ticket", flat=True))
    return [one for one in found if one.pk not in taken]
