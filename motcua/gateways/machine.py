"""The machine this runs on."""

import os


def cores() -> int:
    """Return how many processor cores are ours; where the system cannot say, as macOS, all."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
