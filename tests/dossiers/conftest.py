"""What tests of the services share."""

import pytest


@pytest.fixture
def shared_world(transactional_db):
    """The small world where other connections see it."""
    from tests.world import build

    return build()
