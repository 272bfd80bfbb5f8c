"""Fixtures only; the small working things they hand out live in tests/fakes.py."""

pytest_plugins = ["tests.databases"]
