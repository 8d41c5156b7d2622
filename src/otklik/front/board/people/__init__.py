"""People of the department: who is taken, how they come in, what they learn and are attested in."""
