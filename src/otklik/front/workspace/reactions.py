"""What the clients of an incident are told stands on the status page, too, once somebody has put the incident there.

Incidents and the status page do not know each other; this door knows both.
"""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from otklik.care.incidents.events import (
    AttachedToIncident,
    ClientsConcerned,
    ClientsLeftOut,
    DetachedFromIncident,
    IncidentCorrected,
    IncidentMoved,
    UpdateBegun,
    UpdateStopped,
)
from otklik.care.incidents.models import Incident, Update
from otklik.care.incidents.states import State
from otklik.care.status.models import Report
from otklik.care.status.models.report import Said
from otklik.care.status.speaking import in_both
from otklik.care.status.states import Stage
from otklik.core.journal.news import on
from otklik.core.staff.models import Organisation
from otklik.desk.tickets.events import ClientWrote
from otklik.front.workspace import replying, tasks

STAGES = {
    State.DECLARED: Stage.SEEN,
    State.IDENTIFIED: Stage.FOUND,
    State.MITIGATING: Stage.FOUND,
    State.MONITORING: Stage.WATCHED,
    State.RESOLVED: Stage.OVER,
}


@on(UpdateBegun)
def an_update_is_for_everybody(news: UpdateBegun) -> None:
    """Its words without whom it concerns, at the moment from which letters leave; of one for us alone only the end."""
    report = _follower(news.incident_id)
    if report is None:
        return
    update = Update.objects.select_related("incident", "author").get(pk=news.update_id)
    stage = STAGES[State(update.state)]
    if update.quiet and stage != Stage.OVER:
        return
    said = in_both(lambda: _("It works again.")) if update.quiet else words_of(update)
    ended = update.incident.ended_at if stage == Stage.OVER else None
    report.say(stage, said, by=update.author, at=update.begins_at, update=update.pk, ended_at=ended)


@on(UpdateStopped)
def a_stopped_update_is_for_nobody(news: UpdateStopped) -> None:
    """Where a letter had gone, somebody has read it, and the page says the same."""
    report = _follower(news.incident_id)
    if report is not None and not news.told:
        report.take_back(news.update_id, by=None)


@on(IncidentMoved)
def it_is_not_over(news: IncidentMoved) -> None:
    """An update that was stopped takes its end back by itself, above."""
    report = _follower(news.incident_id)
    if report is None or news.was != State.RESOLVED or report.goes_on:
        return
    stopped = Update.objects.filter(incident=news.incident_id).exclude(stopped_at=None).values("pk")
    if report.notes.filter(stage=Stage.OVER, update__in=stopped, addressed_at=None).exists():
        return
    report.reopen(by=None)
    report.say(Stage.SEEN, in_both(lambda: _("It is there again. We go on working on it.")), by=None)


@on(IncidentCorrected)
def moments_go_along(news: IncidentCorrected) -> None:
    moment = parse_datetime(news.value) if news.field in ("started_at", "ended_at") else None
    report = Report.objects.filter(incident=news.incident_id).first() if moment else None
    if report is None:
        return
    if news.field == "started_at":
        report.correct(began_at=moment)
    else:
        report.correct(ended_at=moment)


@on(AttachedToIncident, DetachedFromIncident, ClientsConcerned, ClientsLeftOut)
def it_concerns_so_many(news: AttachedToIncident | DetachedFromIncident | ClientsConcerned | ClientsLeftOut) -> None:
    """What it took from clients is weighed by how many of them felt it, as is known by now."""
    report = Report.objects.filter(incident=news.incident_id).first()
    if report is not None:
        report.concern(Incident.objects.get(pk=news.incident_id).clients_affected() or None)


@on(ClientWrote)
def an_answer_to_many_knows_nothing_of_it(news: ClientWrote) -> None:
    """By a job, and only where one waits: of the words of all clients that are few."""
    if replying.waits(news.ticket_id):
        tasks.hold_back.defer(ticket=news.ticket_id)


def words_of(update: Update) -> Said:
    """As its author wrote them, in the language of the house; "no news" in both."""
    if not update.what.strip():
        return in_both(lambda: _("There is no news yet: we go on working on it."))
    parts = [update.what, update.doing, update.workaround]
    text = "\n\n".join(part.strip() for part in parts if part.strip())
    return Said(text) if Organisation.objects.current().language == "ru" else Said("", text)


def _follower(incident: int) -> Report | None:
    return Report.objects.filter(incident=incident, follows=True).first()
