"""AUDIT-1: the trail is only ever added to, and every privileged act and refusal is in it."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client

from otklik.core.audit.models import Line, Outcome
from otklik.core.audit.writing import note
from otklik.core.staff.models import Team, User
from tests.fixtures.cast import signed_in

pytestmark = pytest.mark.django_db


def newest(**named: object) -> Line:
    return Line.objects.filter(**named).order_by("-id")[0]


@pytest.mark.parametrize("table", ["audit_line", "audit_seal"])
@pytest.mark.parametrize("words", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_AUDIT_1_not_even_the_owner_changes_it_by_mistake(table: str, words: str):
    note("test")
    words = words.replace("id = id", "number = number") if table == "audit_seal" else words
    refused = pytest.raises(ProgrammingError, match="only ever added")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(words.format(table))


def test_AUDIT_1_an_act_leaves_who_when_from_where_before_and_after(admin: User, anna: User):
    browser = signed_in(admin)
    browser.post(
        f"/settings/people/{anna.pk}/",
        {"name": anna.name, "login": anna.login, "email": anna.email, "role": "lead", "teams": [Team.objects.get().pk]},
        REMOTE_ADDR="10.1.2.3",
    )
    line = newest(about="staff.User", kind="row.update", after__role="lead")
    assert (line.actor, line.address, line.door, line.outcome) == (admin, "10.1.2.3", "page", "done")
    assert line.before["role"] == "agent" and line.session and line.call
    assert newest(kind="staff.PersonAppointed").call == line.call


def test_AUDIT_1_names_and_secrets_are_left_out(anna: User):
    anna.name = "Somebody Else"
    anna.set_password("a very new passphrase")
    anna.save()
    line = newest(about="staff.User", about_id=str(anna.pk))
    assert line.after == {"name": "*", "password": "*"}


def test_AUDIT_1_a_bulk_statement_leaves_a_line_too(anna: User):
    User.objects.filter(pk=anna.pk).update(role="head")
    line = newest(about="staff.User", about_id=str(anna.pk))
    assert (line.before, line.after, line.door) == ({"role": "agent"}, {"role": "head"}, "database")


def test_AUDIT_1_refusals(anna: User):
    signed_in(anna).post("/settings/organisation/", {"name": "Mine"})
    line = newest(outcome=Outcome.REFUSED)
    assert (line.actor, line.kind, line.about) == (anna, "refused", "setup:organisation")


def test_AUDIT_1_failed_sign_ins(anna: User):
    Client().post("/sign-in/", {"login": anna.login, "password": "wrong"}, REMOTE_ADDR="10.9.8.7")
    line = newest(kind="sign-in.failed")
    assert (line.about_id, line.address, line.outcome, line.actor) == (str(anna.pk), "10.9.8.7", "failed", None)


def test_AUDIT_1_sign_ins(anna: User):
    anna.set_password("correct horse battery")
    anna.save()
    Client().post("/sign-in/", {"login": anna.login, "password": "correct horse battery"}, REMOTE_ADDR="10.9.8.7")
    line = newest(kind="staff.SignedIn")
    assert (line.actor, line.address) == (anna, "10.9.8.7")


def test_the_connection_forgets_who_acted(admin: User):
    signed_in(admin).post("/settings/organisation/", {})
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('otklik.door', true)")
        assert cursor.fetchone()[0] in ("", None)


def test_strangers_leave_no_lines():
    before = Line.objects.count()
    Client(enforce_csrf_checks=True).post("/settings/organisation/", {})
    assert Line.objects.count() == before
