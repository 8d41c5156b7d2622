"""Vacancies and candidates: marks given alone, a proposal, and a person who decides and signs."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.staff.models import User
from otklik.front.board.lately import of_layer
from otklik.front.board.people.door import allowed, done, found, reader, said, written
from otklik.front.board.people.forms import (
    CandidateForm,
    CriterionForms,
    DecisionForm,
    ProfileForm,
    SheetForm,
    VacancyForm,
)
from otklik.team.people.access import may_manage
from otklik.team.people.assessing import assessment, discuss, may_see_marks
from otklik.team.people.models import Candidate, HiringProfile, ProfileCriterion, Sheet, Stage, Vacancy
from otklik.team.people.models.candidate import FEWEST_INTERVIEWERS
from otklik.team.people.reckoning import FEWEST, agreement, early_attrition, hired_by

MOST = 100
OPEN_FIRST = (F("closed_on").desc(nulls_first=True), "-pk")
CHIPS = {"green": "ok", "yellow": "soon", "red": "breach"}


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Vacancies, what the interviews are worth, and who left early."""
    user = reader(request)
    open_ = Count("candidates", filter=Q(candidates__stage=Stage.OPEN), distinct=True)
    taken = Count("candidates", filter=Q(candidates__stage=Stage.HIRED), distinct=True)
    rows = Vacancy.objects.filter(pk__in=Vacancy.objects.visible_to(user).values("pk"))
    seen = Candidate.objects.visible_to(user)
    early = early_attrition(hired_by(user))
    context = {
        "rows": rows.select_related("team", "profile").annotate(open=open_, taken=taken).order_by(*OPEN_FIRST)[:MOST],
        "own": Candidate.objects.filter(person=user).first(),
        "profiles": HiringProfile.objects.all()[:MOST] if may_manage(user) else [],
        "may_manage": may_manage(user),
        "fewest": FEWEST,
        "early": early,
        "early_said": said(of_layer(user, "hire.early_attrition")),
        "agreed": agreement(seen.exclude(stage=Stage.OPEN).values_list("pk", flat=True)) if may_manage(user) else None,
    }
    return render(request, "board/people/hiring.html", context)


