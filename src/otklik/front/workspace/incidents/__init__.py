"""Pages of incidents: for everybody who answers clients, and for who leads one."""
