"""Sample data of the style page: one afternoon of an invented company."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from otklik.core.ui.charts import Mark
from otklik.core.ui.glyphs import GLYPHS
from otklik.core.ui.keys import KEYS, SCOPES


@dataclass(frozen=True)
class Person:
    """Anybody with a name; staff have a portrait."""

    name: str
    portrait: str = ""
    title: str = ""


@dataclass(frozen=True)
class Strip:
    """What the answer strip needs."""

    owner: Person
    owner_words: str
    next_person: Person | None
    next: str
    promise: datetime | None
    due: datetime | None
    start: datetime | None = None
    due_kind: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    name: str
    note: str
    person: Person
    share: float
    read: int
    due: datetime
    selected: bool = False
    trend: list[float] = field(default_factory=list)


STAFF = [
    Person("Марина Белова", "marina"),
    Person("Илья Соколов", "ilya"),
    Person("Дарья Ким", "daria"),
    Person("Глеб Орлов", "gleb"),
    Person("Тимур Алиев", "timur"),
    Person("Ольга Пронина", "olga"),
    Person("Вера Лисицына", "vera"),
    Person("Павел Руднев", "pavel"),
]
CLIENTS = [
    (Person("Анна Ветрова"), "telegram"),
    (Person("Клиника «Доктор Лен»"), "mail"),
    (Person("Роман Дёмин"), "phone"),
    (Person("Кофейни «Зерно»"), "whatsapp"),
    (Person("Школа «Пятый класс»"), "viber"),
    (Person("Ольга Мельник"), "vk"),
    (Person("«Верста Логистика»"), "form"),
    (Person("Типография «Оттиск»"), "chat"),
    (Person("Сергей Климов"), "sms"),
]
COLOURS = ["sea", "plum", "ok", "soon", "breach", "note", "brass"]


class SampleForm(forms.Form):
    """One field of each kind; two of them are filled in wrongly."""

    name = forms.CharField(help_text="—")
    until = forms.CharField()
    reason = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    hours = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B"), ("c", "C")])
    ask = forms.BooleanField(required=False)
    quiet = forms.BooleanField(required=False, widget=forms.CheckboxInput(attrs={"role": "switch"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "name": _("Name"),
            "until": _("Until"),
            "reason": _("Reason"),
            "text": _("What to write to the client"),
            "hours": _("Hours are counted"),
            "ask": _("Ask the client in a day"),
            "quiet": _("Quiet hours of the client"),
        }
        for name, label in words.items():
            self.fields[name].label = label
        self.fields["name"].help_text = _("how to address you")
        self.fields["ask"].help_text = _("with one question")
        for name, choices in _choices().items():
            setattr(self.fields[name], "choices", choices)  # noqa: B010

    def clean_until(self) -> str:
        raise forms.ValidationError(_("Only a future moment can be promised"))


def _choices() -> dict[str, list[tuple[str, str]]]:
    return {
        "reason": [("a", _("Outside our responsibility")), ("b", _("Not sold any more"))],
        "hours": [("a", _("Round the clock")), ("b", _("By the client's calendar"))],
    }


def everything(now: datetime) -> dict[str, Any]:
    """Context of the style page."""
    return {
        "now": now,
        "staff": STAFF,
        "clients": CLIENTS,
        "colours": COLOURS,
        "icons": sorted(GLYPHS),
        "clocks": _clocks(now),
        "strip": _strip(now),
        "rows": _rows(now),
        "form": _form(),
        "keys": [(label, [key for key in KEYS if key.scope == scope]) for scope, label in SCOPES.items()],
        **_moments(now),
        **_charts(),
    }


def _form() -> SampleForm:
    filled = {
        "name": "Анна Сергеевна",
        "until": "вчера",
        "reason": "a",
        "hours": "a",
        "ask": "on",
        "quiet": "on",
    }
    return SampleForm(filled)


def _clocks(now: datetime) -> dict[str, datetime]:
    return {
        "calm": now + timedelta(hours=1, minutes=48, seconds=30),
        "soon": now + timedelta(minutes=6, seconds=30),
        "breach": now - timedelta(minutes=14, seconds=30),
        "start": now - timedelta(hours=2),
        "long_ago": now - timedelta(hours=6),
        "evening": timezone.localtime(now).replace(hour=23, minute=45),
        "tomorrow": timezone.localtime(now + timedelta(days=1)).replace(hour=10, minute=0),
        "yesterday": now - timedelta(days=1),
        "week": timezone.localtime(now + timedelta(days=4)).replace(hour=10, minute=0),
    }


def _strip(now: datetime) -> Strip:
    evening = timezone.localtime(now).replace(hour=23, minute=45)
    return Strip(
        owner=STAFF[0],
        owner_words=STAFF[0].name,
        next_person=STAFF[1],
        next="Проверит маршрут до 14:30",
        promise=evening,
        due=now + timedelta(hours=1, minutes=48),
        start=now - timedelta(hours=2),
        due_kind=_("By class"),
    )


def _rows(now: datetime) -> list[Row]:
    return [
        Row("Отключить SIP ALG на роутере", "Пропадает звук", STAFF[1], 0.88, 1204, now + timedelta(hours=3)),
        Row(
            "Переадресация на мобильный за минуту",
            "Настройка в кабинете",
            STAFF[0],
            0.74,
            861,
            now + timedelta(minutes=20),
            selected=True,
        ),
        Row("Факс через АТС", "Почему не проходит", STAFF[5], 0.31, 92, now - timedelta(minutes=50)),
    ]


def _moments(now: datetime) -> dict[str, Any]:
    return {
        "moments": [
            now - timedelta(seconds=5),
            now - timedelta(minutes=8),
            now - timedelta(days=1),
            now - timedelta(days=22),
            now - timedelta(days=400),
            now + timedelta(hours=2),
            now + timedelta(days=3),
        ]
    }


def _charts() -> dict[str, Any]:
    return {
        "line": [14, 15, 13, 14, 15, 14, 11, 9, 8, 7, 6, 6],
        "line_marks": [Mark(6, "А")],
        "line_labels": [_("January"), _("March"), _("May")],
        "bars": [("Связь и звук", 38), ("Счета", 24), ("Настройка", 19), ("Номера", 11), ("Другое", 8)],
        "counts": [12, 31, 42, 38, 29, 21, 15, 11, 8, 6],
        "count_labels": ["0", "10", "20+"],
        "spark": [6, 7, 5, 6, 4, 3, 3, 2],
        "weeks": [_("week %(number)s") % {"number": number} for number in range(1, 13)],
        "satisfied": [88, 90, 86, None, 91, 93, 92, 94, 90, 95, 94, 96],
        "satisfied_band": [
            None if share is None else (share - 7, min(100, share + 5))
            for share in (88, 90, 86, None, 91, 93, 92, 94, 90, 95, 94, 96)
        ],
        "satisfied_labels": [_("the first week of the quarter"), _("the middle of it"), _("the last week of it")],
        "count_points": [_("%(low)s to %(high)s min") % {"low": 2 * step, "high": 2 * step + 2} for step in range(10)],
        "balance": [
            ("Пришло меньше, чем решили", 14),
            ("Переводы на вторую линию и обратно", -9),
            ("Повторные обращения", -4),
        ],
        "control": [31, 29, 33, 30, 32, 28, 31, 30, 33, 29, 31, 30, 44, 31],
        "control_signals": [12],
        "control_points": [_("week %(number)s") % {"number": number} for number in range(1, 15)],
        "heat": [
            (day, [None if hour < 7 else round(lift * max(0, 24 - abs(hour - 11) * 3)) for hour in range(24)])
            for day, lift in (("пн", 2), ("вт", 1.6), ("ср", 1.5), ("чт", 1.5), ("пт", 1.2), ("сб", 0.4), ("вс", 0.2))
        ],
    }
