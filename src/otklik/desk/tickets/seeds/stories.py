"""This morning's queue of the demo company: late, promised, waiting, put aside; each story told by hand."""

from datetime import datetime, timedelta

from django.utils import timezone

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.desk.channels.models import Inbound, Outbound
from otklik.desk.channels.port import IncomingFile
from otklik.desk.conversations.events import FateChanged
from otklik.desk.tickets.models import Priority, Ticket
from otklik.desk.tickets.seeds import changes, chats, dates, people, refusals, training, visits
from otklik.desk.tickets.seeds.telling import answers, asks, colleague, notes, plans, sorts, ticks, writes
from otklik.desk.tickets.steps import PromiseDate, PutAside, Refuse, Resolve, Wait

LOG = IncomingFile("провайдер-лог.txt", "text/plain", b"14:02:11 SIP 200 OK\n14:02:41 RTP timeout\n")
TABLE = """<p>Добрый день!</p><p>Прошу сверить списания:</p><table border="1"><tr><th>Дата</th><th>Сумма</th></tr>
<tr><td>1 ноября</td><td>4&nbsp;820 ₽</td></tr><tr><td>3 ноября</td><td>4&nbsp;820 ₽</td></tr></table>
<p>Похоже, абонентскую плату списали <b>дважды</b>.</p>
<img src="https://pixel.example/open.gif" width="1" height="1">"""


def tell_stories() -> None:
    now = clock.now()
    for story in (
        _vetrova,
        _len,
        _ottisk,
        _waiting_for_us,
        _waiting_for_client,
        _put_aside,
        _just_ended,
        _trouble,
        _quarantine,
        *dates.STORIES,
        *visits.STORIES,
        *changes.STORIES,
        *chats.STORIES,
        refusals.appeal_granted,
        refusals.appeal_upheld,
        refusals.appeal_waits,
        refusals.ask_to_refuse,
        refusals.stop_the_talk,
        training.hand_in,
    ):
        story(now)


def ago(now: datetime, **length: float) -> datetime:
    return now - timedelta(**length)


def tonight(now: datetime) -> datetime:
    """Today at 20:00 of Moscow, or two hours ahead when it is evening already."""
    local = timezone.localtime(now).replace(hour=20, minute=0, second=0, microsecond=0)
    return max(local, now + timedelta(hours=2))


def _vetrova(now: datetime) -> None:
    """The story of the mock-ups: lines one and two, a promise for tonight, a new word of the client."""
    ticket = asks(
        people.VETROVA,
        "Обрываются звонки в филиале на Ленина",
        "Здравствуйте! Со вчерашнего вечера в пекарне на Ленина, 14 обрываются звонки: секунд через тридцать "
        "пропадает звук, потом отбой. В субботу у нас выдача, без телефона пропадём.",
        ago(now, hours=26),
        files=[LOG],
    )
    with clock.at(ago(now, hours=25, minutes=55)):
        ticket.take(by=colleague("marina"))
    answers(
        ticket,
        "marina",
        "Анна Сергеевна, здравствуйте! Понимаю, как это не вовремя перед субботней выдачей. "
        "Проверю линию и вернусь к вам утром, даже если ответа ещё не будет.",
        PromiseDate(ago(now, hours=5), "проверить линию филиала"),
        ago(now, hours=25, minutes=51),
    )
    notes(
        ticket,
        "ilya",
        "Марина, звук теряется в одну сторону на новом роутере филиала, похоже на **SIP ALG**. Удалённо туда "
        "не зайти, нужен их администратор. Переадресацию можно включать уже сейчас.",
        ago(now, hours=6),
    )
    sorts(
        ticket,
        "marina",
        ago(now, hours=5, minutes=40),
        "Качество связи",
        tags=["филиал на Ленина", "роутер", "SIP ALG"],
        priority=Priority.HIGH,
        details={"Номер договора": "СМ-4417", "Телефонов в офисе": 6, "Нужен выезд": True},
    )
    plans(ticket, "marina", ago(now, hours=5, minutes=35), ["Отключить SIP ALG на роутере"], "ilya", tonight(now))
    plans(ticket, "marina", ago(now, hours=5, minutes=35), ["Созвониться с их администратором"], "marina")
    plans(
        ticket,
        "marina",
        ago(now, hours=5, minutes=34),
        ["Проверить звонок на городской", "Проверить звонок на мобильный", "Записать причину в базу знаний"],
    )
    ticks(ticket, "marina", ago(now, hours=5, minutes=32), "Проверить звонок на городской")
    answers(
        ticket,
        "marina",
        "Анна Сергеевна, подключила Илью со второй линии. Сегодня вечером вернусь к вам с ответом, что бы он ни нашёл.",
        PromiseDate(tonight(now), "ответить про роутер филиала", "нужен инженер второй линии"),
        ago(now, hours=5, minutes=30),
    )
    writes(
        ticket,
        "Марина, добрый день! Есть новости? В субботу выдача, без телефона на Ленина мы пропадём.\n\n"
        "И ещё вопрос: можно на время включить переадресацию на мой мобильный?",
        ago(now, minutes=22),
    )


