"""The checks themselves, by theme; listed in `defaults.py`."""
