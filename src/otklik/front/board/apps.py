from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from otklik.core.ui import nav


class BoardConfig(AppConfig):
    name = "otklik.front.board"
    label = "board"
    verbose_name = _("figures")

    def ready(self) -> None:
        from otklik.front.board import refusals
        from otklik.front.board.access import may_watch
        from otklik.team.indicators.access import may_see_money
        from otklik.team.value.access import may_see as may_see_value

        nav.add(
            nav.Entry(
                "shift",
                _("Shift board"),
                icon="gauge",
                url="board:shift",
                order=5,
                section="lead",
                keys="L",
                tab=True,
                allowed=may_watch,
            )
        )
        nav.add(
            nav.Entry(
                "hanging",
                _("Nothing hangs"),
                icon="check-o",
                url="board:hanging",
                order=10,
                section="lead",
                keys="H",
                allowed=may_watch,
            )
        )
        nav.add(
            nav.Entry(
                "dates",
                _("Promised dates"),
                icon="vow",
                url="board:dates",
                order=15,
                section="lead",
                keys="V",
                allowed=may_watch,
            )
        )
        nav.add(
            nav.Entry(
                "changes",
                _("Changes"),
                icon="flow",
                url="board:changes",
                order=19,
                section="lead",
                keys="C",
                allowed=may_watch,
            )
        )
        nav.add(nav.Entry("visits", _("Visits"), icon="route", url="board:visits", order=22, keys="W"))
        nav.add(
            nav.Entry(
                "refusals",
                _("Refusals"),
                icon="no",
                url="board:refusals",
                order=17,
                section="lead",
                keys="X",
                allowed=may_watch,
                count=refusals.count_of,
            )
        )
        nav.add(
            nav.Entry(
                "conduct",
                _("Abusive contacts"),
                icon="shield",
                url="board:conduct",
                order=18,
                section="lead",
                allowed=lambda user: user.leads,
            )
        )
        nav.add(nav.Entry("metrics", _("Metrics"), icon="gauge", url="board:metrics", order=20, section="results"))
        nav.add(
            nav.Entry(
                "improvements",
                _("Improvements"),
                icon="flow",
                url="board:improvements",
                order=40,
                section="results",
                allowed=may_watch,
            )
        )
        nav.add(
            nav.Entry(
                "surveys",
                _("What clients say"),
                icon="star",
                url="board:surveys",
                order=30,
                section="results",
                allowed=may_watch,
            )
        )
        nav.add(
            nav.Entry(
                "indicators",
                _("Plan and fact"),
                icon="target",
                url="board:indicators",
                order=50,
                section="results",
                allowed=may_watch,
            )
        )
        nav.add(
            nav.Entry(
                "value",
                _("Value of clients"),
                icon="chart",
                url="board:value",
                order=70,
                section="results",
                allowed=may_see_value,
            )
        )
        nav.add(
            nav.Entry(
                "bonus",
                _("Bonuses"),
                icon="award",
                url="board:bonus",
                order=60,
                section="results",
                allowed=may_see_money,
            )
        )
        nav.add(
            nav.Entry(
                "my_bonus", _("My indicators and bonus"), icon="award", url="board:my_bonus", order=30, section="me"
            )
        )
        nav.add(
            nav.Entry("board", _("Figures"), icon="chart", url="board:board", order=10, section="results", keys="R")
        )
