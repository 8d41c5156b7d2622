"""People of the department: how they are chosen, brought in, taught and attested."""
