"""What a window takes in, and how often."""

from otklik.core.staff.policies import Limit

LONGEST = 4000
"""Characters of one message."""
MOST_BYTES = 20 * 1024 * 1024
"""Bytes of one file."""
MOST_FILES = 5
MOST_AT_ONCE = 25 * 1024 * 1024
"""Bytes of all files of one message."""
SLOT = 600
"""Seconds in which messages are counted together; the next ten minutes begin with none."""
OF_VISITOR = Limit(free=60, first=SLOT, longest=SLOT, forget=SLOT)
"""Messages of one visitor in a slot: one in ten seconds all the time."""
FROM_NETWORK = Limit(free=240, first=SLOT, longest=SLOT, forget=SLOT)
"""Messages from one network in a slot: an office stands behind one address."""
NEW_FROM_NETWORK = Limit(free=30, first=SLOT, longest=SLOT, forget=SLOT)
"""Visitors who write for the first time, from one network in a slot."""
OF_CHAT = Limit(free=3000, first=SLOT, longest=SLOT, forget=SLOT)
"""Messages to one chat from everywhere in a slot."""
LARGE = 64 * 1024
"""Bytes of a post in which no message is that has words alone: it brings files."""
LARGE_OF_VISITOR = Limit(free=10, first=SLOT, longest=SLOT, forget=SLOT)
"""Large posts of one visitor in a slot, whatever becomes of them."""
LARGE_FROM_NETWORK = Limit(free=40, first=SLOT, longest=SLOT, forget=SLOT)
LARGE_TO_CHAT = Limit(free=300, first=SLOT, longest=SLOT, forget=SLOT)
PAGE = 100
"""Messages that a window is given at once."""
