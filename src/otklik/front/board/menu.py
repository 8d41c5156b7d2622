"""What this room puts into the menu: the present moment for who leads, results for who wants to know."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from otklik.care.outreach.access import may_see as may_see_ahead
from otklik.core.staff.models import User
from otklik.core.ui.nav import Entry
from otklik.front.board.access import may_watch
from otklik.front.board.refusals import count_of
from otklik.front.board.roster.deciding import waiting
from otklik.team.indicators.access import may_see_money
from otklik.team.value.access import may_see

lead = partial(Entry, section="lead", allowed=may_watch)
result = partial(Entry, section="results", allowed=may_watch)
anybody = partial(Entry, section="results")


def reads(user: User) -> bool:
    """A roster is of a line."""
    return may_watch(user) or bool(user.team_ids)


ENTRIES = (
    Entry("visits", _("Visits"), "route", "board:visits", 22, keys="W"),
    Entry("ahead", _("Ahead of clients"), "hourglass", "board:ahead", 23, allowed=may_see_ahead),
    lead("shift", _("Shift board"), "gauge", "board:shift", 5, keys="L", tab=True),
    lead("staffing", _("How many people"), "user-plus", "board:staffing", 7),
    Entry("roster", _("Roster"), "calendar", "board:roster", 24, keys="S", allowed=reads, count=waiting),
    lead("skills", _("Skills"), "tag", "board:skills", 8),
    lead("hanging", _("Nothing hangs"), "clock", "board:hanging", 10, keys="H"),
    lead("dates", _("Promised dates"), "vow", "board:dates", 15, keys="V"),
    Entry(
        *("promised", _("Promised today"), "vow", "workspace:queue"),
        section="near",
        keys="V",
        allowed=lambda user: not may_watch(user),
        argument="promises-today",
    ),
    lead("refusals", _("Refusals"), "no", "board:refusals", 17, keys="X", count=count_of),
    lead("conduct", _("Abusive contacts"), "shield", "board:conduct", 18, allowed=lambda user: user.leads),
    lead("availability", _("Availability of the service"), "monitor", "board:availability", 12),
    lead("changes", _("Changes"), "flow", "board:changes", 19, keys="M"),
    anybody("board", _("Figures"), "chart", "board:board", 10, keys="R"),
    anybody("boards", _("Own boards"), "panel", "board:own_boards", 15),
    anybody("metrics", _("Metrics"), "list", "board:metrics", 20),
    result("surveys", _("What clients say"), "chat", "board:surveys", 30),
    anybody("goals", _("Goals"), "target", "board:goals", 35),
    anybody("hiring", _("People and training"), "user", "board:hiring", 37),
    result("improvements", _("Improvements"), "refresh", "board:improvements", 40),
    result("alerts", _("Alerts"), "eye", "board:alerts", 45),
    result("indicators", _("Plan and fact"), "trend", "board:indicators", 50),
    result("bonus", _("Bonuses"), "award", "board:bonus", 60, allowed=may_see_money),
    result("value", _("Value of clients"), "heart", "board:value", 70, allowed=may_see),
    result("reports", _("Reports by mail"), "mail", "board:reports", 80),
    Entry("my_shifts", _("My shifts"), "calendar", "board:my_shifts", 25, section="me"),
    Entry("my_bonus", _("My indicators and bonus"), "award", "board:my_bonus", 30, section="me"),
)
