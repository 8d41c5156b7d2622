"""Russian."""

from otklik.core.ui.speech import Speech

RUSSIAN = Speech(
    seconds="с",
    minutes="мин",
    hours="ч",
    days="дн.",
    months=(
        *("января", "февраля", "марта", "апреля", "мая", "июня"),
        *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
    ),
    months_short=("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
    weekdays=(
        *("в понедельник", "во вторник", "в среду", "в четверг"),
        *("в пятницу", "в субботу", "в воскресенье"),
    ),
    weekdays_by=("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"),
    weekdays_short=("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    today="сегодня",
    yesterday="вчера",
    tomorrow="завтра",
    at="{day} в\N{NO-BREAK SPACE}{time}",
    stamp="{day}, {time}",
    by="{day} до\N{NO-BREAK SPACE}{time}",
    by_today="до\N{NO-BREAK SPACE}{time}",
    by_date="до\N{NO-BREAK SPACE}{date}",
    ahead="через {span}",
    ago="{span} назад",
    just_now="только что",
    date="{day}\N{NO-BREAK SPACE}{month}",
    date_year="{day}\N{NO-BREAK SPACE}{month} {year}",
    left="осталось",
    late_by="опоздание",
    kept="сдержали",
    broken="обещание нарушено",
    decimal=",",
    thousands="\N{NO-BREAK SPACE}",
)
