"""Whom we serve.

A `Contact` is a person, a `Client` the organisation they write for, an `Identity` one address by which a person is
recognised.  Recognising never merges people by itself: one stored address belongs to one person.
"""
