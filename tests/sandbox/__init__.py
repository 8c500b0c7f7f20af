"""Reading strangers' files in a process that can be ended."""