def _len(now: datetime) -> None:
    """Late by a quarter of an hour: nobody took it."""
    asks(
        people.LEN,
        "Второй раз списали абонентскую плату",
        "Добрый день! Прошу сверить списания: похоже, абонентскую плату списали дважды. "
        "Ответьте, пожалуйста, письмом: бухгалтерия закрывает месяц.",
        ago(now, minutes=74),
        html=TABLE,
    )


def _ottisk(now: datetime) -> None:
    ticket = asks(
        people.OTTISK,
        "Перенос номера 8-800 от прежнего оператора",
        "Здравствуйте! Договор подписали, когда номер заработает у вас? Клиенты звонят на старый, там автоответчик.",
        ago(now, days=2, hours=3),
    )
    answers(
        ticket,
        "timur",
        "Степан, здравствуйте! Заявку прежний оператор принял, жду от него номер договора. "
        "До конца дня скажу точное время переключения.",
        PromiseDate(max(tonight(now) - timedelta(hours=5), now + timedelta(hours=1)), "назвать время переключения"),
        ago(now, days=2, hours=2, minutes=40),
    )
    day = timezone.localtime(now + timedelta(days=3)).date()
    at = ago(now, days=2, hours=2)
    sorts(
        ticket,
        "timur",
        at,
        "Перенос от другого оператора",
        tags=["8-800", "перенос"],
        details={"Дата переключения": str(day)},
    )
    plans(ticket, "timur", at, ["Получить номер договора у прежнего оператора"], "timur", ago(now, hours=3))


def _waiting_for_us(now: datetime) -> None:
    """Unanswered, from nearly late to just arrived."""
    for person, subject, text, minutes in (
        (
            people.DYOMIN,
            "Не проходит оплата картой",
            "Третий раз пробую оплатить, банк пишет «отказано продавцом». "
            "Карта рабочая, вчера платил ей в магазине. Если до вечера не оплачу, номер отключат?",
            54,
        ),
        (
            people.ZERNO,
            "Как добавить сотрудника в очередь звонков",
            "Нашла раздел, но кнопки «Добавить» не вижу. Новый бариста выходит завтра.",
            42,
        ),
        (
            people.VERSTA,
            "Нет записей разговоров за вторник",
            "Коллеги, за вторник в кабинете нет ни одной записи, а разбирать претензию нужно сегодня. "
            "Звонков было около сорока, все на номер 8-800.",
            19,
        ),
        (
            people.MELNIK,
            "Хочу сменить тариф с первого числа",
            "Подскажите, если перейти на тариф поменьше, старые номера сохранятся?",
            9,
        ),
        (
            people.KLIMOV,
            "Добавочные не соединяют со складом",
            "Набираю 104, тишина и сброс. С мобильного на прямой номер склада дозваниваюсь.",
            3,
        ),
    ):
        asks(person, subject, text, ago(now, minutes=minutes))
    ticket = asks(
        people.SHKOLA,
        "Поменять приветствие на время экзаменов",
        "Здравствуйте! На время экзаменов нужно другое приветствие, файл во вложении, на две недели с понедельника.",
        ago(now, hours=4),
        files=[IncomingFile("приветствие.txt", "text/plain", "Вы позвонили в школу «Пятый класс».".encode())],
    )
    answers(
        ticket,
        "darya",
        "Татьяна Ивановна, здравствуйте! В файле текст, а не запись. Озвучить нашим диктором?",
        Wait(now + timedelta(days=1)),
        ago(now, hours=3, minutes=30),
    )
    writes(ticket, "Да, пожалуйста, женским голосом.", ago(now, minutes=48))


