"""Benchmarks: this archive beside its neighbours, on one machine, in one run.

Run them with `make bench`; docs/benchmarks.md says what is measured and how to read it.
"""

import os

# What reads the archive's languages needs settings; each site's process has its own.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.base")
