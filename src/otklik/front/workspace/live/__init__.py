"""News to open pages: PostgreSQL tells one ear in each process, the hub tells the streams of those who may know.

Only numbers travel; a page fetches what it shows with its own rights.
"""
