"""Reports by mail: made, looked at as their readers get them, sent, stopped; and what became of each letter."""
