"""Words of the desk that every letter to a client carries: who answers, what happens next, when."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from otklik.core.staff.models import Brand, Organisation
from otklik.desk.channels.models import Channel
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.doors import shut
from otklik.desk.tickets.links import appeal_link, client_link, not_solved_link
from otklik.desk.tickets.steps import PromiseDate, PutAside, Refuse, Resolve, Step, Uphold, Wait

if TYPE_CHECKING:
    from collections.abc import Callable

    from otklik.desk.tickets.models import Appeal, Ticket, Visit

BESIDE: "list[Callable[[Ticket], str]]" = []
"""What rooms above know of who answers: a line of the strip from each, "" for nothing."""
QUOTED = 20
LONGEST_QUOTE = 20_000
LONGEST_SUBJECT = 80
"""Letters of one that is made of the first words."""


def language_of(ticket: "Ticket") -> str:
    """The client's own, else that of the brand they wrote to, else the company's."""
    if ticket.contact.language:
        return ticket.contact.language
    if Brand.objects.house().names_languages:
        return Channel.objects.known(ticket.conversation.channel_id).shown_as.shown_language
    return Organisation.objects.current().language


def zone_of(ticket: "Ticket") -> ZoneInfo:
    """The client's own time zone where we know it, else the company's."""
    return ZoneInfo(ticket.contact.time_zone or Organisation.objects.current().time_zone)


def moment(at: datetime, zone: ZoneInfo) -> str:
    """ "Today until 20:00" as exact words: day, month, time and the zone."""
    local = timezone.localtime(at, zone)
    return f"{date_format(local, 'j E, G:i')} ({zone_name(local)})"


def zone_name(local: datetime) -> str:
    """A name that people know, else how far the zone is from UTC."""
    name = local.strftime("%Z")
    if name[:1].isalpha():
        return {"MSK": _("MSK")}.get(name, name)
    hours, minutes = divmod(abs(int((local.utcoffset() or timedelta()).total_seconds())) // 60, 60)
    return f"UTC{name[:1]}{hours}{f':{minutes:02}' if minutes else ''}"


def strip_of(ticket: "Ticket", then: Step, *, with_door: bool = True, appeals: bool = False) -> str:
    """The answer strip below a reply: the same three answers that the agent sees; the client's page is their door."""
    zone = zone_of(ticket)
    match then:
        case Wait(until):
            coming = _("we wait for your answer; if there is none, we remind you on %s") % moment(until, zone)
        case PromiseDate(visit=coming) if coming:
            pass
        case PromiseDate(until):
            coming = _("we come back with an answer by %s") % moment(until, zone)
        case PutAside(until, what, whom=whom) if whom.strip():
            coming = _("we wait for %(whom)s and check on %(when)s: %(what)s; meanwhile you hear from us as well") % {
                "whom": whom.strip(),
                "when": moment(until, zone),
                "what": what,
            }
        case PutAside(until, what):
            coming = _("%(what)s, on %(when)s") % {"what": what, "when": moment(until, zone)}
        case Resolve():
            coming = _("we consider the matter solved; if it is not, simply answer this message")
        case Refuse():
            coming = _("if you do not agree, simply answer this message: a person reads it")
        case Uphold():
            coming = _("the matter is decided; if something has changed, write to us: a person reads it")
    owner = ticket.owner.name if ticket.owner else ticket.team.name
    return "\n".join(
        [
            _("Request № %s") % ticket.number,
            _("Answers you: %s") % owner,
            *filter(None, (tell(ticket) for tell in BESIDE)),
            *([_("Works on it as well: %s") % ", ".join(beside)] if (beside := ticket.partners_shown) else []),
            _("What happens next: %s") % coming,
            *([_("More about it: %s") % then.link.strip()] if isinstance(then, Resolve) and then.link.strip() else []),
            *([_("Your request: %s") % client_link(ticket)] if with_door else []),
            *(
                [_("Does the new date suit you: %s") % f"{client_link(ticket)}#date"]
                if with_door and is_moved(then) and not is_visit(then)
                else []
            ),
            *(
                [_("Does the time of the visit suit you: %s") % f"{client_link(ticket)}#visit"]
                if with_door and is_visit(then)
                else []
            ),
            *([_("I do not agree with the refusal: %s") % appeal_link(ticket)] if with_door and appeals else []),
            *([_("Not solved: %s") % not_solved_link(ticket)] if with_door and isinstance(then, Resolve) else []),
        ]
    )


