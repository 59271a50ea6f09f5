"""Whole days in the real window, by typing and pressing."""
