"""The demo company's calls: two weeks that were answered or not, and this morning."""

from datetime import datetime, timedelta
from itertools import count

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.calls.hearing import hear
from otklik.desk.calls.models import Call, Extension
from otklik.desk.calls.told import Kind, Told
from otklik.desk.channels.models import Channel
from otklik.desk.channels.models.channel import VOICE
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket

EXTENSIONS = {"marina": "101", "darya": "102", "ilya": "103", "olga": "110"}
VETROVA = "vetrova@hlebny-dvor.example"
STRANGERS = [f"+7913555{number:04d}" for number in (211, 428, 607, 733, 842, 915)]
LATELY = (
    # days ago, hour, inner number, seconds until the answer, talked, on hold, result, note
    (13, 10, "101", 6, 184, 0, "answered", "Как включить переадресацию на мобильный"),
    (11, 12, "103", 14, 412, 40, "answered", "Пропадал звук через минуту: обновили прошивку роутера"),
    (9, 9, "101", 31, 96, 0, "answered", "Где взять счёт за апрель"),
    (8, 16, "103", 9, 233, 0, "answered", "Добавить внутренний номер"),
    (6, 11, "101", 4, 150, 25, "answered", "Не уходили звонки за границу: направление было закрыто"),
    (5, 14, "101", 12, 61, 0, "wrong", ""),
    (3, 10, "103", 18, 305, 70, "answered", "Настройка телефона после переезда"),
    (1, 15, "101", 8, 142, 0, "answered", "Продлить номер 8-800"),
)
_keys = count(1)


def load() -> None:
    people = {person.login: person for person in User.objects.all()}
    for login, number in EXTENSIONS.items():
        Extension.objects.create(user=people[login], number=number)
    channel = Channel.objects.filter(kind=VOICE).select_related("team__calendar").first()
    if channel is None:
        return
    story, now = _Story(channel), clock.now()
    for place, one in enumerate(LATELY):
        story.lately(now, place, one, people)
    story.this_morning(now, people)


class _Story:
    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def tell(self, call: str, at: datetime, kind: Kind, **told: str | bool) -> Call:
        with clock.at(at):
            hear(self.channel, call, Told(kind, at, f"demo-{next(_keys)}", **told))  # type: ignore[arg-type]
        return Call.objects.get(channel=self.channel, external_id=call)

    def talk(self, call: str, at: datetime, number: str, extension: str, seconds: tuple[int, int, int]) -> Call:
        """It rings, is answered, held in the middle, and ends."""
        waited, talked, held = seconds
        self.tell(call, at, Kind.RINGING, extension=extension, number=number, outward=False, queue="Поддержка")
        begun = at + timedelta(seconds=waited)
        self.tell(call, begun, Kind.ANSWERED, extension=extension)
        if held:
            self.tell(call, begun + timedelta(seconds=20), Kind.HELD)
            self.tell(call, begun + timedelta(seconds=20 + held), Kind.RESUMED)
        return self.tell(call, begun + timedelta(seconds=talked + held), Kind.ENDED)

    def lately(self, now: datetime, place: int, one: tuple, people: dict[str, User]) -> None:
        days, hour, extension, waited, talked, held, result, note = one
        at = (now - timedelta(days=days)).replace(hour=hour, minute=7 * place % 60)
        call = self.talk(f"demo-{place}", at, STRANGERS[place % 3], extension, (waited, talked, held))
        by = next(person for person in people.values() if person.pk == call.holder_id)
        with clock.at(at + timedelta(seconds=waited + talked + held + 22)):
            call.conclude(result, by=by, note=note)

    def this_morning(self, now: datetime, people: dict[str, User]) -> None:
        """One that was missed and called back, one that waits for it, one in a known request, one without a result."""
        marina, ago = people["marina"], lambda minutes: now - timedelta(minutes=minutes)
        self.tell("demo-missed", ago(95), Kind.RINGING, number=STRANGERS[3], queue="Поддержка")
        self.tell("demo-missed", ago(94), Kind.ENDED)
        self.tell("demo-back", ago(86), Kind.RINGING, number=STRANGERS[3], extension="101", outward=True)
        self.tell("demo-back", ago(86) + timedelta(seconds=9), Kind.ANSWERED, extension="101")
        back = self.tell("demo-back", ago(83), Kind.ENDED)
        with clock.at(ago(82)):
            back.conclude("answered", by=marina, note="Хотели узнать, дошла ли оплата: дошла вчера")
        anna = Contact.objects.filter(identities__value=VETROVA).first()
        ticket = Ticket.objects.open().filter(contact=anna).order_by("pk").first() if anna else None
        if ticket:
            call = self.talk("demo-known", ago(41), "+73832550101", "101", (7, 134, 31))
            with clock.at(ago(38)):
                call.file_under(ticket, by=marina)
                call.conclude(
                    "passed_on", by=marina, note="Администратор филиала на месте до 18:00, готов зайти на роутер"
                )
        self.talk("demo-owed", ago(24), STRANGERS[4], "101", (5, 88, 0))
        self.tell("demo-waits", ago(6), Kind.RINGING, number=STRANGERS[5], queue="Поддержка")
        self.tell("demo-waits", ago(5), Kind.ENDED)
