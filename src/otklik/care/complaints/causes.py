"""Causes of complaints: a tree of two levels (METRICS K3), and what never ends the chain of whys."""

import re

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FEWEST_WHYS = 3
"""From so many whys on a cause counts as covered."""
MOST_WHYS = 7


class Cause(models.TextChoices):
    """Branch and leaf; the branch stands before the dot."""

    KNOWLEDGE = "people.knowledge", _("knowledge")
    ATTITUDE = "people.attitude", _("attitude")
    LOAD = "people.load", _("load")
    MISSING = "process.missing", _("there is no process")
    IGNORED = "process.ignored", _("the process is not followed")
    HANDOVER = "process.handover", _("hand-over between lines")
    DEFECT = "product.defect", _("a defect")
    LIMIT = "product.limit", _("a limitation")
    AVAILABILITY = "platform.availability", _("availability")
    INTEGRATION = "platform.integration", _("integration")
    SALES = "promise.sales", _("what sales promised")
    TERMS = "promise.terms", _("agreed terms")
    SITE = "promise.site", _("text of the site")
    PRICE = "price.price", _("price")
    BILLING = "price.billing", _("billing")
    PARTNER = "partner.partner", _("a partner or supplier")
    ARTICLES = "information.articles", _("articles and manuals")
    NOTICE = "information.notice", _("we did not tell in time")
    CLIENT = "client.client", _("on the client's side")


BRANCHES: dict[str, str | Promise] = {
    "people": pgettext_lazy("branch of causes", "People"),
    "process": pgettext_lazy("branch of causes", "Process"),
    "product": pgettext_lazy("branch of causes", "Product"),
    "platform": pgettext_lazy("branch of causes", "Platform"),
    "promise": pgettext_lazy("branch of causes", "Promise"),
    "price": pgettext_lazy("branch of causes", "Price and billing"),
    "partner": pgettext_lazy("branch of causes", "Partner"),
    "information": pgettext_lazy("branch of causes", "Information"),
    "client": pgettext_lazy("branch of causes", "Client's side"),
}

_HUMAN = re.compile(
    r"человеческ\w+\s+(?:фактор|ошибк)|ошиб\w+\s+(?:сотрудни|оператор|инженер|менеджер|специалист|работни|агент|челове|исполнит)"
    r"|(?:сотрудни|оператор|инженер|менеджер|специалист|работни|агент|исполнит|коллег)\w*\s+(?:просто\s+)?"
    r"(?:ошиб|забы|невнимат|не\s+замети|проглядел|просмотрел|перепута|виноват|поторопи|оплоша)"
    r"|^\W*(?:по\s+)?(?:не\s*вниматель\w+|забывчив\w+|халатност\w+|забыл\w*|ошиб(?:ся|лась|лись|ка)|виноват\w*"
    r"|недосмотр\w*|рассеянност\w+|безответственност\w+|человек\s+ошибся)\W*$"
    r"|human\s+(?:error|factor)|(?:agent|operator|engineer|employee|staff|colleague|he|she|they)\w*\s+(?:simply\s+|just\s+)?"
    r"(?:forgot|made\s+a\s+mistake|was\s+careless|was\s+inattentive|overlooked|erred)"
    r"|^\W*(?:carelessness|inattention|negligence|forgot|mistake|oversight)\W*$",
    re.IGNORECASE,
)


def is_human_error(words: str) -> bool:
    """Whether these words name somebody's slip and stop there: what let it happen is not said."""
    return bool(_HUMAN.search(words.strip()))


def branch_of(cause: str) -> str:
    return cause.partition(".")[0]


def said(cause: str) -> str:
    """ "People: load", or "" of none."""
    return f"{BRANCHES[branch_of(cause)]}: {Cause(cause).label}" if cause in Cause.values else ""


def grouped() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a list to choose from: branches with their leaves."""
    return [
        (str(label), [(leaf.value, str(leaf.label)) for leaf in Cause if branch_of(leaf.value) == branch])
        for branch, label in BRANCHES.items()
    ]
