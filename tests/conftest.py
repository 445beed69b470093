"""One suite for two databases: MOTCUA_TEST_ENGINE is sqlite (default) or postgresql."""

import os
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="motcua-test-"))
os.environ["MOTCUA_HOME"] = str(_home)
