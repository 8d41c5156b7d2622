"""The telephone: calls as an exchange tells them, what came of each, and who has to be called back.

A call is a fold over its events (`folding`), so that it is the same in whatever order they come.  An answered call ends
with a result in a ticket (`concluding`), a missed one with a call-back (`calling_back`).
"""
