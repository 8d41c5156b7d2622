"""Human error never ends a chain."""

import pytest

from otklik.care.complaints.causes import Cause, branch_of, grouped, is_human_error, said
from otklik.care.complaints.models import Complaint
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict, Invalid

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "words",
    [
        "Человеческий фактор",
        "ошибка сотрудника",
        "Оператор забыл перезвонить",
        "Инженер просто не заметил письмо",
        "Невнимательность.",
        "human error",
        "The agent forgot to call back",
        "Carelessness",
    ],
)
def test_a_slip_is_no_cause(words: str) -> None:
    assert is_human_error(words)


@pytest.mark.parametrize(
    "words",
    [
        "В карточке нет поля для даты выезда, поэтому её можно забыть",
        "Правило назначения не знает о выходных",
        "Ошибка в тарифе на сайте",
        "Клиент ошибся адресом",
        "No field for the date in the form",
        "The rule misses weekends",
    ],
)
def test_what_let_it_happen_is_one(words: str) -> None:
    assert not is_human_error(words)


def test_every_leaf_has_a_branch() -> None:
    assert {branch_of(cause) for cause in Cause.values} == {
        *("people", "process", "product", "platform", "promise", "price", "partner", "information", "client")
    }
    assert sum(len(leaves) for _label, leaves in grouped()) == len(Cause)
    assert said("people.load").count(": ") == 1 and said("nothing") == ""


def test_the_chain_ends_with_what_can_be_mended(file, boris: User, head: User) -> None:
    one: Complaint = file(upto="investigating")
    for whys, found, cause, field in (
        ([], "Нет поля", "process.missing", "whys"),
        (["Не позвонили", "Оператор забыл"], "Нет поля", "process.missing", "whys"),
        (["Не позвонили"], "Человеческий фактор", "process.missing", "found"),
        (["Не позвонили"], "", "process.missing", "found"),
        (["Не позвонили"], "Нет поля", "fate", "cause"),
    ):
        with pytest.raises(Invalid) as refused:
            one.explain(whys, found, cause, by=head)
        assert refused.value.field == field
    one.explain(
        ["Не позвонили", "Оператор забыл", "В карточке нет поля для даты"], "Нет поля", "process.missing", by=head
    )
    assert one.whys[-1] == "В карточке нет поля для даты" and one.cause == "process.missing"


def test_nobody_explains_what_nobody_investigates(file, head: User) -> None:
    with pytest.raises(Conflict):
        file().explain(["Не позвонили"], "Нет поля", "process.missing", by=head)
