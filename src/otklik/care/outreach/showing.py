"""An event and its notice in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.care.outreach.models import Upcoming
from otklik.care.outreach.writing import said
from otklik.core.journal import clock


def named_event(row: Upcoming) -> str:
    """With its product, without its client."""
    kind = str(row.get_kind_display())
    words = kind[:1].upper() + kind[1:]
    return f"{words}: {row.about}" if row.about else words


def fate_of(row: Upcoming) -> str:
    """Where the notice is."""
    if row.dropped:
        return str(row.get_dropped_display())
    if row.told_at is None:
        return _("not told: %(why)s") % {"why": said(row.held_back)} if row.held_back else _("not told")
    if row.failed:
        return _("the letter did not arrive: call them")
    days = (row.on - clock.house_day(row.told_at)).days
    told = ngettext("told %(days)s day before", "told %(days)s days before", days) % {"days": days}
    return (
        told if row.is_covered or not row.arrived or clock.house_day(row.told_at) <= row.in_time_until else _late(told)
    )


def _late(told: str) -> str:
    return _("%(told)s, too late") % {"told": told}
