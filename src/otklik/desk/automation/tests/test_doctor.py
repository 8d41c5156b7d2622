"""The doctor says what has paused itself."""

import pytest

from otklik.desk.automation import doctor
from otklik.desk.automation.models import Rule
from otklik.desk.automation.tests.conftest import MakeRule

pytestmark = pytest.mark.django_db


def test_what_has_paused_itself_is_named(rule: MakeRule):
    assert list(doctor.examine()) == []
    made = rule("opened")
    assert [one.level for one in doctor.examine()] == ["good"]
    Rule.objects.filter(pk=made.pk).update(paused_at=made.changed_at)
    (finding,) = doctor.examine()
    assert finding.level == "warning" and "Правило 0" in str(finding.words)
