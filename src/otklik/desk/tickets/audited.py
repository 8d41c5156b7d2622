"""What requests are about, and what is asked for with them."""

from otklik.core.audit.registry import hears, watch
from otklik.desk.tickets.events import (
    AbuseReviewed,
    AnswerReleased,
    AnswerToManyApproved,
    AnswerToManyHalted,
    AppealDecided,
    TraineeshipBegun,
    TraineeshipEnded,
)
from otklik.desk.tickets.models import Field, Habits, Layout, Topic

for model in (Field, Habits, Topic):
    watch(model)
watch(Layout, codes=("order", "folded", "hidden"))
hears(AbuseReviewed, AnswerReleased, AnswerToManyApproved, AnswerToManyHalted)
hears(AppealDecided, TraineeshipBegun, TraineeshipEnded)
