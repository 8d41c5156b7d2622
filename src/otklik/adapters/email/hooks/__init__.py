"""Mail that a provider posts to us: verified as it came, stored raw, read by our own reader like any other."""
