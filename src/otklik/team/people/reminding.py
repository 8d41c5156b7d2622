"""Who is told that their attestation ends, 30 and 7 days before (METRICS P4)."""

from datetime import timedelta

from django.db import transaction
from django.utils import formats, translation
from django.utils.translation import gettext as _

from otklik.core.journal.notice import LONGEST, Notice, NoticeKind
from otklik.team.metrics.days import today
from otklik.team.people.models import Attestation
from otklik.team.people.models.attestation import REMINDED


@transaction.atomic
def remind() -> int:
    """Once at each of these days; not where a later attestation holds longer.  Returns how many were told."""
    rows: list[Notice] = []
    told: list[Attestation] = []
    ends = Attestation.objects.valid().filter(valid_until__lte=today() + timedelta(days=REMINDED[0]))
    held = ends.filter(person__is_active=True).select_for_update(of=("self",)).select_related("person", "skill")
    for one in held:
        assert one.valid_until
        left = (one.valid_until - today()).days
        step = min(days for days in REMINDED if left <= days)
        if (one.reminded and one.reminded <= step) or _is_renewed(one):
            continue
        one.reminded = step
        told.append(one)
        with translation.override(one.person.language):
            day = formats.date_format(one.valid_until, "j E Y")
            text = _("Your attestation “%(skill)s” holds until %(day)s: take it again in time.")
            words = (text % {"skill": one.skill.name, "day": day})[:LONGEST]
        rows.append(Notice(person=one.person, text=words, kind=NoticeKind.DESK, about="attestation", about_id=one.pk))
    Notice.objects.tell_all(rows)
    Attestation.objects.bulk_update(told, ["reminded"])
    return len(told)


def _is_renewed(one: Attestation) -> bool:
    later = Attestation.objects.valid().filter(person=one.person_id, skill=one.skill_id)
    return later.filter(valid_until__gt=one.valid_until).exists()
