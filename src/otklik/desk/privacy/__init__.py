"""What a person may ask of us about their data: to have it, to have it erased; and how long anything is kept.

It reads the map of the rooms (`core/datamap`) and knows of no other table.  `exporting` and `erasing` are jobs behind a
`DataRequest`, `terms` runs at night, `Hold` stops both, `Breach` counts the hours after a leak.
"""
