"""Two pieces of the board: a share of the longest bar, and the scores as bars."""

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from otklik.care.surveys.letters import words_of
from otklik.core.ui.charts import chart_bars

register = template.Library()


@register.filter
def share(count: int, most: int) -> float:
    return count / most if most else 0.0


@register.simple_tag
def scores_bars(counts: Mapping[int, int]) -> SafeString:
    """How many gave each score, the best first."""
    rows = [(_("%(score)s, %(words)s") % {"score": n, "words": words_of(n)}, counts.get(n, 0)) for n in (5, 4, 3, 2, 1)]
    return chart_bars(rows)
