"""The folder of an installation: chosen, created, brought up to date, one process at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from motcua import troubles

if TYPE_CHECKING:
    from django.db.migrations.loader import MigrationLoader

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
        raise HomeUnusable(
            f"không tạo được thư mục {home}: {troubles.of_machine(problem)}"
        ) from None
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
            _refuse_newer(executor.loader)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                call_command("migrate", verbosity=0, interactive=False)
        except DatabaseError as problem:
            where = connection.settings_dict["NAME"]
            why = troubles.of_database(problem)
            raise HomeUnusable(f"không mở được cơ sở dữ liệu {where}: {why}") from None


def _refuse_newer(loader: "MigrationLoader") -> None:
    """Refuse data that a newer version has changed in ways this one knows nothing of."""
    unknown = sorted(
        f"{app} {name}"
        for app, name in loader.applied_migrations
        if app in loader.migrated_apps and (app, name) not in loader.disk_migrations
    )
    if unknown:
        raise HomeUnusable(
            f"dữ liệu này của một bản Một Cửa mới hơn (đã nâng cấp đến {', '.join(unknown)}) nên "
            "bản này không mở. Dùng bản mới ấy, hoặc chép lại bản sao lưu làm trước khi nâng cấp"
        )


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Keep other processes that would do the same thing waiting.  Raises HomeUnusable."""
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = lock.open("w")
    except OSError as problem:
        why = troubles.of_machine(problem)
        raise HomeUnusable(f"không ghi được vào {lock.parent}: {why}") from None
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
