"""How fast the product is: a history of a hundred thousand tickets, a load client that counts processor time,
and beside every job the same work in bare SQL.  The product is used as a client uses it;
only the process of `inside` imports it.
"""
