"""Review of conversations: what was good, what was not, and whether those who judge agree.

A `Scorecard` has numbered versions that never change once somebody is judged by them.  A `Plan` draws conversations at
random (`sampling`), and those that went wrong (`risks`); a `Review` goes from its reviewer to the person, who accepts
or disputes it, and always has a holder and a next date until it is over.  A `Calibration` has several people score the
same conversations blind (`agreeing`).  `access` says who may know of a review at all; the client never does.
"""
