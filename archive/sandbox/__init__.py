"""Reads strangers' files in a process that has a limit of time and memory, and can be ended.

`pool.run_limited` is the way in. A parser that a crafted file keeps busy for minutes, or makes take
all memory, then costs its own process and not the server's: whoever asked gets an error.
"""
