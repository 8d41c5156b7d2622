"""What was promised to whom, and whether we keep it.

A `ServiceClass` is a promise for humans; its `Version` holds the times, and the one in force covers a ticket from its
first moment to its last.  An `Agreement` gives a class to a contact, an organisation or a channel.  A `Clock` is one
commitment of one ticket: to answer, to write, to solve; it runs in the same transaction as the act that moves it.
"""
