"""Pages of problems: the list, one of them, what the night found, and how a request comes to one."""
