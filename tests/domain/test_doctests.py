"""The examples in the docstrings of the rules."""

import doctest
import importlib
import pkgutil

import pytest

from motcua import domain

MODULES = [module.name for module in pkgutil.iter_modules(domain.__path__, "motcua.domain.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_some_modules_have_examples():
    with_examples = [
        name for name in MODULES if doctest.testmod(importlib.import_module(name)).attempted
    ]
    assert "motcua.domain.spoken" in with_examples and len(with_examples) >= 5
