"""The checks themselves, by theme; listed in `runner.py`."""
