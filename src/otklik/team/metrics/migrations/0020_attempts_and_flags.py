"""Attempts of several calls, how soon callers hang up, and first answers that solved in the eyes of their authors.

Requests with calls are counted anew beside the news.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('metrics', '0019_measure_of_appeals'),
    ]

    operations = [
        migrations.AlterField(
            model_name='reading',
            name='measure',
            field=models.PositiveSmallIntegerField(choices=[(1, 'a request came'), (2, 'first answer, working time'), (3, 'first answer, by the calendar'), (4, 'next answer, working time'), (5, 'solution, working time'), (6, 'solution, by the calendar'), (7, 'time in which it was our move'), (8, 'a request ended'), (9, 'a solution or refusal, and whether it held'), (10, 'a line through which a request went'), (11, 'changes of line or person'), (12, 'a commitment that was met or missed'), (13, 'a promised date'), (14, "a client's mark"), (15, 'whether a client recommends us, 0 to 10'), (16, 'whether it was easy, 1 to 7'), (17, "areas of our work in one person's eyes, index 0 to 100"), (18, 'a survey that was sent, and whether it was answered'), (19, 'a dissatisfied client, and whether somebody talked to them in time'), (20, 'working time until a solution, and what of it was paused'), (21, 'from a low mark to the finished talk, working time'), (22, 'a mark of an area of our work, 1 to 10'), (23, 'first solution, working time'), (24, 'time of a request in one status, by the calendar'), (25, 'a refusal, and whether it was complete'), (26, 'a survey that was due, and whether anything kept it from being sent'), (27, 'a dissatisfied client who answered again, and whether they are content now'), (30, 'a request came to another desk'), (31, 'end of a request of another desk, by the calendar'), (40, 'a call that came, how long it waited and what became of it'), (41, 'waiting of a call'), (42, 'a call that was talked: talk, hold and the time after it'), (43, 'a call that was talked, and its time on hold'), (44, 'transfers of a call'), (45, 'a caller who was missed, and whether we reached them in time'), (46, 'the first try of a caller, and whether it was answered'), (50, 'a contact of a client, and whether it was a repeat'), (51, 'a matter that is over, and whether one contact was enough'), (60, 'a request that ended, and whether an article was at hand'), (61, 'a complex request that ended, and whether what was learned was written down'), (70, 'a conversation that was drawn and reviewed, its score of 100'), (71, 'a conversation that was drawn and reviewed, its critical errors'), (72, 'a criterion marked blind by several people, and whether all gave the same'), (73, 'a review, and what became of it in a dispute'), (80, 'a request that somebody got out of the queue, and what stood before it'), (81, 'how many younger requests were picked before one'), (82, 'hours of a day in which a request hung, by the calendar'), (90, 'what a client says: whether it was solved at once'), (91, 'a request passed on after we had spoken, and whether a card went along'), (92, 'a contact that was answered, and whether the client was told to use another channel'), (100, 'a link of an article that was drawn and looked at, and whether it was the right one'), (200, 'a mark after a solution, 0 to 5'), (201, 'a mark that a program asked for, 1 to 5'), (202, 'a mark that a program asked for, 0 to 5'), (203, 'a mark that is asked for from time to time, 1 to 5'), (204, 'a mark that is asked for from time to time, 0 to 5'), (205, 'a mark when a product ends, 1 to 5'), (206, 'a mark when a product ends, 0 to 5'), (207, 'how hard it was, 0 to 5'), (208, 'a dissatisfied client, and whether result and cause were written down in time'), (209, 'time in which it was our move, and what of it we talked'), (210, 'a request that ended, and whether it was given to somebody who leads'), (211, 'a request passed to a higher line, and whether that was in time'), (212, 'a call that was talked, and how many times it was put on hold'), (230, 'an appeal against a refusal, and whether it was granted'), (245, 'a call that nobody answered, and whether it was hung up within the seconds that are demanded'), (246, 'an attempt of a caller to get through, and whether it was given up'), (247, 'a first answer, and whether its author called the request solved with it')]),
        ),
        migrations.AddField(
            model_name='watermark',
            name='flags_since',
            field=models.DateTimeField(null=True),
        ),
        # As in 0018: see team/metrics/anew.py.  What colleagues say is measured of answers from now on alone: of the past
        # only a part would be counted.
        migrations.RunSQL("UPDATE metrics_watermark SET anew_after = 0, flags_since = now()", migrations.RunSQL.noop),
    ]
