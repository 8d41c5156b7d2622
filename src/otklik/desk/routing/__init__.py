"""Who gets a ticket, and to whom it goes on.

A `Delegation` says that a ticket is with the deputy of somebody who is away, and comes back by itself.  The owner of a
ticket is changed by the ticket's own verbs alone.
"""
