"""When the company works: weekly hours of each calendar, its free and its special days.

A line, a class of service or a channel points at a `BusinessCalendar` and asks its `working_time()` when something is
due; the sums themselves live in `core.formulas`.  Russia's production calendar is data, loaded for a year at a time and
open to correction by hand.
"""
