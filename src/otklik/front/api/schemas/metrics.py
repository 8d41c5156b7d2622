"""Metrics and their figures."""

from datetime import date

from ninja import Field, Schema


class MetricOut(Schema):
    id: str
    name: str
    short: str = Field("", description='what the field calls it, as "FRT"; "" where it has no name of its own')
    says: str = Field(description="what it counts")
    formula: str
    anchor: str = Field(description="the event that puts a reading into a period")
    clock: str = Field(description='whose time a duration is, "" when it is none')
    unit: str = Field(
        description=(
            "span (seconds), share (0 to 1), count, points, from_zero, of_seven, of_ten, net (-100 to 100),"
            " index (0 to 100), times, per_thousand, per_thousand_clients, workdays, days, months, hours (seconds),"
            " breaches, nines (a share, 0 to 1), ratio or scored (points of 100, also below zero)"
        )
    )
    better: str = Field(description="up, down or nothing")
    pair: list[str] = Field(description="metrics that would worsen if this one were gamed")


class FigureOut(Schema):
    n: int = Field(
        description=(
            "readings it is made of, of a rate the contacts it is for, of complaint.rate.clients months of clients"
        )
    )
    value: float | None = Field(description="in the unit of the metric, null of nothing")
    lo: float | None = Field(
        description="the interval that holds the true `value` in 19 of 20 cases; of a duration that of the median"
    )
    hi: float | None
    p90: float | None = Field(description="of a duration: nine of ten are not longer")
    good: int | None = Field(description="the numerator of a share, of a rate the events")
    status: str = Field(description="undefined, hidden (under 5), low (under 30) or ok")
    exact: bool = Field(description="false: a quantile from sums of days, right within 13 %")
    wordings: int = Field(
        description="of a figure of surveys: in how many wordings its question was asked; 0 of all else"
    )


class FigureOf(FigureOut):
    key: str = Field(description="number of the row or name of the kind on that side; of days the date")
    name: str


class MeasuredOut(Schema):
    metric: str
    since: date
    until: date
    by: str
    figure: FigureOut
    rows: list[FigureOf]
