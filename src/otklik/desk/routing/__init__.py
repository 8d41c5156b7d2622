"""Who gets a ticket, and to whom it goes on.

A `Delegation` says that a ticket is with the deputy of somebody who is away, and comes back by itself; a
`Handover` that a line passed it to another one, with what the client must not have to say again.  The owner of a ticket
is changed by the ticket's own verbs alone.
"""
