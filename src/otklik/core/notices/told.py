"""What happens with new notices at once, in the transaction of what they tell."""

from collections.abc import Sequence

from django.db import connection

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice, on_told
from otklik.core.notices.routes import ALWAYS, Route

FURTHER = """
SELECT pg_notify('otklik', json_build_object('about', 'notices', 'about_id', u.id)::text),
    EXISTS (SELECT 1 FROM notices_browser b WHERE b.person_id = u.id),
    EXISTS (SELECT 1 FROM notices_personchoice c WHERE c.person_id = u.id AND c.routes ? %s)
        OR EXISTS (SELECT 1 FROM notices_linechoice l WHERE l.routes ? %s), u.id
FROM staff_user u WHERE u.id = ANY(%s)
"""
"""Open pages count anew; whether a browser listens, and whether anybody chose something for this kind."""


@on_told
def take_further(rows: Sequence[Notice]) -> None:
    kind = rows[0].kind
    people = [row.person_id for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(FURTHER, [kind, kind, people])
        found = cursor.fetchall()
    if kind not in ALWAYS:
        _hush(rows, [pk for _told, _listens, chose, pk in found if chose])
    listening = {pk for _told, listens, _chose, pk in found if listens}
    if numbers := [row.pk for row in rows if row.person_id in listening]:
        from otklik.core.notices.tasks import push

        push.defer(notices=numbers)


def _hush(rows: Sequence[Notice], people: list[int]) -> None:
    """What somebody does not want in the product is hushed there; what they want by no route counts as looked at."""
    from otklik.core.notices.standing import chosen_of

    chosen = chosen_of(people) if people else {}
    off = [row for row in rows if row.person_id in chosen and Route.DESK not in chosen[row.person_id][row.kind]]
    for row in off:
        row.hushed = True
        row.seen_at = None if chosen[row.person_id][row.kind] else clock.now()
    if off:
        Notice.objects.bulk_update(off, ["hushed", "seen_at"])
