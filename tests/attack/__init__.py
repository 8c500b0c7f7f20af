"""Attacks on a served site of its own, on loopback: `python -m tests.attack`, or `make attack`."""
