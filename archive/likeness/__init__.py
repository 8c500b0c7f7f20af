"""Texts that are much the same: the numbers by which the database finds them."""
