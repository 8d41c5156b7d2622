"""What the interface gives and takes; the names are those of the screens."""
