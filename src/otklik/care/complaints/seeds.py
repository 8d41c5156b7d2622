"""Complaints of the demo company: one just filed, one about a person, one looked into, one whose effect is watched."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import translation

from otklik.care.complaints.models import Complaint, ComplaintPolicy, Filing
from otklik.care.complaints.states import Risk, Severity, Source
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket

BODIES = "Роспотребнадзор, Роскомнадзор, суд по месту жительства"


def load() -> None:
    with translation.override("ru"):
        _load()


def _load() -> None:
    ComplaintPolicy.objects.create(pk=1, bodies=BODIES)
    now = clock.now()
    _earlier(now)
    _watched(now)
    _looked_into(now)
    _about_a_person(now)
    _just_filed(now)


def _who(login: str) -> User:
    return User.objects.get(login=login)


def _client(address: str) -> Contact | None:
    return Contact.objects.filter(identities__value=address).first()


def _file(at: datetime, by: str, told: Filing) -> Complaint:
    with clock.at(at):
        return Complaint.objects.file(told, by=_who(by))


def _answered(
    one: Complaint, whys: Sequence[str], found: str, cause: str, finding: str, remedy: str, *, by: str, hours: int
) -> None:
    """From the acknowledgement to the client's word, each step some hours later."""
    owner, investigator, start = one.owner, _who(by), one.received_at
    with clock.at(start + timedelta(hours=2)):
        one.acknowledge(by=owner, how="Позвонили, назвали номер жалобы и день ответа")
    with clock.at(start + timedelta(hours=5)):
        one.assess(by=owner, severity=one.severity, risks=one.risks)
        one.investigate(investigator, by=owner)
    with clock.at(start + timedelta(hours=hours)):
        one.explain(whys, found, cause, by=investigator)
        one.decide("upheld", by=investigator, finding=finding, remedy=remedy, how="Ответили письмом и по телефону")
    with clock.at(start + timedelta(hours=hours + 20)):
        one.hear("agrees", "Спасибо, что разобрались", by=owner)


def _earlier(now: datetime) -> None:
    """Two of the last half year with the cause that is being mended now."""
    for days, words, address in (
        (250, "Связь пропала на два часа среди дня, и хоть бы кто предупредил.", "obeshchaev@nord-servis.example"),
        (95, "Узнал о ваших работах от своих же клиентов.", "zotova@zerno.example"),
    ):
        told = Filing(
            words,
            "Не предупредили о плановых работах",
            contact=_client(address),
            line=Team.objects.first_line(),
            source=Source.PHONE,
            stated_cause="platform.availability",
        )
        one = _file(now - timedelta(days=days), "olga", told)
        _answered(
            one,
            ["Клиенту не написали", "Рассылку готовят вручную"],
            "Предупреждение о работах зависит от памяти дежурного",
            "information.notice",
            "Мы провели работы днём и не предупредили вас.",
            "Извинения и скидка за день",
            by="pavel",
            hours=40,
        )
        _mended(one, "Напоминать дежурному о рассылке", "preventive", "Напоминание стоит в календаре")
        for _check in range(2):
            with clock.at((one.check_at or now) + timedelta(hours=3)):
                if one.is_open and clock.now() < now:
                    one.weigh("helped", by=one.owner)


def _mended(one: Complaint, text: str, kind: str, result: str) -> None:
    owner, start = one.owner, (one.reacted_at or one.received_at)
    with clock.at(start + timedelta(hours=2)):
        measure = one.plan(text, kind=kind, owner=owner, due_at=start + timedelta(days=6), by=owner)
    with clock.at(start + timedelta(days=4)):
        one.finish(measure, result, by=owner)


