"""Who works when: templates of shifts, a line's roster week by week, swaps and approved exceptions.

A week is planned in silence, checked by the rules of `checking` and published; from then on each change is told to its
person.  What a metric counts of it is read by `team.metrics.rostering` (docs/decisions/0091).
"""