def is_moved(then: Step) -> bool:
    return isinstance(then, PromiseDate) and bool(then.why.strip())


def is_visit(then: Step) -> bool:
    return isinstance(then, PromiseDate) and bool(then.visit)


def window(visit: "Visit", zone: ZoneInfo) -> str:
    """From when until when, with the zone: «3 декабря, 10:00–12:00 (МСК)»."""
    starts, ends = timezone.localtime(visit.starts_at, zone), timezone.localtime(visit.ends_at, zone)
    if starts.date() != ends.date():
        return f"{date_format(starts, 'j E, G:i')} – {moment(visit.ends_at, zone)}"
    return f"{date_format(starts, 'j E, G:i')}–{date_format(ends, 'G:i')} ({zone_name(ends)})"


def visit_of(visit: "Visit", why: str = "") -> str:
    """The letter about a visit: when, who, where; why the time has moved."""
    ticket = visit.ticket
    told = {
        "when": window(visit, zone_of(ticket)),
        "who": ", ".join(one.name for one in visit.people.all()),
        "where": visit.place,
    }
    name = ticket.contact.greeted
    hello = _("%(name)s, hello!") % {"name": name} if name else _("Hello!")
    moved = _("The time of the visit has moved: %(why)s.") % {"why": why.strip().rstrip(".")} if why.strip() else ""
    coming = _("We come to you: %(when)s.\nComes: %(who)s.\nWhere: %(where)s.") % told
    ask = _("If the time does not suit you, say so on the page of the request or answer this message.")
    return "\n\n".join(filter(None, [hello, moved, coming, ask]))


def reminder_of(ticket: "Ticket", until: datetime, *, is_last: bool) -> tuple[str, str]:
    """(subject, text) of a reminder: our question again, how to answer, what happens without an answer."""
    when = moment(until, zone_of(ticket))
    coming = (
        _("Without your answer by %(when)s we close the request; you can come back to it later.")
        if is_last
        else _("If there is no answer, we remind you once more on %(when)s.")
    ) % {"when": when}
    parts = [
        _("Hello!\n\nWe asked you a question about your request № %(number)s and still wait for your answer.")
        % {"number": ticket.number},
        _question(ticket),
        _("Simply answer this message, or write on the page of the request."),
        coming,
        _tail(ticket),
    ]
    return _("We wait for your answer: request № %s") % ticket.number, "\n\n".join(filter(None, parts))


def closing_of(ticket: "Ticket", days: int) -> tuple[str, str]:
    """(subject, text) of the letter that ends a request whose client is silent; the way back stands in it."""
    parts = [
        _("Hello!\n\nThere was no answer to our question, so we close your request № %(number)s for now.")
        % {"number": ticket.number},
        ngettext(
            "If you still need it, answer this message within %(days)s day: the request opens again where it stopped. "
            "Later a new one begins, and we see this one.",
            "If you still need it, answer this message within %(days)s days: the request opens again where it stopped. "
            "Later a new one begins, and we see this one.",
            days,
        )
        % {"days": days},
        _tail(ticket),
    ]
    return _("Request № %s is closed for now") % ticket.number, "\n\n".join(parts)


def apology_of(ticket: "Ticket", promised: datetime | None) -> str:
    """The beginning of a letter about a missed date, for a person to finish."""
    name = ticket.contact.greeted
    hello = _("%(name)s, hello!") % {"name": name} if name else _("Hello!")
    regret = _("We promised you an answer by %(when)s and did not manage it. We are sorry.") % {
        "when": moment(promised, zone_of(ticket)) if promised else ""
    }
    return "\n\n".join(
        [hello, regret, _("The reason: {{the reason}}."), _("What has been done so far: {{what is done}}.")]
    )


def subject_of_answer(ticket: "Ticket") -> str:
    """Of an answer by letter to whoever wrote without a subject: how their words begin, and never a bare "Re:"."""
    return f"Re: {Truncator(ticket.subject).chars(LONGEST_SUBJECT)}"


def appeal_part(ticket: "Ticket") -> str:
    """How to appeal, in the words of the line; "" where it takes no appeals.  In the language that is spoken now."""
    from otklik.desk.tickets.models import Habits

    habits = Habits.objects.of_line(ticket.team_id)
    if not habits.appeals:
        return ""
    usual = ngettext(
        "If you do not agree with the refusal, say so within %(days)s day on the page of your request or by answering "
        "this letter. Somebody else than who wrote it looks at it, and answers with reasons.",
        "If you do not agree with the refusal, say so within %(days)s days on the page of your request or by answering "
        "this letter. Somebody else than who wrote it looks at it, and answers with reasons.",
        habits.appeal_days,
    ) % {"days": habits.appeal_days}
    return habits.appeal_words(get_language() or "") or usual


