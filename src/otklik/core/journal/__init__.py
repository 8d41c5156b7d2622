"""What happened, told once.

Every act that somebody may ask about is one `Entry`: the ticket's timeline, the audit trail and the trigger of
everything that follows read the same row.  `news.publish()` writes it and, in the same transaction, runs the reactions
of the rooms above; nobody calls upstairs.  `clock` is the time by which all of it happens.
"""
