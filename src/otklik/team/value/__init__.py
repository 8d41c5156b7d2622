"""What clients are worth, and how long they stay.

A job counts the lives of all clients into sums by month (`counting`); the pages read the sums alone (`figures`), so
that they answer as fast for a million clients as for a hundred.  No row here knows a client.
"""
