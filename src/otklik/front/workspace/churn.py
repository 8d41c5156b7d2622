"""Whether a client is likely to leave, in the words of their card."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.clients.models import Client, Contact, PersonalFact
from otklik.desk.clients.sight import Sight
from otklik.team.value.effect import FEWEST
from otklik.team.value.risk import Risk, Verdict, risk_of

STATES = {Verdict.RAISED: "breach", Verdict.USUAL: "ok", Verdict.LEFT: "", Verdict.UNPROVEN: "soon", Verdict.FEW: ""}


@dataclass(frozen=True)
class Leaving:
    """What the card shows: a word with its state, and why."""

    said: str
    state: str
    why: list[str]


def leaving_of(holder: Contact | Client, reader: User) -> Leaving | None:
    """None of who pays for nothing, and for whom amounts are hidden: who pays and since when is told by these."""
    if not Sight.of(reader).opens(PersonalFact.MONEY):
        return None
    risk = risk_of(holder, reader)
    if risk is None:
        return None
    said = {
        Verdict.LEFT: _("has left"),
        Verdict.RAISED: _("higher than usual"),
        Verdict.USUAL: _("as of the others"),
        Verdict.UNPROVEN: _("a sign, not proven"),
        Verdict.FEW: _("not enough data"),
    }[risk.verdict]
    return Leaving(said, STATES[risk.verdict], _why(risk))


def _why(risk: Risk) -> list[str]:
    if risk.verdict is Verdict.LEFT:
        return [_("Nothing that they pay for is in force.")]
    found = [*_of_products(risk), *_of_service(risk)]
    if not risk.is_whole:
        found.append(_("This is of the requests that you may see; of other lines nothing is counted."))
    if risk.verdict is Verdict.FEW and not risk.is_let_down:
        few = {"n": risk.year.started, "fewest": FEWEST}
        found.append(
            _("A year ago there were %(n)s clients; below %(fewest)s nothing is said of how many leave.") % few
        )
    elif risk.year.status == "ok" and risk.year.share is not None:
        told = {"share": words.percent(risk.year.share), "n": risk.year.started}
        found.append(_("Of all clients %(share)s leave in a year (of %(n)s).") % told)
    return found


def _of_products(risk: Risk) -> list[str]:
    found = []
    if risk.ends_on:
        found.append(_("A product ends on %(date)s.") % {"date": words.date_of(risk.ends_on)})
    if risk.paused:
        found.append(_("A product is paused."))
    if risk.paid_until:
        found.append(_("Paid until %(date)s, nothing since.") % {"date": words.date_of(risk.paid_until)})
    return found


def _of_service(risk: Risk) -> list[str]:
    """What we did to them in half a year, and what is known of others to whom it happened."""
    found = []
    if risk.broken:
        said = ngettext(
            "In half a year %(count)s date that we gave was not kept.",
            "In half a year %(count)s dates that we gave were not kept.",
            risk.broken,
        )
        found.append(said % {"count": risk.broken})
    if risk.bad:
        said = ngettext("In half a year %(count)s bad mark.", "In half a year %(count)s bad marks.", risk.bad)
        found.append(said % {"count": risk.bad})
    if not risk.is_let_down:
        return [_("In half a year no date was broken and no bad mark was given.")]
    effect = risk.effect
    if not effect.is_enough:
        told = {"n": min(effect.broken.clients, effect.none.clients), "fewest": FEWEST}
        return [*found, _("Whether clients leave for that is not known yet: %(n)s of %(fewest)s were watched.") % told]
    told_ = {"broken": words.percent(effect.broken.share or 0), "none": words.percent(effect.none.share or 0)}
    said = _("Of such clients %(broken)s stayed half a year more, of the others %(none)s.") % told_
    less = (effect.broken.share or 0) < (effect.none.share or 0)
    return [*found, said if effect.is_proven or not less else f"{said} {_('The difference may be chance.')}"]
