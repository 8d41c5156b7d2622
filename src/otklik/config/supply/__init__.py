"""What we are built from: the lock file, the bill of materials, known vulnerabilities, the oldest versions."""
