"""Figures that the project measures about itself: `python -m bot bench`."""
