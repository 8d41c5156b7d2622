"""The database seen from outside the models: its address, what it must be able to do, how it gets its tables."""
