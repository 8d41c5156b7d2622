"""What can be measured of a request."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Measure(models.IntegerChoices):
    """What one reading is of, its `value`, and what its `kind` tells apart; durations are microseconds."""

    OPENED = 1, _("a request came")
    FIRST = 2, _("first answer, working time")
    FIRST_CALENDAR = 3, _("first answer, by the calendar")
    NEXT = 4, _("next answer, working time")
    SOLVED = 5, _("solution, working time")
    SOLVED_CALENDAR = 6, _("solution, by the calendar")
    WAITED = 7, _("time in which it was our move")
    ENDED = 8, _("a request ended")
    SOLUTION = 9, _("a solution or refusal, and whether it held")
    LINE = 10, _("a line through which a request went")
    TURNS = 11, _("changes of line or person")
    COMMITMENT = 12, _("a commitment that was met or missed")
    PROMISE = 13, _("a promised date")
    SCORE = 14, _("a client's mark")
    RECOMMENDED = 15, _("whether a client recommends us, 0 to 10")
    EFFORT = 16, _("whether it was easy, 1 to 7")
    AREAS = 17, _("areas of our work in one person's eyes, index 0 to 100")
    ASKED = 18, _("a survey that was sent, and whether it was answered")
    FOLLOWED = 19, _("a dissatisfied client, and whether somebody talked to them in time")
    PAUSE = 20, _("working time until a solution, and what of it was paused")
    TALKED = 21, _("from a low mark to the finished talk, working time")
    AREA = 22, _("a mark of an area of our work, 1 to 10")
    FIRST_SOLVED = 23, _("first solution, working time")
    STATUS = 24, _("time of a request in one status, by the calendar")
    REFUSED = 25, _("a refusal, and whether it was complete")
    DUE = 26, _("a survey that was due, and whether anything kept it from being sent")
    RECOVERED = 27, _("a dissatisfied client who answered again, and whether they are content now")
    PAST_OPENED = 30, _("a request came to another desk")
    PAST_ENDED = 31, _("end of a request of another desk, by the calendar")
    WAIT = 40, _("a call that came, how long it waited and what became of it")
    QUEUE = 41, _("waiting of a call")
    HANDLED = 42, _("a call that was talked: talk, hold and the time after it")
    HOLD = 43, _("a call that was talked, and its time on hold")
    TRANSFERS = 44, _("transfers of a call")
    LOST = 45, _("a caller who was missed, and whether we reached them in time")
    TRIED = 46, _("the first try of a caller, and whether it was answered")
    CONTACT = 50, _("a contact of a client, and whether it was a repeat")
    ISSUE = 51, _("a matter that is over, and whether one contact was enough")
    ARTICLE = 60, _("a request that ended, and whether an article was at hand")
    CAPTURE = 61, _("a complex request that ended, and whether what was learned was written down")
    REVIEWED = 70, _("a conversation that was drawn and reviewed, its score of 100")
    FAULTS = 71, _("a conversation that was drawn and reviewed, its critical errors")
    AGREED = 72, _("a criterion marked blind by several people, and whether all gave the same")
    DISPUTED = 73, _("a review, and what became of it in a dispute")
    PICKED = 80, _("a request that somebody got out of the queue, and what stood before it")
    OVERTAKEN = 81, _("how many younger requests were picked before one")
    HUNG = 82, _("hours of a day in which a request hung, by the calendar")
    TOLD_ONCE = 90, _("what a client says: whether it was solved at once")
    PASSED = 91, _("a request passed on after we had spoken, and whether a card went along")
    SENT_AWAY = 92, _("a contact that was answered, and whether the client was told to use another channel")
    LINK = 100, _("a link of an article that was drawn and looked at, and whether it was the right one")
    MARK_0_5 = 200, _("a mark after a solution, 0 to 5")
    EVENT_MARK = 201, _("a mark that a program asked for, 1 to 5")
    EVENT_MARK_0_5 = 202, _("a mark that a program asked for, 0 to 5")
    RELATION_MARK = 203, _("a mark that is asked for from time to time, 1 to 5")
    RELATION_MARK_0_5 = 204, _("a mark that is asked for from time to time, 0 to 5")
    EXIT_MARK = 205, _("a mark when a product ends, 1 to 5")
    EXIT_MARK_0_5 = 206, _("a mark when a product ends, 0 to 5")
    DIFFICULTY = 207, _("how hard it was, 0 to 5")
    FINISHED = 208, _("a dissatisfied client, and whether result and cause were written down in time")
    TOUCHED = 209, _("time in which it was our move, and what of it we talked")
    RAISED = 210, _("a request that ended, and whether it was given to somebody who leads")
    UP_IN_TIME = 211, _("a request passed to a higher line, and whether that was in time")
    HOLDS = 212, _("a call that was talked, and how many times it was put on hold")
    APPEALED = 230, _("an appeal against a refusal, and whether it was granted")
    GAVE_UP = 245, _("a call that nobody answered, and whether it was hung up within the seconds that are demanded")
    ATTEMPT = 246, _("an attempt of a caller to get through, and whether it was given up")
    FLAGGED = 247, _("a first answer, and whether its author called the request solved with it")


DURATIONS = frozenset(
    {
        Measure.FIRST,
        Measure.FIRST_CALENDAR,
        Measure.NEXT,
        Measure.SOLVED,
        Measure.SOLVED_CALENDAR,
        Measure.WAITED,
        Measure.TALKED,
        Measure.FIRST_SOLVED,
        Measure.PAST_ENDED,
        Measure.QUEUE,
    }
)
"""Kept in buckets of their length; of all others the bucket of a cell is the kind."""
