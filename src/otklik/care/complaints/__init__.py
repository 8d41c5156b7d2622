"""Complaints, by ISO 10002: what the client says, what was found and decided, what was done, and whether it helped.

A `Complaint` goes through its stages with an owner and a next date until it is closed; `clocks` says which date is the
nearest, `access` who may know of it at all, `effect` whether the measures have worked.
"""
