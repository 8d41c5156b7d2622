"""What we owe a client.

A `Ticket` is one matter of one contact.  It is open until it is resolved, refused with reasons and alternatives, or
put aside to a date that wakes it up; an open one always has a line, a next step and a due moment, and the database
itself refuses anything else.  The talk lives in `conversations`.
"""
