"""Printing from a person's card, with preview."""
