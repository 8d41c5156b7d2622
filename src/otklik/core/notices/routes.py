"""The routes of a notice, and by which of them each kind goes as long as nobody chose."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal.notice import NoticeKind

type Chosen = dict[str, list[str]]
"""A kind of notice with the routes that are on for it; a kind that is not named is as before it."""


class Route(models.TextChoices):
    DESK = "desk", _("in the product")
    SOUND = "sound", _("sound")
    PUSH = "push", _("browser")
    MAIL = "mail", _("letter")


ALWAYS = frozenset({NoticeKind.MENTION, NoticeKind.ASSIGNED})
"""These stand in the product whatever is chosen."""
LOUD = frozenset({Route.SOUND, Route.PUSH})
"""Routes that take a person away from what they do; silent outside of the shift."""
CALM = frozenset({NoticeKind.CHANGE, NoticeKind.RULE, NoticeKind.WATCHED})

USUAL: Chosen = {
    kind.value: [Route.DESK.value, *([] if kind in CALM else [Route.PUSH.value]), Route.MAIL.value]
    for kind in NoticeKind
}


def read(told: object) -> Chosen:
    """What was chosen, of what there is: stored rows outlive kinds and routes."""
    if not isinstance(told, dict):
        return {}
    kinds, routes = set(NoticeKind.values), set(Route.values)
    return {
        kind: [route for route in chosen if route in routes]
        for kind, chosen in told.items()
        if kind in kinds and isinstance(chosen, list)
    }


def effective(*layers: Chosen) -> Chosen:
    """The first layer that names a kind holds; in the product the unconditional ones are always on."""
    chosen = {kind: next(layer[kind] for layer in (*layers, USUAL) if kind in layer) for kind in NoticeKind.values}
    for kind in ALWAYS:
        if Route.DESK not in chosen[kind]:
            chosen[kind] = [Route.DESK.value, *chosen[kind]]
    return chosen