def _waiting_for_client(now: datetime) -> None:
    for person, subject, question, reply, hours in (
        (
            people.LUNA,
            "Гости не слышат меню на английском",
            "Английское меню молчит, русское работает.",
            "Марк, здравствуйте! Пришлите, пожалуйста, файл английского меню: в кабинете он пустой.",
            27,
        ),
        (
            people.FITNES,
            "Номер не определяется у клиентов",
            "Клиенты видят чужой номер, когда мы им звоним.",
            "Денис, здравствуйте! С какого добавочного звоните? Проверю подстановку номера.",
            20,
        ),
        (
            people.SADY,
            "Отключите платную музыку",
            "Зачем нам музыка за деньги, отключите.",
            "Галина, здравствуйте! Отключить мелодию ожидания совсем или поставить бесплатную?",
            28,
        ),
    ):
        ticket = asks(person, subject, question, ago(now, hours=hours))
        answers(ticket, "marina", reply, Wait(now + timedelta(hours=30 - hours)), ago(now, hours=hours - 0.4))


def _put_aside(now: datetime) -> None:
    ticket = asks(
        people.VELO,
        "Открываем третью точку первого числа",
        "Нужны два номера и переадресация к первому числу, адрес пришлём.",
        ago(now, days=3),
    )
    answers(
        ticket,
        "marina",
        "Антон, здравствуйте! Номера забронировала, вернусь к вам, когда будет адрес.",
        PutAside(now + timedelta(days=4), "подключить номера третьей точки", True),
        ago(now, days=2, hours=23),
    )
    ticket = asks(
        people.NORD,
        "Плановые работы на нашей подстанции",
        "В четверг ночью у нас отключат питание, телефоны упадут. Не поднимайте тревогу.",
        ago(now, days=1),
    )
    answers(
        ticket,
        "darya",
        "Никита, спасибо, что предупредили! После работ проверим регистрацию телефонов.",
        PutAside(now + timedelta(days=2), "проверить регистрацию телефонов", True),
        ago(now, hours=23),
    )


def _just_ended(now: datetime) -> None:
    ticket = asks(
        people.APTEKA, "Пропали короткие номера", "Утром набирали двумя цифрами, теперь не работает.", ago(now, hours=7)
    )
    sorts(ticket, "marina", ago(now, hours=6, minutes=45), "Настройка АТС", details={"Где была причина": "у нас"})
    answers(
        ticket,
        "marina",
        "Ирина, здравствуйте! Короткие номера вернули: слетели при обновлении. Проверили все пять.",
        Resolve("Вернули план набора: короткие номера снова работают"),
        ago(now, hours=6, minutes=40),
    )
    ticket = asks(
        people.KLIMOV,
        "Настройте нам роутер на объекте",
        "Интернет на объекте от местного провайдера, телефоны заикаются. Настройте его роутер.",
        ago(now, hours=33),
    )
    answers(
        ticket,
        "ilya",
        "Сергей, здравствуйте!",
        Refuse(
            "outside",
            "Роутер обслуживает ваш провайдер, доступа к нему у нас нет, поэтому настроить его за вас мы не можем.",
            ["Созвонимся втроём с вашим провайдером", "Переадресация на мобильный бесплатно до понедельника"],
        ),
        ago(now, hours=32, minutes=30),
    )


def _trouble(now: datetime) -> None:
    """A letter that came back: the ticket says so until it goes out."""
    ticket = asks(
        people.VERSTA,
        "Пришлите акт за прошлый месяц",
        "Акт нужен к пятнице, почту сменили на новую.",
        ago(now, hours=3),
        channel="billing@sever-most.example",
    )
    answers(
        ticket,
        "timur",
        "Вадим Олегович, акт во вложении к этому письму, оригинал отправили почтой.",
        Wait(now + timedelta(days=2)),
        ago(now, hours=2, minutes=30),
    )
    message = ticket.conversation.messages.filter(author__login="timur").latest("id")
    Outbound.objects.filter(message=message).update(
        state=Outbound.State.FAILED, detail="550 5.1.1 lapshin@versta.example: такого ящика больше нет"
    )
    publish(
        FateChanged(
            conversation_id=ticket.conversation_id,
            message_id=message.pk,
            fate=Outbound.State.FAILED,
            trouble="такого ящика больше нет",
        )
    )


def _quarantine(now: datetime) -> None:
    """Bytes that no parser could read, for the administrator's screen."""
    channel = Ticket.objects.earliest("id").conversation.channel
    raw = b"\x00\x01\x02 not a letter at all \xff\xfe" * 12
    Inbound.objects.create(
        channel=channel,
        received_at=ago(now, hours=2),
        envelope_from="scanner@printer.example",
        envelope_to=[channel.address],
        content_hash="d" * 64,
        size=len(raw),
        raw=raw,
        source="demo",
        state=Inbound.State.QUARANTINED,
        tries=3,
        reason="в сообщении нет ни одного заголовка",
    )