def appeal_received(appeal: "Appeal") -> tuple[str, str]:
    """(subject, text) of the letter that tells at once who decides on an appeal, and by when."""
    ticket = appeal.ticket
    told = {
        "number": ticket.number,
        "who": appeal.holder.name if appeal.holder else ticket.team.name,
        "when": moment(appeal.until, zone_of(ticket)),
    }
    text = _(
        "Hello!\n\nYou do not agree with our refusal in your request № %(number)s. We look at it once more.\n\n"
        "Decides: %(who)s, who had no part in the refusal.\nBy: %(when)s\n\n"
        "You get the decision with its reasons. If you want to add something, simply answer this message."
    )
    return _("Request № %s: your appeal is received") % ticket.number, f"{text % told}\n\n{_tail(ticket)}"


def decision_of(appeal: "Appeal") -> str:
    """The letter about the decision on an appeal: what it is, and why."""
    name = appeal.ticket.contact.greeted
    hello = _("%(name)s, hello!") % {"name": name} if name else _("Hello!")
    said = (
        _("We have looked at our refusal once more and take it back.")
        if appeal.state == appeal.State.GRANTED
        else _("We have looked at our refusal once more. It stands.")
    )
    return "\n\n".join([hello, said, appeal.words])


def _question(ticket: "Ticket") -> str:
    """What a person of ours wrote to the client last, shortened and quoted; nothing that went to somebody else."""
    from otklik.desk.tickets.access import ClientsView

    view = ClientsView.of(ticket)
    ours = ticket.conversation.messages.public().left().from_people().filter(direction="out").defer("html", "search")
    said = next((message for message in ours.order_by("-id")[:QUOTED] if view.covers(message)), None)
    words = " ".join(said.new_text.split()) if said else ""
    return f"> {Truncator(words).words(60)}" if words else ""


def _tail(ticket: "Ticket") -> str:
    owner = ticket.owner.name if ticket.owner else ticket.team.name
    return "\n".join([_("Answers you: %s") % owner, _("Your request: %s") % client_link(ticket)])


def history_of(ticket: "Ticket") -> str:
    """Earlier letters that the client may read, the newest first, quoted for those who join the talk later."""
    from otklik.desk.tickets.access import ClientsView

    view, zone = ClientsView.of(ticket), zone_of(ticket)
    said = ticket.conversation.messages.public().left().from_people().defer("html", "search").order_by("-id")[:QUOTED]
    return "\n\n".join(_quoted(message, zone) for message in said if view.covers(message))


def _quoted(message: Message, zone: ZoneInfo) -> str:
    lines = shut(message.new_text.strip())[:LONGEST_QUOTE].splitlines()
    head = _("%(when)s, %(name)s:") % {"when": moment(message.at, zone), "name": message.author_name}
    return "\n".join([head, *(f"> {line}" for line in lines)])


def acknowledgement_of(ticket: "Ticket", *, proven: bool = True) -> tuple[str, str]:
    """(subject, text) of the receipt: number, who answers and by when; never the sender's own words.

    The door to the request is opened only to a sender who is `proven`.
    """
    assert ticket.due_at is not None
    owner = ticket.owner.name if ticket.owner else ticket.team.name
    about = {"number": ticket.number, "owner": owner, "when": moment(ticket.due_at, zone_of(ticket))}
    if ticket.is_chat:
        text = _(
            "Hello!\n\nWe have received your message; its number is %(number)s.\n\n"
            "Answers you: %(owner)s\nWe answer by: %(when)s\nYour request: %(link)s\n\n"
            "If you remember something else, simply write here."
        ) % {**about, "link": client_link(ticket)}
    elif proven:
        text = _(
            "Hello!\n\nWe have received your letter; its number is %(number)s.\n\n"
            "Answers you: %(owner)s\nWe answer by: %(when)s\nYour request: %(link)s\n\n"
            "If you remember something else, simply answer this letter."
        ) % {**about, "link": client_link(ticket)}
    else:
        text = (
            _(
                "Hello!\n\nWe have received your letter; its number is %(number)s.\n\n"
                "Answers you: %(owner)s\nWe answer by: %(when)s\n\n"
                "If you remember something else, simply answer this letter."
            )
            % about
        )
    return _("Request № %s is received") % ticket.number, text
