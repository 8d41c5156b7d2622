"""The door for clients: their request with the three answers (who, what next, when), their word, their score.

A client comes by the signed address of a letter and sees that one request; what the staff says among itself never
shows here.
"""
