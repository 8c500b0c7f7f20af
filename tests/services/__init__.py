"""Databases that the checks and the tests make for themselves."""