@login_required
@never_cache
def new_profile(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    allowed(user, may_manage(user))
    form = ProfileForm(request.POST or None)
    rows = CriterionForms(request.POST or None, prefix="c")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        told = [one for one in rows if one.has_changed()]
        if told:
            with transaction.atomic():
                profile = HiringProfile.objects.create(name=form.cleaned_data["name"], made_by=user)
                for place, one in enumerate(told):
                    one.instance.profile, one.instance.place = profile, place
                    one.save()
            return redirect("board:hiring_profile", profile.pk)
    is_empty = request.method == "POST" and rows.is_valid() and not any(one.has_changed() for one in rows)
    status = 422 if form.errors or any(one.errors for one in rows) or is_empty else 200
    context = {"form": form, "rows": rows, "is_empty": is_empty}
    return render(request, "board/people/new_profile.html", context, status=status)


@login_required
@never_cache
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked and looked at, the same for everybody."""
    user = reader(request)
    one = found(HiringProfile.objects.select_related("made_by"), pk)
    allowed(user, may_manage(user) or Vacancy.objects.visible_to(user).filter(profile=one).exists())
    return render(request, "board/people/profile.html", {"profile": one, "criteria": one.criteria.all()})


@login_required
@never_cache
def new_vacancy(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    allowed(user, may_manage(user))
    form = VacancyForm(user, request.POST or None, initial={"profile": request.GET.get("profile")})

    def act() -> HttpResponse:
        form.instance.made_by = user
        return redirect("board:vacancy", form.save().pk)

    return written(request, form, act, {"page": "vacancy", "back": "board:hiring"})


@login_required
@never_cache
def vacancy(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came, and the form of one more."""
    user = reader(request)
    one = _vacancy(user, pk)
    may = one.may_decide(user)
    form = CandidateForm(request.POST or None)
    if request.method == "POST":
        allowed(user, may, one.closed_on is None)

    def act() -> HttpResponse:
        form.instance.vacancy, form.instance.made_by = one, user
        return redirect("board:candidate", form.save().pk)

    gave = set(Sheet.objects.filter(candidate__vacancy=one, by=user).values_list("candidate", flat=True))
    interviewers = list(one.interviewers.order_by("name"))
    context = {
        "vacancy": one,
        "rows": one.candidates.annotate(n=Count("sheets")).order_by("-came_on", "-pk")[:MOST],
        "gave": gave,
        "interviewers": interviewers,
        "is_interviewer": user in interviewers,
        "may": may,
    }
    return written(request, form, act, context, "board/people/vacancy.html")


@login_required
@require_POST
def close_vacancy(request: HttpRequest, pk: int) -> HttpResponse:
    user = reader(request)
    one = _vacancy(user, pk)
    allowed(user, one.may_decide(user))
    return done(request, lambda: one.close(by=user), "board:vacancy", pk)


@login_required
@never_cache
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """Their profile as far as the reader may see it by now, and the decision."""
    user = reader(request)
    one = _candidate(user, pk)
    may = one.vacancy.may_decide(user) and one.person_id != user.pk
    is_own = one.person_id == user.pk
    form = DecisionForm(request.POST or None) if may and one.is_open else None
    if request.method == "POST":
        allowed(user, form is not None)
    context = {
        **_seen(user, one),
        "candidate": one,
        "criteria": list(one.vacancy.profile.criteria.all()),
        "is_own": is_own,
        "may": may,
        "fewest": FEWEST_INTERVIEWERS,
    }
    if form is None:
        return render(request, "board/people/candidate.html", context)

    def act() -> HttpResponse:
        told = form.cleaned_data
        one.decide(told["stage"], told["word"], by=user, person=told["person"], hired_on=told["hired_on"])
        return redirect("board:candidate", pk)

    return written(request, form, act, context, "board/people/candidate.html")


def _seen(user: User, one: Candidate) -> dict[str, Any]:
    told = assessment(one)
    sees = may_see_marks(one, user)
    group = one.group or told.group
    is_asked = one.is_open and one.vacancy.interviewers.filter(pk=user.pk).exists()
    return {
        "told": told,
        "sees": sees,
        "group": group,
        "chip": CHIPS.get(group, ""),
        "is_asked": is_asked and not one.sheets.filter(by=user).exists(),
        "awaited": is_asked and not sees,
        "may_discuss": one.is_open and sees and one.person_id != user.pk,
    }


@login_required
@never_cache
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """The same questions for everybody; marks are given once and not changed."""
    user = reader(request)
    one = _candidate(user, pk)
    is_asked = one.is_open and one.vacancy.interviewers.filter(pk=user.pk).exists()
    allowed(user, is_asked, not one.sheets.filter(by=user).exists())
    criteria = list(ProfileCriterion.objects.filter(profile=one.vacancy.profile_id))
    form = SheetForm(criteria, request.POST or None)

    def act() -> HttpResponse:
        Sheet.objects.give(one, form.marks(), by=user)
        return redirect("board:candidate", pk)

    return written(request, form, act, {"candidate": one}, "board/people/score.html")


@login_required
@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """discuss, erase, comment."""
    user = reader(request)
    one, told = _candidate(user, pk), request.POST
    may = one.vacancy.may_decide(user) and one.person_id != user.pk
    if name == "discuss":
        number = told.get("criterion", "")
        if not (number.isascii() and number.isdecimal() and len(number) < 19):
            raise Http404
        allowed(user, may or one.vacancy.interviewers.filter(pk=user.pk).exists())
        return done(request, lambda: discuss(one, int(number), told.get("words", ""), by=user), "board:candidate", pk)
    if name == "erase":
        allowed(user, may)
        return done(request, lambda: one.erase(by=user), "board:vacancy", one.vacancy_id)
    if name == "comment":
        allowed(user, one.person_id == user.pk)
        return done(request, lambda: one.say(told.get("comment", ""), by=user), "board:candidate", pk)
    raise Http404


def _vacancy(user: User, pk: int) -> Vacancy:
    return found(Vacancy.objects.visible_to(user).select_related("team", "profile"), pk)


def _candidate(user: User, pk: int) -> Candidate:
    rows = Candidate.objects.visible_to(user)
    return found(rows.select_related("vacancy__team", "vacancy__profile", "decided_by", "person", "made_by"), pk)
