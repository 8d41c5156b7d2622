"""Complaints on the agents' side: their list, the page of one, and how a talk becomes one."""
