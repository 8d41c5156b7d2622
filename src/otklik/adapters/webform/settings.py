"""The request form on the settings screens."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from otklik.desk.channels.models import Channel
from otklik.desk.channels.models.channel import FORM
from otklik.desk.channels.settings import Alone, Tried


class WebFormSettings(Alone):
    """The request form for `desk.channels.settings`."""

    kind = FORM
    label = _("Request form")
    glyph = "form"
    template = "webform/fields.html"
    form_class = "otklik.adapters.webform.form.WebFormForm"
    let_in_by = _("Nobody has to let the form in: it is a page of ours.")
    what_happens: Sequence[Any] = (
        _("Clients write on a page of the portal; the request stands in the same queue as letters."),
        _("While they write, answers of the knowledge base that fit are offered beside the form."),
        _("You answer by letter: the form asks for an address, which is confirmed by the letter that they get."),
        _("No cookie tells visitors apart, and one network cannot send many requests at once."),
    )

    def attempt(self, channel: Channel) -> Sequence[Tried]:
        from otklik.adapters.webform.form import tried

        found = tried()
        if trouble := " ".join(one.trouble for one in found if one.trouble):
            channel.has_trouble(trouble)
        else:
            channel.is_well()
        return found
