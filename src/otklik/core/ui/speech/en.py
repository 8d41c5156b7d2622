"""English."""

from otklik.core.ui.speech import Speech

ENGLISH = Speech(
    seconds="s",
    minutes="min",
    hours="h",
    days="d",
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    months_short=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    weekdays=(
        *("on Monday", "on Tuesday", "on Wednesday", "on Thursday"),
        *("on Friday", "on Saturday", "on Sunday"),
    ),
    weekdays_by=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    weekdays_short=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    today="today",
    yesterday="yesterday",
    tomorrow="tomorrow",
    at="{day} at {time}",
    stamp="{day}, {time}",
    by="{day} by {time}",
    by_today="by {time}",
    by_date="by {date}",
    ahead="in {span}",
    ago="{span} ago",
    just_now="just now",
    date="{day}\N{NO-BREAK SPACE}{month}",
    date_year="{day}\N{NO-BREAK SPACE}{month} {year}",
    left="left",
    late_by="late by",
    kept="kept",
    broken="promise broken",
    decimal=".",
    thousands=",",
)
