"""The audit trail: who did what with the desk, from where, and how values changed."""

import json

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from otklik.core.audit.chain import head
from otklik.core.audit.models import Line
from otklik.core.audit.reading import SORTS, Asked, Told, is_of_person, portions
from otklik.core.audit.writing import note
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.imports import sheets
from otklik.front.setup import access
from otklik.front.setup.views.page import settings_page

SHOWN = 50
HEADER = (
    *("id", "at", "kind", "outcome", "about", "about_id", "actor", "program", "door", "address", "session", "call"),
    *("before", "after"),
)


class AuditForm(forms.Form):
    """What of the trail is wanted."""

    person = forms.ModelChoiceField(User.objects.order_by("name"), required=False, label=_("Who"))
    sort = forms.ChoiceField(required=False, label=_("What"))
    since = forms.DateField(required=False, label=_("From day"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, label=_("To day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *arguments: object, **details: object) -> None:
        super().__init__(*arguments, **details)  # type: ignore[arg-type]
        self.fields["person"].empty_label = _("Everybody")  # type: ignore[attr-defined]
        self.fields["sort"].choices = [("", _("Everything")), *((code, sort[0]) for code, sort in SORTS.items())]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """Without what was not understood."""
        self.is_valid()
        told = self.cleaned_data
        person = told.get("person")
        return Asked(person.pk if person else None, told.get("sort", ""), told.get("since"), told.get("until"))


@access.auditors
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    form = AuditForm(request.GET)
    found = form.asked().lines()
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 18:
        found = found.filter(pk__lt=int(before))
    rows = list(found[: SHOWN + 1])
    narrowed = request.GET.copy()
    narrowed.pop("before", None)
    context = {
        "form": form,
        "rows": _told(rows[:SHOWN]),
        "next": rows[SHOWN - 1].pk if len(rows) > SHOWN else None,
        "query": narrowed.urlencode(),
        "head": head(),
    }
    return settings_page(request, "setup/audit.html", "audit", context, 200 if form.is_valid() else 422)


def _told(lines: list[Line]) -> list[Told]:
    numbers = {line.about_id for line in lines if is_of_person(line) and line.about_id}
    people = {str(pk): name for pk, name in User.objects.filter(pk__in=numbers).values_list("pk", "name")}
    return [Told(line, people) for line in lines]


@access.auditors
@require_safe
def audit_table(request: HttpRequest) -> StreamingHttpResponse:
    """The same as CSV, every line; that it was taken is a line, too."""
    note("audit.exported", "setup:audit", after={"head": str(head())})
    rows = (
        [
            *(line.pk, line.at, line.kind, line.outcome, line.about, line.about_id),
            *(line.actor.login if line.actor else "", line.program_id, line.door, line.address, line.session),
            *(line.call, json.dumps(line.before, ensure_ascii=False), json.dumps(line.after, ensure_ascii=False)),
        ]
        for line in portions(AuditForm(request.GET).asked().lines())
    )
    response = StreamingHttpResponse(sheets.as_csv(HEADER, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="audit-{clock.now():%Y-%m-%d}.csv"'
    return response
