"""The suite runs on the database it says it runs on."""

import os

from django.db import connection


def test_the_tests_run_on_the_engine_asked_for(db):
    assert connection.vendor == os.environ.get("MOTCUA_TEST_ENGINE", "sqlite")
