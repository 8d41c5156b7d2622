"""Courses in waves, attestations, and tests that measure something or do not."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.staff.models import Skill, User
from otklik.front.board.lately import of_layer
from otklik.front.board.people.door import allowed, found, reader, said, written
from otklik.front.board.people.forms import (
    AttestationForm,
    CourseForm,
    PointsForm,
    TestForm,
    WaveForm,
    people_of,
)
from otklik.team.metrics.days import today
from otklik.team.people.access import answers_for, may_manage, runs_people
from otklik.team.people.models import Attestation, KnowledgeTest, Seat, Wave
from otklik.team.people.reckoning import gain_of, reliability, skills_of

MOST = 100


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """What one learns and is attested in, and one's people."""
    user = reader(request)
    people = [*people_of(user)[: 3 * MOST]] if may_manage(user) else []
    owed = skills_of([user, *people])
    share = of_layer(user, "attest.valid")
    tests = KnowledgeTest.objects.select_related("skill").prefetch_related("sheets")
    context = {
        "waves": Wave.objects.visible_to(user).select_related("course__skill")[:MOST],
        "owed": owed[:MOST],
        "share": share,
        "share_said": said(share),
        "last": Attestation.objects.visible_to(user).select_related("person", "skill", "by")[:20],
        "tests": [{"test": one, "told": reliability(one)} for one in (tests[:20] if may_manage(user) else ())],
        "products": Skill.objects.filter(attestations__of_product=True).distinct() if runs_people(user) else [],
        "may_manage": may_manage(user),
        "user_id": user.pk,
    }
    return render(request, "board/people/training.html", context)


@login_required
@never_cache
def new_course(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    allowed(user, may_manage(user))
    form = CourseForm(request.POST or None)

    def act() -> HttpResponse:
        form.save()
        return redirect("board:new_wave")

    return written(request, form, act, {"page": "course", "back": "board:training"})


@login_required
@never_cache
def new_wave(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    allowed(user, may_manage(user))
    form = WaveForm(user, request.POST or None)

    def act() -> HttpResponse:
        wave: Wave = form.save(commit=False)
        wave.made_by = user
        wave.save()
        Seat.objects.bulk_create(Seat(wave=wave, person=person) for person in form.cleaned_data["learners"])
        return redirect("board:wave", wave.pk)

    return written(request, form, act, {"page": "wave", "back": "board:training"})


@login_required
@never_cache
def wave(request: HttpRequest, pk: int) -> HttpResponse:
    """Points before and after of the people the reader may see; the gain is of these."""
    user = reader(request)
    one = found(Wave.objects.visible_to(user).select_related("course__skill"), pk)
    seats = list(Seat.objects.visible_to(user).filter(wave=one).select_related("person"))
    theirs = [seat for seat in seats if may_manage(user) and answers_for(user, seat.person)]
    if request.method == "POST":
        allowed(user, bool(theirs))
    form = PointsForm(theirs, request.POST or None)

    def act() -> HttpResponse:
        one.points(form.points())
        return redirect("board:wave", pk)

    context = {
        "wave": one,
        "seats": seats,
        "gain": gain_of(seats) if may_manage(user) else None,
        "may": bool(theirs),
    }
    return written(request, form, act, context, "board/people/wave.html")


@login_required
@never_cache
def attest(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    allowed(user, may_manage(user))
    begun = {"taken_on": today().isoformat(), "person": request.GET.get("person"), "skill": request.GET.get("skill")}
    form = AttestationForm(user, request.POST or None, initial=begun)

    def act() -> HttpResponse:
        told = dict(form.cleaned_data)
        person, skill, day = told.pop("person"), told.pop("skill"), told.pop("taken_on")
        Attestation.objects.take(person, skill, by=user, on=day, **told)
        return redirect("board:training")

    return written(request, form, act, {"page": "attestation", "back": "board:training"})


@login_required
@require_POST
def end_product(request: HttpRequest) -> HttpResponse:
    """A product has changed: all of its attestations are over."""
    user: User = reader(request)
    allowed(user, runs_people(user))
    number = request.POST.get("skill", "")
    skill = found(Skill.objects.all(), int(number) if number.isascii() and number.isdecimal() else 0)
    count = Attestation.objects.all().end_product(skill, by=user)
    text = ngettext("%(count)s attestation is over.", "%(count)s attestations are over.", count)
    messages.success(request, text % {"count": count})
    return redirect("board:training")


@login_required
@never_cache
def new_test(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    allowed(user, may_manage(user))
    form = TestForm(user, request.POST or None, initial={"held_on": today().isoformat()})

    def act() -> HttpResponse:
        KnowledgeTest.objects.enter(**form.cleaned_data, by=user)
        return redirect("board:training")

    return written(request, form, act, {"page": "test", "back": "board:training"})
