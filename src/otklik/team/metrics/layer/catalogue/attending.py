"""How much of the time at work is work, and whether somebody is there when it was promised."""

from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.layer.metric import Better, Group, How, Metric, Records, Unit

ATTENDING = (
    Metric(
        "occupancy",
        "V10",
        Group.PRESENCE,
        _("Occupancy on the telephone"),
        _(
            "Of the time in which people talked or were ready to, how much they talked, held and wrote the result. Only"
            " calls have a recorded time of work, each counts for whoever had it last; time marked as busy, in which"
            " letters and chats are answered, and breaks are neither work nor waiting here. Of people with an inner"
            " number, and of days on which somebody without one had a call: who has no telephone waits for none."
            " Whoever leads sees the people of their lines, all others themselves. Between 70 and 85 per cent is"
            " healthy, more for long wears people out; in a small line a low share is the price of quick answers."
        ),
        _("calls with the time after them ÷ (these + ready without a call), of the time at work that is recorded"),
        _("the time passed"),
        Unit.SHARE,
        How.PART,
        None,
        good=frozenset({1}),
        pair=("qa.score", "queue.wait"),
        records=Records.STINTS,
    ),
    *(
        Metric(
            f"presence.{name}",
            "V10",
            Group.PRESENCE,
            called,
            says,
            _("this ÷ all time at work: calls, ready, busy and breaks make a hundred per cent"),
            _("the time passed"),
            Unit.SHARE,
            How.PART,
            None,
            good=frozenset({1}),
            pair=("occupancy", "qa.score"),
            records=Records.STINTS,
        )
        for name, called, says in (
            (
                "calls",
                _("Time at work: in calls"),
                _(
                    "Of the time at work, how much was talked, held or written down after a call, whatever state the"
                    " person had said. Of everybody, with a telephone or without. Whoever leads sees the people of"
                    " their lines, all others themselves."
                ),
            ),
            (
                "ready",
                _("Time at work: ready"),
                _(
                    "Of the time at work, how much people were ready without a call. Letters and chats have no recorded"
                    " time of work: they are answered in this time and while one is busy. Readers are those of calls."
                ),
            ),
            (
                "busy",
                _("Time at work: busy"),
                _(
                    "Of the time at work, how much people had marked as busy, without a call: nothing new is given to"
                    " them then. Readers are those of calls."
                ),
            ),
            (
                "break",
                _("Time at work: on a break"),
                _(
                    "Of the time at work, how much people were on a break. Reasons are told of all together and of"
                    " oneself: they are for planning the day, and nobody is compared by them. Readers are those of"
                    " calls."
                ),
            ),
        )
    ),
    Metric(
        "availability.cover",
        "V23",
        Group.PRESENCE,
        _("Published hours covered"),
        _(
            "Of the hours that are published for the channels of a line, in how many somebody of the line, or who stood"
            " in, was ready or busy. Hours are those of its calendar as it is today; outside of them nothing counts."
            " Who was forgotten to be signed out counts until they were last heard of."
        ),
        _("published minutes with somebody there ÷ published minutes, over the channels in use"),
        _("the time passed"),
        Unit.SHARE,
        How.PART,
        None,
        Better.UP,
        good=frozenset({1}),
        pair=("occupancy",),
        records=Records.COVER,
    ),
)
