"""Lines through points in a box of 100 by its height; a missing value is a gap."""

from collections.abc import Collection, Iterator, Sequence

from otklik.core.ui.charts.scale import Scale

type Values = Sequence[float | None]
type Band = Sequence[tuple[float, float] | None]
"""For each point the lower and the upper end of its interval."""


def x_of(index: int, count: int) -> float:
    """Per cent of the width; a point alone stands at the left."""
    return index / max(1, count - 1) * 100


def path(values: Values, scale: Scale, breaks: Collection[int] = ()) -> str:
    """A value between two gaps becomes a line of no length: its round cap makes a dot of it.

    Before each point of `breaks` another series begins: no line leads there.
    """
    out, pen = [], "M"
    for index, value in enumerate(values):
        if value is None or index in breaks:
            pen = "M"
        if value is None:
            continue
        out.append(f"{pen}{x_of(index, len(values)):.4g} {scale.y(value):g}")
        ends = index + 1 == len(values) or values[index + 1] is None or index + 1 in breaks
        if pen == "M" and ends:
            out.append("h0")
        pen = "L"
    return "".join(out)


def band_path(band: Band, scale: Scale) -> str:
    """A closed area for each stretch of intervals: along the upper ends and back along the lower."""
    return "".join(_closed(stretch, len(band), scale) for stretch in _stretches(band))


def _stretches(band: Band) -> Iterator[list[tuple[int, float, float]]]:
    stretch: list[tuple[int, float, float]] = []
    for index, ends in enumerate(band):
        if ends is not None:
            stretch.append((index, *ends))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _closed(stretch: list[tuple[int, float, float]], count: int, scale: Scale) -> str:
    there = [f"{x_of(index, count):.4g} {scale.y(high):g}" for index, _, high in stretch]
    back = [f"{x_of(index, count):.4g} {scale.y(low):g}" for index, low, _ in reversed(stretch)]
    return f"M{'L'.join([*there, *back])}Z"
