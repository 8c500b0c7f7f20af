"""Reading without a connection: the worker that keeps what was read, and how it is installed."""
