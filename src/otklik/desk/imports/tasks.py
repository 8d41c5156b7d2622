"""Jobs that go through a file or a whole desk; a job of a dead process is put back and goes on where it ended."""

from django.utils import translation
from procrastinate.contrib.django import app

from otklik.core.staff.models import User
from otklik.desk.imports.models import Import, Takeover
from otklik.desk.imports.running import run
from otklik.desk.imports.taking_over import go_on


@app.task(name="imports.work")
def work(import_id: int) -> None:
    of = Import.objects.select_related("by", "channel__team").get(pk=import_id)
    if of.is_going:
        with translation.override(_language(of.by)):
            run(of)


@app.task(name="imports.take_over")
def take_over(takeover_id: int) -> None:
    of = Takeover.objects.select_related("by", "channel__team").get(pk=takeover_id)
    if of.is_going:
        with translation.override(_language(of.by)):
            go_on(of)


def start(of: Takeover) -> None:
    """One after the other: whoever stops and begins anew does not read into the same shelf twice."""
    take_over.configure(lock=f"imports.take_over:{of.pk}").defer(takeover_id=of.pk)


def _language(by: User | None) -> str:
    return (by and by.language) or translation.get_language()
