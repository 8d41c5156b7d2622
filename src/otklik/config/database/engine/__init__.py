"""Django's PostgreSQL engine, with one saving: see `base`."""
