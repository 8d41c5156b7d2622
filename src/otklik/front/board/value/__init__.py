"""What clients are worth and how long they stay, each figure with its definition beside it."""