def _watched(now: datetime) -> None:
    """Answered and mended three weeks ago; the day of the check comes."""
    told = Filing(
        "Два дня не работала переадресация, склад терял заказы, а ваши люди узнали о сбое от меня.",
        "Два дня без переадресации, и никто не предупредил",
        contact=_client("lapshin@versta.example"),
        line=Team.objects.first_line(),
        source=Source.PHONE,
        said_by="Вадим Лапшин",
        said_at=now - timedelta(days=33),
        stated_cause="platform.availability",
        desired="Вернуть плату за два дня и предупреждать заранее",
        severity=Severity.SERIOUS,
        facts=(
            ("Переадресация не работала с 9:10 вторника до 18:40 среды.", "журнал станции"),
            ("Рассылка о работах не уходила.", "отправленные письма"),
            ("О сбое первым сообщил клиент.", "запись разговора"),
        ),
    )
    one = _file(now - timedelta(days=33), "marina", told)
    _answered(
        one,
        [
            "Клиент не знал о работах: письмо не ушло",
            "Рассылку готовит дежурный вручную, в тот день его подменяли",
            "В плане работ нет шага «предупредить клиентов»",
            "План работ составляют без участия поддержки",
        ],
        "План работ можно начать, пока клиенты не предупреждены",
        "information.notice",
        "Мы начали работы и не предупредили вас. Это наша ошибка, связь можно было сохранить.",
        "Возврат платы за два дня, резервный номер бесплатно",
        by="pavel",
        hours=52,
    )
    owner, start = one.owner, one.reacted_at or now
    rows = (
        ("Вернуть плату за два дня", "corrective", "olga", "Плата возвращена в следующем счёте"),
        ("План работ не открывается без рассылки клиентам", "preventive", "pavel", "Шаг стоит в шаблоне плана"),
    )
    with clock.at(start + timedelta(hours=1)):
        made = [
            one.plan(text, kind=kind, owner=_who(login), due_at=start + timedelta(days=7), by=owner)
            for text, kind, login, _result in rows
        ]
    for measure, (_text, _kind, login, result) in zip(made, rows, strict=True):
        with clock.at(start + timedelta(days=5)):
            one.finish(measure, result, by=_who(login))


def _looked_into(now: datetime) -> None:
    """Three days old: Darya looks into it, the client has to hear how it goes."""
    ticket = Ticket.objects.filter(subject="Опять ничего не работает").order_by("-id").first()
    told = Filing(
        "Третий раз пишу, чините немедленно.",
        "Телефоны на объекте молчат третий раз за месяц",
        ticket=ticket,
        contact=ticket.contact if ticket else None,
        line=Team.objects.first_line(),
        said_by="Сергей Климов",
        said_at=now - timedelta(days=3),
        stated_cause="people.attitude",
        desired="Чтобы телефоны на объекте работали, и один человек отвечал за это",
        severity=Severity.SERIOUS,
        risks=[Risk.LAW],
        facts=(("За месяц три обращения об одном и том же.", "история клиента"),),
    )
    one = _file(now - timedelta(days=3), "timur", told)
    with clock.at(now - timedelta(days=3) + timedelta(hours=3)):
        one.acknowledge(by=one.owner, how="Позвонила, назвала номер жалобы и срок")
    with clock.at(now - timedelta(days=2)):
        one.assess(by=one.owner, severity=2, risks=[Risk.LAW], lines=Team.objects.active()[:2])
        one.investigate(_who("darya"), by=one.owner)
    with clock.at(now - timedelta(hours=20)):
        for text, kind, login, days in (
            ("Заменить шлюз на объекте и позвонить после замены", "corrective", "ilya", 3),
            ("После третьего обращения об одном и том же звать вторую линию", "preventive", "olga", 9),
        ):
            one.plan(text, kind=kind, owner=_who(login), due_at=now + timedelta(days=days), by=one.owner)


def _about_a_person(now: datetime) -> None:
    """A letter without a name; who it is about does not see it."""
    told = Filing(
        "Ваша сотрудница сказала, что с такими вопросами надо идти на курсы, а не звонить в поддержку.",
        "Разговаривали свысока",
        line=Team.objects.first_line(),
        source=Source.LETTER,
        against=_who("darya"),
        desired="Чтобы так не разговаривали с другими",
        stated_cause="people.attitude",
    )
    _file(now - timedelta(hours=5), "pavel", told)


def _just_filed(now: datetime) -> None:
    """Marina has made one of a letter about a payment that was taken twice."""
    ticket = Ticket.objects.filter(subject="Второй раз списали абонентскую плату").order_by("-id").first()
    if ticket is None:
        return
    letter = ticket.conversation.messages.filter(direction="in").order_by("id").first()
    told = Filing(
        "Похоже, абонентскую плату списали дважды. Второй раз за полгода, бухгалтерия не может закрыть месяц.",
        ticket.subject,
        ticket=ticket,
        contact=ticket.contact,
        said_by=ticket.contact_name,
        said_at=letter.at if letter else None,
        stated_cause="price.billing",
        desired="Вернуть лишнее списание и объяснить, почему так вышло",
        facts=(("Ответа на письмо ещё не было.", f"журнал заявки № {ticket.number}"),),
    )
    _file(now - timedelta(minutes=12), "marina", told)
