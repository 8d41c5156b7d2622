"""What is said by itself: words of ours that name nothing but the component, and a notice to who leads."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from otklik.care.status.access import hearers
from otklik.care.status.events import ReportPublished
from otklik.care.status.models import Component, Outage, Report, StatusPolicy, Works
from otklik.care.status.models.report import Said
from otklik.care.status.models.works import LATE
from otklik.care.status.states import Stage, State
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.notice import NoticeKind
from otklik.desk.tickets.telling import tell


@transaction.atomic
def of_check(outage: Outage) -> None:
    """It began or it ended, as several looks in a row have shown."""
    if outage.ended_at is None:
        _began(outage)
    else:
        _ended(outage)


def _began(outage: Outage) -> None:
    component = outage.component
    report = _told_already(component)
    if report is None and component.is_shown and StatusPolicy.objects.current().speaks_itself:
        report = _begin(outage)
    if report is not None:
        outage.report = report
        outage.save(update_fields=["report"])
    tell(
        hearers(),
        lambda: _("A check finds: “%(component)s” %(state)s.") % _named(component, outage),
        kind=NoticeKind.DESK,
        about="component",
        about_id=component.pk,
        urgent=outage.state == State.DOWN,
    )


def _ended(outage: Outage) -> None:
    component, report = outage.component, outage.report
    if report is not None and report.is_automatic and report.goes_on and not report.outages.going_on().exists():
        report.say(Stage.OVER, in_both(lambda: _("It works again.")), by=None)
    tell(
        hearers(),
        lambda: _("A check finds: “%(component)s” works again.") % _named(component, outage),
        kind=NoticeKind.DESK,
        about="component",
        about_id=component.pk,
    )


def _told_already(component: Component) -> Report | None:
    """A report of it that goes on; the check only adds to that."""
    going = Outage.objects.going_on().filter(component=component, report__ended_at=None, report__isnull=False)
    found = going.select_related("report").order_by("pk").first()
    return found.report if found else None


def _begin(outage: Outage) -> Report:
    component = outage.component
    title = in_both(lambda: _("“%(component)s” %(state)s") % _named(component, outage))
    made = Report.objects.create(
        title_ru=title.russian, title_en=title.english, began_at=outage.began_at, is_automatic=True
    )
    publish(ReportPublished(report_id=made.pk))
    made.say(Stage.SEEN, in_both(lambda: _("Our checks have noticed it. We look into it and write here.")), by=None)
    return made


def warn_of_late_works() -> int:
    """Works that nobody ended in time are told once to who leads."""
    late = Works.objects.running().filter(warned_at=None, ends_at__lte=clock.now() - LATE)
    found = list(late)
    for one in found:
        late.filter(pk=one.pk).update(warned_at=clock.now())
        tell(
            hearers(),
            lambda one=one: _("Planned works were to be over by now: %s. End them, or write why not.") % one.title,  # type: ignore[misc]
            kind=NoticeKind.DESK,
            about="works",
            about_id=one.pk,
        )
    return len(found)


def in_both(say) -> Said:  # type: ignore[no-untyped-def]
    """The same words in both languages of the page; `say` is asked in each."""
    with translation.override("ru"):
        russian = say()
    with translation.override("en"):
        english = say()
    return Said(russian, english)


def _named(component: Component, outage: Outage) -> dict[str, str]:
    return {"component": component.name, "state": str(State(outage.state).label)}
