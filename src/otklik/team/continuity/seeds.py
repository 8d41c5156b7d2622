"""The bad days the demo company is ready for: two plans were tried, one of them did not hold, one is a draft."""

from datetime import timedelta

from otklik.core.journal import clock
from otklik.core.staff.models import Role, User
from otklik.team.continuity.models import Scenario, Sort
from otklik.team.metrics.days import today


def load() -> None:
    head = User.objects.filter(role=Role.HEAD).earliest("pk")
    lead = User.objects.filter(role=Role.LEAD).earliest("pk")
    with clock.at(clock.now() - timedelta(days=200)):
        internet = _plan(
            lead,
            name="Нет интернета в офисе",
            sort=Sort.INTERNET,
            target_minutes=15,
            trigger="Пропали и почта, и телефония; индикатор модема красный.",
            first_minutes="Старший включает раздачу с резервного телефона. Двое садятся за очередь, остальные звонят.",
            roles="Старший смены: связь. Вторая линия: звонки клиентам с критичным классом.",
            contacts="Провайдер: номер договора и телефон лежат в папке у входа.",
            channel="Телефон переадресован на мобильные дежурных.",
            client_message="У нас перебой со связью. Отвечаем по телефону, письма не потеряются.",
            back="Проверить, что письма за время перебоя стали обращениями.",
        )
        internet.approve(by=head, version=1)
        internet.drills.get(held_on=None).hold(
            by=head, passed=True, minutes=12, findings="Раздача заработала со второй попытки: пароль был старый."
        )
        manager = _plan(
            lead,
            name="Руководителя нет две недели",
            sort=Sort.MANAGER,
            target_minutes=60,
            trigger="Отпуск, болезнь.",
            first_minutes="Заместитель объявлен в календаре; согласования уходят ему.",
            roles="Заместитель: старший первой линии.",
        )
        manager.approve(by=head, version=1)
        manager.drills.get(held_on=None).hold(
            by=head, passed=False, minutes=190, findings="Отказ ждал согласования три часа: заместитель не знал о нём."
        )
    _plan(
        lead,
        name="Телефония лежит",
        sort=Sort.TELEPHONY,
        target_minutes=20,
        trigger="Три звонка подряд не доходят до очереди.",
        first_minutes="Включить запасной номер на сайте, написать на страницу статуса.",
        roles="Старший смены и дежурный инженер.",
    )


def _plan(owner: User, **texts: object) -> Scenario:
    return Scenario.objects.create(owner=owner, made_by=owner, read_on=today(), **texts)
