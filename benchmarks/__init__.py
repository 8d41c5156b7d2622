"""How fast the product is: a history of a hundred thousand tickets, a load client that counts processor time,
and beside every job the same work in bare SQL.  Nothing here imports the product; it is used as a client uses it.
"""
