"""Who did what with the desk itself, so that it cannot be changed unnoticed.

A line is left by three hands and no fourth: the database, for every row of a watched table (`registry.watch`), the
journal, for news that a room calls privileged (`registry.hears`), and the door, for what was sent to the settings
and what was refused (`middleware`).  `chain` seals the lines afterwards; acting never waits for it.
"""
