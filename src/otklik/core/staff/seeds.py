"""The demo company: «Северный мост», telephony for small firms, with a day and night first line."""

from datetime import timedelta
from io import BytesIO

from django.contrib.auth.hashers import make_password
from PIL import Image, ImageDraw

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.staff import stint_seeds
from otklik.core.staff.models import Brand, Logo, Membership, Organisation, Role, Team, User

PASSWORD = "severny-most-2026"  # noqa: S105 - printed by `otklik up`, only ever in a demonstration
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS = {day: [["00:00", "24:00"]] for day in WEEK}
OFFICE = {day: [["09:00", "18:00"]] for day in WEEK[:5]}

LINES = (
    ("Первая линия", 1, ALWAYS, timedelta(hours=1), timedelta(hours=2), timedelta(hours=8)),
    ("Вторая линия", 2, OFFICE, timedelta(hours=2), timedelta(hours=4), timedelta(hours=24)),
    ("Инженеры", 3, OFFICE, timedelta(hours=4), timedelta(hours=8), timedelta(hours=80)),
)
PEOPLE = (
    ("marina", "Марина Белова", Role.AGENT, "специалист поддержки", "marina", (1,)),
    ("darya", "Дарья Ким", Role.AGENT, "специалист поддержки", "daria", (1,)),
    ("ilya", "Илья Соколов", Role.AGENT, "инженер связи", "ilya", (1, 2)),
    ("timur", "Тимур Галеев", Role.AGENT, "ведущий инженер", "timur", (2, 3)),
    ("olga", "Ольга Мороз", Role.LEAD, "старшая смены", "olga", (1, 2)),
    ("vera", "Вера Лисицына", Role.HEAD, "руководитель службы", "vera", ()),
    ("pavel", "Павел Руднев", Role.QUALITY, "контролёр качества", "pavel", ()),
    ("gleb", "Глеб Орлов", Role.ADMIN, "администратор", "gleb", ()),
)
SIGNATURE = "{{компания}}, 8 800 555-01-20, бесплатно и круглосуточно"
BRANDS = (
    # Under a name of its own the same people answer companies.
    {"name": "Мост Бизнес", "colour": "#a04a12", "signature": "**{{сотрудник}}**\n{{компания}}, 8 800 555-01-30"},
)
PAUSES = ("Обед", "Перерыв", "Обучение", "Совещание", "Не работает связь или программа")
SHOWN = ("marina", "olga", "vera", "pavel", "gleb")


def load() -> None:
    organisation = Organisation.objects.current()
    organisation.name, organisation.is_demo, organisation.set_up_at = "Северный мост", True, clock.now()
    organisation.pause_reasons = list(PAUSES)
    organisation.save()
    Brand.objects.update_or_create(is_usual=True, defaults={"signature": SIGNATURE})
    for told in BRANDS:
        Brand.objects.create(**told, logo=_bridge(told["colour"]))
    lines = {line[1]: _line(*line) for line in LINES}
    encoded = make_password(PASSWORD)
    for login, name, role, title, portrait, levels in PEOPLE:
        user = User.objects.create(
            login=login,
            email=f"{login}@sever-most.example",
            password=encoded,
            name=name,
            role=role,
            title=title,
            portrait=portrait,
        )
        Membership.objects.bulk_create(Membership(user=user, team=lines[level]) for level in levels)
    stint_seeds.load()


def _bridge(colour: str) -> Logo:
    """Two arches under a road."""
    drawn, fine = Image.new("RGBA", (240, 160)), 4
    large = drawn.resize((240 * fine, 160 * fine))
    draw = ImageDraw.Draw(large)
    draw.rounded_rectangle([0, 20 * fine, 240 * fine, 44 * fine], 12 * fine, fill=colour)
    for left in (10, 125):
        draw.arc([left * fine, 60 * fine, (left + 105) * fine, 260 * fine], 180, 360, fill=colour, width=20 * fine)
    content = BytesIO()
    large.resize(drawn.size, Image.Resampling.LANCZOS).save(content, "PNG", optimize=True)
    return Logo.objects.keep(content.getvalue(), *drawn.size, "#ffffff")


def accounts() -> list[tuple[str, str, str]]:
    """(role, login, password) of one person of each role; nothing in a real installation."""
    if not Organisation.objects.filter(is_demo=True).exists():
        return []
    people = {user.login: user for user in User.objects.filter(login__in=SHOWN)}
    return [(people[login].get_role_display(), login, PASSWORD) for login in SHOWN if login in people]


def _line(
    name: str,
    level: int,
    week: dict[str, list[list[str]]],
    first: timedelta,
    following: timedelta,
    solution: timedelta,
) -> Team:
    words = "Круглосуточно" if week is ALWAYS else "Рабочие дни с 9 до 18"
    calendar = BusinessCalendar.objects.filter(name=words).first() or BusinessCalendar.objects.create(
        name=words, time_zone="Europe/Moscow", weekly=week, is_default=week is ALWAYS
    )
    return Team.objects.create(
        name=name,
        level=level,
        calendar=calendar,
        first_answer=first,
        next_answer=following,
        resolution=solution,
        created_at=clock.now() - timedelta(days=900),
    )
