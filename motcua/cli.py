"""The command `motcua`."""

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    del arguments
    print("motcua", file=sys.stderr)
    return 0
