"""Work in a child that gave its rights away: what reads foreign bytes, or may take all the memory there is.

`run()` starts `child.py` with a script of the room that has the work, see there.  How many may work at once and what
becomes of a failure are matters of that room.
"""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

CHILD = str(Path(__file__).with_name("child.py"))


def run(
    script: str,
    *words: object,
    content: bytes,
    memory: int,
    seconds: float,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """What the script answers to `content`; `memory` in bytes of address space, `seconds` of the processor.

    Raises CalledProcessError, and TimeoutExpired a second later; OSError when no child could be started.
    """
    done = subprocess.run(
        [sys.executable, "-I", CHILD, script, *map(str, (memory, int(seconds), *words))],
        input=content,
        capture_output=True,
        env=dict(environment or {}),
        cwd="/",
        timeout=seconds + 1,
        check=True,
    )
    return done.stdout
