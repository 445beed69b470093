"""The folder of an installation: chosen, created, brought up to date, one process at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

LOCK: Final = "prepare.lock"


class HomeUnusable(Exception):
    """The home cannot be used; the text, for the person who typed the command, says why."""


def choose(named: str) -> None:
    """Make this the folder the settings read.  Raises HomeUnusable."""
    if not named.strip():
        raise HomeUnusable("không có tên thư mục nào sau --home. Viết: --home THƯ_MỤC")
    home = Path(named)
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise HomeUnusable(f"không tạo được thư mục {home}: {problem.strerror}") from None
    os.environ["MOTCUA_HOME"] = str(home.resolve())


def prepare() -> None:
    """Create the database of the home, or bring it up to date.  Raises HomeUnusable."""
    from django.conf import settings  # noqa: PLC0415 - the home is chosen before they are read
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import DatabaseError, connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    with alone(settings.HOME / LOCK):
        try:
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                call_command("migrate", verbosity=0, interactive=False)
        except DatabaseError as problem:
            where = connection.settings_dict["NAME"]
            raise HomeUnusable(f"không mở được cơ sở dữ liệu {where}: {problem}") from None


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Keep other processes that would do the same thing waiting.  Raises HomeUnusable."""
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = lock.open("w")
    except OSError as problem:
        raise HomeUnusable(f"không ghi được vào {lock.parent}: {problem.strerror}") from None
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
