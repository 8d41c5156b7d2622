"""What is said by itself: words of ours that name nothing but the component, and a notice to who leads."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from otklik.care.status.access import hearers, setters
from otklik.care.status.events import ReportPublished
from otklik.care.status.models import Check, Component, Outage, Report, StatusPolicy, Works
from otklik.care.status.models.report import in_both as in_both
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
    """While works that were announced run, it is written down and everybody has been told: see `after_works`."""
    component = outage.component
    expected = Works.objects.keeping().filter(components=component).exists()
    if not expected:
        _say_so(outage)
    tell(
        hearers(),
        lambda: _("A check finds: “%(component)s” %(state)s.") % _named(component, outage),
        kind=NoticeKind.DESK,
        about="component",
        about_id=component.pk,
        urgent=outage.state == State.DOWN and not expected,
    )


def _say_so(outage: Outage) -> bool:
    """As part of what is told already, or as a report of its own, where the page speaks by itself."""
    component = outage.component
    report = _told_already(component)
    if report is None and component.is_shown and StatusPolicy.objects.current().speaks_itself:
        report = _begin(outage)
    if report is None:
        return False
    outage.report, outage.affected = report, report.affected
    outage.save(update_fields=["report", "affected"])
    return True


def after_works() -> int:
    """What failed in works, and still does now that they are over or longer than announced, is told like any other."""
    keeping = Works.objects.keeping().filter(components=OuterRef("component"))
    within = Works.objects.standing().filter(
        components=OuterRef("component"), begins_at__lte=OuterRef("made_at"), ends_at__gt=OuterRef("began_at")
    )
    unsaid = Outage.objects.faults().going_on().filter(source=Outage.Source.CHECK, report=None)
    found = unsaid.filter(~Exists(keeping), Exists(within))
    return sum(_late_word(pk) for pk in found.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _late_word(pk: int) -> bool:
    held = Outage.objects.faults().going_on().select_for_update(of=("self",)).filter(pk=pk, report=None)
    outage = held.select_related("component").first()
    return outage is not None and _say_so(outage)


def of_blind(check: Check) -> None:
    """It cannot ask, and that is for us to mend: told once, to who sets it."""
    said = {"component": check.component.name, "address": check.address}
    tell(
        setters(),
        lambda: (
            _("A check of “%(component)s” may not go to %(address)s: allow it by OTKLIK_EGRESS_ALLOW.") % said
            if check.why == "forbidden"
            else _("A check of “%(component)s” cannot read its address: %(address)s.") % said
        ),
        kind=NoticeKind.DESK,
        about="component",
        about_id=check.component_id,
    )


def _ended(outage: Outage) -> None:
    component, report = outage.component, outage.report
    if report is not None:
        report.over_by_itself(in_both(lambda: _("It works again.")))
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


def _named(component: Component, outage: Outage) -> dict[str, str]:
    return {"component": component.name, "state": str(State(outage.state).label)}
