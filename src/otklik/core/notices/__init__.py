"""How a person is told: in the product, by a sound, by the browser, by a letter; and why not.

Rooms write notices (`core.journal.notice`); this room takes them further.  `deciding.verdict` alone says what reaches
whom.
"""
