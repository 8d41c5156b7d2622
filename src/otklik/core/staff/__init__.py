"""The people of the department and how they are grouped.

A `User` has one role; a `Team` is a line of support (level 1 to 3) with working hours and the times in which it
answers; an `Organisation` is the company that installed the product.  What a person may do with a ticket is decided
in `desk.tickets.access`, what a role may do at all is decided here.
"""
