"""By how much, and to which side, a forecast missed: W12's own example in words."""

from django.utils import translation

from otklik.core.formulas import forecast_accuracy
from otklik.core.formulas.ladder import HourForecast
from otklik.front.board import missed


def told(mase: float | None = None, came: list[float] | None = None) -> HourForecast:
    accuracy = forecast_accuracy(came or [100, 120, 80, 0, 40], [110, 105, 84, 3, 46])
    empty: HourForecast = {
        "method": "mean", "hours": [], "lo": [], "hi": [], "days": [], "days_lo": [], "days_hi": [],
        "day_wape": accuracy["wape"], "day_bias": accuracy["bias"], "day_mase": mase, "hour_wape": 0.3, "came": 340,
    }  # fmt: skip
    return empty


def test_the_example_of_W12() -> None:
    with translation.override("ru"):
        assert missed.wape(told()) == "11\xa0%" and missed.bias(told()) == "+2,4\xa0%" and missed.mase(told()) == "—"
        said = missed.says(told(0.8)).replace("\xa0", " ")
    assert "прогноз дня ошибался на 11 %, часа — на 30 %" in said
    assert "В сумме предсказано на 2,4 % больше, чем пришло." in said
    assert "Ошибка — 0,80 от ошибки правила «как неделю назад»: прогноз помогает." in said


def test_to_the_other_side_and_worse_than_last_week() -> None:
    with translation.override("ru"):
        less = told(1.25, [120, 140, 80, 0, 60])  # 400 came, 348 were told
        assert missed.bias(less) == "−13,0\xa0%"
        said = missed.says(less).replace("\xa0", " ")
    assert "на 13,0 % меньше, чем пришло" in said and "1,25" in said and "не помогает" in said


def test_nothing_came_and_nothing_is_said() -> None:
    empty = told(None, [0, 0, 0, 0, 0])
    assert missed.says(empty) == "" and {missed.wape(empty), missed.bias(empty), missed.mase(empty)} == {"—"}
