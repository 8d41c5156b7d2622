"""What the department tries, and whether it helped: written down before it begins, judged when its day has come."""
