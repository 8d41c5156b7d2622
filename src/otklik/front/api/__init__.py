"""The door for programs: a documented JSON interface (OpenAPI 3.1) over the same verbs that the screens call.

A token acts for one person within its scopes, so a program sees and may do exactly what that person may.  Creation is
idempotent by an `Idempotency-Key` header.
"""
