"""What tests of the services share."""

import pytest


@pytest.fixture
def shared_world(transactional_db):
    """The small world where other connections see it."""
    from tests.world import build

    return build()


@pytest.fixture
def administrator(world):
    from tests.world import officer_of

    return officer_of(world.unit.agency, "administrator", "lieude.quantri")


@pytest.fixture
def leader(world):
    return world.officers["leader"]
