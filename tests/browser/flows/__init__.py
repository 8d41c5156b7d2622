"""The flow budgets of an agent's work: so many key presses from the list, and what must hold at the end.

Words that are written are not counted, nor letters of a search.  Every flow is played on both layouts.  Flows that need
what the product does not have yet (a call, a complaint) are not here.
"""
