"""The people of the department, how they are grouped, and how they get in.

A `User` has one role; a `Team` is a line of support (level 1 to 3) with working hours and the times in which it
answers; an `Organisation` is the company that installed the product, a `Brand` what its clients see as one.  Sign-in,
the second factor, sessions, links that work once and one's own pages are here too; what a person may do with a ticket
is decided in `desk.tickets.access`.
"""
