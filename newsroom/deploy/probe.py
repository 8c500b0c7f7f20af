"""Whether the web server here answers: the exit status. For containers, which have no curl."""

import os
import urllib.request

port = os.environ.get("BIND", "127.0.0.1:8000").rpartition(":")[2]
urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=4)
