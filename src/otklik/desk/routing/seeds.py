"""The demo company: who is away and who stands in, a request that went to the second line, how lines give out work."""

from datetime import timedelta

from otklik.core.journal import clock
from otklik.core.staff.models import Ability, Absence, Membership, Requirement, Skill, Team, User
from otklik.desk.routing.models import Delegation, Distribution, Mode
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Ticket

SKILLS = {
    "marina": {"переносы номеров": 2},
    "darya": {"английский": 3, "переносы номеров": 4},
    "ilya": {"английский": 2, "SIP": 3, "переносы номеров": 1},
    "timur": {"SIP": 4, "маршрутизация": 4},
    "olga": {"английский": 1, "SIP": 2, "переносы номеров": 3},
}
NEEDED = {
    1: {"английский": (2, 2, 1), "переносы номеров": (2, 2, 1)},
    2: {"SIP": (3, 2, 2)},
    3: {"SIP": (3, 2, 2), "маршрутизация": (3, 2, 3)},
}
"""By level of the line: level, people, weight."""
CAPACITY = {"marina": 12, "darya": 10, "ilya": 8, "timur": 6}
PASSED_ON = "Нет записей разговоров за вторник"


def load() -> None:
    people = {person.login: person for person in User.objects.all()}
    _skills(people)
    for login, most in CAPACITY.items():
        Membership.objects.filter(user=people[login]).update(capacity={"email": most})
    engineers = Distribution.objects.of(Team.objects.get(level=3))
    engineers.mode = Mode.PUSH
    engineers.save()
    _absences(people)
    _pass_on(Team.objects.get(level=2), people["marina"])


def _skills(people: dict[str, User]) -> None:
    """Timur alone carries the routing; what Marina can do nobody has confirmed for more than a year."""
    for login, levels in SKILLS.items():
        asked = clock.now() - timedelta(days=400 if login == "marina" else 40)
        with clock.at(asked):
            for name, level in levels.items():
                Ability.objects.say(people[login], Skill.objects.named([name])[0], level)
    for team in Team.objects.filter(level__in=NEEDED):
        for name, (level, count, weight) in NEEDED[team.level].items():
            skill = Skill.objects.named([name])[0]
            Requirement.objects.create(team=team, skill=skill, level=level, people=count, weight=weight)


def _absences(people: dict[str, User]) -> None:
    now = clock.now()
    darya, ilya, timur, olga = (people[login] for login in ("darya", "ilya", "timur", "olga"))
    with clock.at(now - timedelta(minutes=40)):
        sick = Absence.objects.declare(
            darya, by=olga, until=now + timedelta(days=3), deputy=ilya, sudden=True, reason="больничный"
        )
        Delegation.objects.hand_over(sick)
    Absence.objects.declare(
        timur,
        by=timur,
        since=now + timedelta(days=6),
        until=now + timedelta(days=13),
        deputy=ilya,
        reason="отпуск",
    )


def _pass_on(second: Team, marina: User) -> None:
    ticket = Ticket.objects.open().filter(subject=PASSED_ON).first()
    if ticket is None:
        return
    with clock.at(clock.now() - timedelta(minutes=12)):
        ticket.take(by=marina)
        brief = Brief.of(
            "Где записи разговоров за вторник? Их около сорока, все на номер 8-800.",
            "В кабинете пусто за весь день, за понедельник и среду записи есть. Место на диске клиента не кончилось.",
            "Проверить хранилище записей за вторник и сказать, можно ли их восстановить и когда.",
        )
        ticket.hand_over(second, brief, by=marina)
