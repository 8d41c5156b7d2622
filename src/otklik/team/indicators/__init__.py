"""What somebody is measured by, what a month was when it was closed, and the bonus that comes of it (METRICS P7)."""
