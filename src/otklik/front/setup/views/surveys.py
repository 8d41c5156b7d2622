"""Surveys: what clients are asked, when, and by which version."""

from typing import Any

from django.contrib import messages
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from otklik.care.surveys import links
from otklik.care.surveys.models import CannotBegin, Question, Survey
from otklik.care.surveys.scales import Kind
from otklik.front.setup import access
from otklik.front.setup.forms import SurveyForm, SurveyQuestionForm
from otklik.front.setup.views.page import settings_page, told

MOST = 200


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The head and administrators change surveys, leads read them."""
    may = access.can_set_secrecy(request.user)
    return settings_page(request, template, "surveys", {**context, "can_change": may}, status)


@access.heads
def surveys(request: HttpRequest) -> HttpResponse:
    Survey.objects.after_answer()  # a new desk sees the one that it begins with
    numbers = {"asked": Max("versions__number", filter=~Q(versions__frozen_at=None)), "newest": Max("versions__number")}
    found = Survey.objects.annotate(**numbers).order_by("ended_at", "name", "id")
    return _page(request, "setup/surveys.html", {"rows": found[:MOST]})


@access.heads
def survey(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One survey with its questions, or a new one."""
    found = get_object_or_404(Survey, pk=pk) if pk else None
    if found is None and not access.can_set_secrecy(request.user):
        return redirect("setup:surveys")
    name = found.name if found else ""
    form = SurveyForm(request.POST or None, instance=found)
    if form.is_valid():
        saved = form.save()
        told(request, "survey", saved, form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("setup:survey", pk=saved.pk)
    context = {"form": form, "survey": found, "name": name, **(_of(found) if found else {})}
    return _page(request, "setup/survey.html", context, 422 if form.is_bound else 200)


def _of(survey: Survey) -> dict[str, Any]:
    versions = list(survey.versions.order_by("-number"))
    draft = next((one for one in versions if one.frozen_at is None), None)
    current = next((one for one in versions if one.frozen_at), None)
    shown = draft or current
    return {
        "versions": versions,
        "draft": draft,
        "current": current,
        "shown": shown,
        "questions": shown.asked() if shown else [],
        "editable": survey.state == Survey.State.DRAFT or draft is not None,
        "differences": draft.differences(current) if draft and current else [],
        "address": links.address_of(survey),
        "qr": links.qr_of(survey),
        "snippet": links.snippet_of(survey),
    }


@access.heads
def question(request: HttpRequest, pk: int, question: int | None = None) -> HttpResponse:
    """One question of the version that is written; of a running survey it has to be begun first."""
    survey = get_object_or_404(Survey, pk=pk)
    if not access.can_set_secrecy(request.user) or survey.state == Survey.State.ENDED:
        return redirect("setup:survey", pk=pk)
    if not question and survey.is_running and survey.drafted() is None:
        return redirect("setup:survey", pk=pk)  # a version is begun by its button, not by looking
    one = _question(survey, question) if question else Question(version=survey.draft(), kind=Kind.CSAT5)
    form = SurveyQuestionForm(request.POST or None, one)
    if form.is_valid():
        saved = form.save()
        told(request, "survey", survey, [f"question {saved.position}"])
        messages.success(request, _("Saved."))
        for free in form.let_go:
            told_of = {"question": free.words}
            messages.warning(
                request, _("“%(question)s” is asked of everybody now: the answer it hung on is gone.") % told_of
            )
        return redirect("setup:survey", pk=pk)
    context = {"form": form, "survey": survey, "question": one if question else None}
    return _page(request, "setup/survey_question.html", context, 422 if form.is_bound else 200)


def _question(survey: Survey, pk: int) -> Question:
    """Of the version that is written; what clients are asked by now is not there to be changed."""
    beside = Question.objects.select_related("version", "follows")
    return get_object_or_404(beside, pk=pk, version__survey=survey, version__frozen_at=None)


@access.heads
@require_POST
def step(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    survey = get_object_or_404(Survey, pk=pk)
    if _question(survey, question).step(-1 if request.POST.get("to") == "up" else 1):
        told(request, "survey", survey, ["order"])
    else:
        messages.warning(request, _("It stays where it is: no question comes before the one that brings it up."))
    return redirect("setup:survey", pk=pk)


@access.heads
@require_POST
def drop(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """The question, and those that were asked because of it."""
    survey = get_object_or_404(Survey, pk=pk)
    one = _question(survey, question)
    because = one.version.questions.filter(follows=one).count()
    one.delete()
    told(request, "survey", survey, ["questions"])
    if because:
        more = ngettext("and %(n)s question asked because of it", "and %(n)s questions asked because of it", because)
        messages.success(request, f"{_('Taken away: %s') % one.words}, {more % {'n': because}}")
    else:
        messages.success(request, _("Taken away: %s") % one.words)
    return redirect("setup:survey", pk=pk)


@access.heads
@require_POST
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin another version, or throw the one that was begun away."""
    survey = get_object_or_404(Survey, pk=pk)
    if request.POST.get("do") == "drop" and survey.current():
        for one in survey.versions.filter(frozen_at=None):
            one.delete()
    elif survey.state != Survey.State.ENDED:
        survey.draft()
    told(request, "survey", survey, ["questions"])
    return redirect("setup:survey", pk=pk)


@access.heads
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    survey = get_object_or_404(Survey, pk=pk)
    try:
        version = survey.begin()
    except CannotBegin as problem:
        context = {"form": SurveyForm(instance=survey), "survey": survey, "name": survey.name, "problem": str(problem)}
        return _page(request, "setup/survey.html", {**context, **_of(survey)}, 422)
    told(request, "survey", survey, [f"version {version.number}"])
    messages.success(request, _("Version %s is asked from now on.") % version.number)
    return redirect("setup:survey", pk=pk)


@access.heads
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    survey = get_object_or_404(Survey, pk=pk)
    if survey.is_running:
        survey.end()
    told(request, "survey", survey, ["ended"])
    messages.success(request, _("Nobody is asked by this survey any more."))
    return redirect("setup:survey", pk=pk)
