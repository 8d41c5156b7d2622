"""Saved replies do not grow old unseen: who answers for one is asked when its date has come, or nobody uses it."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice, NoticeKind
from otklik.desk.conversations.models import SavedReply
from otklik.desk.conversations.models.saved_offer import ABOUT

UNUSED_FOR = timedelta(days=183)
AT_ONCE = 200


@transaction.atomic
def ask_about_old_ones() -> int:
    """Each is asked about once, until somebody calls it still good or changes it; returns how many.

    What the desk sends by itself is used without anybody's hand, and only its date counts.
    """
    due = Q(review_on__lte=clock.house_today())
    used = Coalesce(Max("uses__last_at"), F("changed_at"))
    looked = Greatest(F("changed_at"), Coalesce(F("reviewed_at"), F("changed_at")))
    idle = Q(purpose="", used_at__lt=clock.now() - UNUSED_FOR, looked_at__lt=clock.now() - UNUSED_FOR)
    found = SavedReply.objects.filter(asked_at=None).annotate(used_at=used, looked_at=looked).filter(due | idle)
    rows = list(found.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for reply in SavedReply.objects.filter(pk__in=rows).select_related("keeper", "owner", "changed_by"):
        _ask(reply, is_due=bool(reply.review_on and reply.review_on <= clock.house_today()))
    SavedReply.objects.filter(pk__in=rows).update(asked_at=clock.now())
    return len(rows)


def _ask(reply: SavedReply, *, is_due: bool) -> None:
    person = reply.whose
    if person is None:
        return
    with translation.override(person.language):
        said = (
            _("The saved reply “%(name)s” is to be looked at again: is it still good?")
            if is_due
            else _("Nobody has used the saved reply “%(name)s” for half a year: is it still needed?")
        )
        Notice.objects.tell(
            [person.pk], said % {"name": reply.name}, kind=NoticeKind.DESK, about=ABOUT, about_id=reply.pk
        )
