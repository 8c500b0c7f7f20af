"""gunicorn for the newsroom site, in each way of running it."""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# Who uploads a long PDF waits for its reading.
timeout = 120
# What a stopped worker is at is finished first.
graceful_timeout = 30
# Each process now and then makes way for a new one: what libraries leak doesn't add up.
max_requests, max_requests_jitter = 5000, 500
# The heartbeat is a file, which must not wait for a disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
# Nobody steers it but by signals.
control_socket_disable = True
