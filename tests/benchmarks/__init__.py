"""Benchmarks: this archive beside its neighbours, on one machine, in one run.

Run them with `make bench`; docs/benchmarks.md says what is measured and how to read it.
"""
