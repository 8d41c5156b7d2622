"""How long a session lives, and what it remembers so that no request has to ask the database."""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff import events
from otklik.core.staff.models import Absence, Availability, Organisation, User
from otklik.core.staff.models.attending import AT_WORK
from otklik.core.staff.policies import FRESH_SECONDS, IDLE_SECONDS_ADMINISTRATOR, SESSION_SECONDS

BEGAN, SEEN, OWES = "began", "seen", "owes_second_factor"


def begin(sender: Any, request: HttpRequest, user: User, **details: Any) -> None:
    """Receiver of user_logged_in: stamp the session, note whether a second factor is owed."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())
    if user.owes_second_factor:
        request.session[OWES] = True
    with transaction.atomic():
        publish(events.SignedIn(user.pk, request.META.get("REMOTE_ADDR", "")), by=user)
        if Absence.objects.current_of(user.pk, clock.now()) is None:
            user.arrive()


def left(sender: Any, request: HttpRequest, user: User | None, **details: Any) -> None:
    """Receiver of user_logged_out: whoever is signed in nowhere any more is away, unless they said more than that."""
    if user is not None:
        go(request, user)


def go(request: HttpRequest, person: User, *, unseen: bool = False) -> None:
    """The session ends now or, `unseen`, has run out: nobody knows what the person did at its end."""
    if person.availability not in AT_WORK:
        return
    here = request.session.session_key
    if all(session.session_key == here for session in UserSession.objects.purge_and_list(person)):
        person.say(Availability.AWAY, by=None if unseen else person, unseen=unseen)


def second_factor_changed(sender: Any, request: HttpRequest, user: User, **details: Any) -> None:
    """Receiver of authenticator_added and authenticator_removed: the debt is paid, or is there again."""
    if user.has_second_factor:
        request.session.pop(OWES, None)
    elif Organisation.objects.current().asks_second_factor(user):
        request.session[OWES] = True


def sign_in(request: HttpRequest, person: User) -> None:
    """Begin a session for somebody who has just proved who they are by a link or the set-up code."""
    get_adapter().login(request, person)
    UserSession.objects.create_from_request(request)


def is_over(request: HttpRequest, person: User) -> bool:
    """Twelve hours at most; an administrator who is away for an hour signs in anew."""
    now = int(time.time())
    session = request.session
    if now - session.setdefault(BEGAN, now) > SESSION_SECONDS:
        return True
    if not person.administers:
        return False
    idle = now - session.setdefault(SEEN, now)
    if 60 < idle <= IDLE_SECONDS_ADMINISTRATOR:
        session[SEEN] = now
    return idle > IDLE_SECONDS_ADMINISTRATOR


def is_fresh(request: HttpRequest) -> bool:
    return int(time.time()) - request.session.get(BEGAN, 0) < FRESH_SECONDS


def owes_second_factor(request: HttpRequest, person: User) -> bool:
    """Asks the database only while something is owed: it may have been paid in another browser."""
    if request.session.get(OWES) and person.has_second_factor:
        del request.session[OWES]
    return bool(request.session.get(OWES))


def of(person: User) -> list[UserSession]:
    """Open sessions, newest first; `words` of each says what browser it is."""
    found = sorted(UserSession.objects.purge_and_list(person), key=lambda session: session.created_at, reverse=True)
    for session in found:
        session.words = browser(session.user_agent)
    return found


BROWSERS = {
    "YaBrowser/": "Yandex Browser",
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox/": "Firefox",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def browser(agent: str) -> str:
    """Firefox, Windows: what a User-Agent header says to a person, or the beginning of it."""
    names = [next((name for sign, name in table.items() if sign in agent), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in names if name) or agent[:40] or "?"


def end_others(request: HttpRequest, person: User) -> None:
    """Everywhere but here."""
    person.end_sessions()
    update_session_auth_hash(request, person)
    UserSession.objects.create_from_request(request)
