"""Registration of the agents' door and its entries of the menu."""

from dataclasses import replace

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.ui import nav


class WorkspaceConfig(AppConfig):
    name = "otklik.front.workspace"
    label = "workspace"
    verbose_name = _("workspace")

    def ready(self) -> None:
        from otklik.care.quality.access import may_review
        from otklik.desk.tickets import to_many
        from otklik.desk.tickets.access import can_release_quarantine
        from otklik.front.workspace import conduct_block, menu, panel, replying, sweep_verbs
        from otklik.front.workspace.problems import knowing
        from otklik.front.workspace.quality import risks

        nav.add(
            nav.Entry("queue", _("Queue"), "inbox", "workspace:inbox", 10, keys="Q", tab=True, home=True,
                      count=menu.waiting)
        )  # fmt: skip
        nav.add(nav.Entry("day", _("My day"), "sun", "workspace:day", 15, keys="D", allowed=lambda user: user.answers))
        nav.add(
            nav.Entry("tasks", _("My tasks"), "check-o", "workspace:tasks", 20, keys="T",
                      allowed=lambda user: user.answers, count=menu.tasks)
        )  # fmt: skip
        nav.add(nav.Entry("clients", _("Clients"), "users", "workspace:clients", 23, keys="E"))
        nav.add(
            nav.Entry("incidents", _("Incidents"), "alert", "workspace:incidents", 22, keys="I", count=menu.incidents)
        )
        nav.add(nav.Entry("problems", _("Problems"), "bulb", "workspace:problems", 23, keys="F"))
        nav.add(
            nav.Entry("complaints", _("Complaints"), "flag", "workspace:complaints", 24, keys="C",
                      count=menu.complaints)
        )  # fmt: skip
        nav.add(
            nav.Entry("knowledge", _("Knowledge base"), "book", "workspace:knowledge", 24, keys="B",
                      count=menu.articles)
        )  # fmt: skip
        nav.add(
            nav.Entry("reviews", _("Quality"), "star", "workspace:reviews", 20, section="lead", keys="Y",
                      allowed=may_review, count=menu.reviews)
        )  # fmt: skip
        nav.add(
            nav.Entry("my_reviews", _("My reviews"), "star", "workspace:my_reviews", 26, keys="Y",
                      allowed=lambda user: not may_review(user), count=menu.reviews)
        )  # fmt: skip
        nav.add(
            nav.Entry("releases", _("Answers to release"), "pencil", "workspace:releases", 27,
                      allowed=menu.knows_training, count=menu.releases)
        )  # fmt: skip
        nav.add(nav.Entry("notices", _("Notices"), "bell", "workspace:notices", 25, keys="N", count=menu.notices))
        nav.add(nav.Entry("sent", _("Letters sent"), "send", "workspace:sent", 30, keys="O", tab=True))
        nav.add(
            nav.Entry("calls", _("Calls"), "phone", "workspace:calls", 21, keys="P",
                      allowed=lambda _user: menu.has_telephone(), count=menu.calls)
        )  # fmt: skip
        nav.add(
            nav.Entry("saved", _("Saved replies"), "bookmark", "workspace:saved_replies", 35,
                      allowed=lambda user: user.answers)
        )  # fmt: skip
        nav.add(
            nav.Entry("quarantine", _("Quarantine"), "archive", "workspace:quarantine", 40, keys="K",
                      allowed=can_release_quarantine, count=menu.quarantined)
        )  # fmt: skip
        nav.add(
            nav.Entry("new", _("New request"), "plus", "workspace:new", section="near", action="new",
                      allowed=lambda user: user.answers)
        )  # fmt: skip
        nav.add(
            nav.Entry("unowned", _("Without an owner"), "user", "workspace:queue", section="near", keys="U",
                      argument="unowned")
        )  # fmt: skip
        nav.add(
            nav.Entry("aside", pgettext_lazy("segment", "Put aside"), "clock", "workspace:queue", section="near",
                      keys="A", argument="mine", query="?seg=aside")
        )  # fmt: skip
        leave = _("Leave the shift")
        nav.add(replace(nav.entry("be-off"), url="workspace:leave", argument="", command=leave))
        replying.tell_batches()
        to_many.serve(sweep_verbs)
        risks.register()
        knowing.register()
        panel.add_block("workspace/card/conduct.html", conduct_block.context)
        nav.open_door("live", "workspace:live")
        nav.open_door("alarms", "workspace:alarms")
        nav.open_door("calls", "workspace:calls_now")
        nav.open_door("figures", "workspace:figures")
        nav.open_door("search", "workspace:palette")
