"""What happened meanwhile: written down by those who lead, and drawn on every chart with a time axis."""
