"""Quantiles from sums (PERFORMANCE, chapter 6 f)."""

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from otklik.core.formulas import percentile
from otklik.team.metrics.buckets import RATIO, SECOND, bucket_of, edges, quantile

SPANS = st.integers(0, 370 * 86400 * SECOND)


@given(SPANS)
def test_a_span_lies_in_its_bucket(micros: int) -> None:
    low, high = edges(bucket_of(micros))

    assert low * (1 - 1e-9) <= micros / SECOND <= high * (1 + 1e-9)


@given(SPANS, SPANS)
def test_longer_spans_are_in_later_buckets(one: int, other: int) -> None:
    assert (one <= other) == (bucket_of(one) <= bucket_of(other)) or bucket_of(one) == bucket_of(other)


@example([0, SECOND], 0.9)
@given(st.lists(SPANS, min_size=1, max_size=200), st.sampled_from([0.1, 0.5, 0.9]))
def test_a_quantile_is_right_within_the_buckets_around_its_place(spans: list[int], q: float) -> None:
    found = quantile(Counter(map(bucket_of, spans)), q)
    ordered = sorted(spans)
    place = int(q * (len(ordered) - 1))
    low = edges(bucket_of(ordered[place]))[0]
    high = edges(bucket_of(ordered[min(place + 1, len(ordered) - 1)]))[1]

    assert found is not None and low * (1 - 1e-9) <= found <= high * (1 + 1e-9)


def test_the_median_of_many_is_right_within_one_bucket() -> None:
    spans = [(number % 7000 + 60) * SECOND for number in range(30_000)]

    assert quantile(Counter(map(bucket_of, spans)), 0.5) == pytest.approx(
        (percentile(spans, 0.5) or 0) / SECOND, rel=RATIO - 1
    )


def test_nothing_has_no_quantile() -> None:
    assert quantile({}, 0.5) is None and quantile({7: 0}, 0.5) is None
