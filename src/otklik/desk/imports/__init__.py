"""Bringing in clients, organisations, products and requests from files, and taking them out again.

`reading` makes rows of a file, `mapping` says which column is which field, `kinds` write what rows mean, `running` goes
through a file a batch at a time, so that it goes on after any end; `sheets` writes tables that no spreadsheet executes.
"""
