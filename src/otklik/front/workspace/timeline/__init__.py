"""From rows to a timeline: days, messages with their fate, folded events, the line below which all is new."""
