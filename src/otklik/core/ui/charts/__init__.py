"""Charts as SVG drawn by the server: sharp at any width, coloured by tokens, no style attribute, no script.

X is in percent and text stands outside any scaling; only curves live in a nested viewBox.  Every chart carries
a sentence as its accessible name, and its numbers as a table for whoever names the points.  Numbers in, ready HTML out;
`{% load ui %}` has tags of the same names.
"""

from otklik.core.ui.charts.bars import chart_bars, meter
from otklik.core.ui.charts.control import control_chart
from otklik.core.ui.charts.heat import Pale, heat_map
from otklik.core.ui.charts.histogram import distribution
from otklik.core.ui.charts.line import chart_line
from otklik.core.ui.charts.plot import Mark
from otklik.core.ui.charts.spark import spark

__all__ = ["Mark", "Pale", "chart_bars", "chart_line", "control_chart", "distribution", "heat_map", "meter", "spark"]
