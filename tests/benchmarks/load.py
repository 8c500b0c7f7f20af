"""Asks a server on this machine for one page over and over, for a few seconds.

`wrk` does it if it is installed; otherwise threads of Python do, which take time from the server.
"""

import http.client
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from tests.benchmarks.figures import Series
from tests.benchmarks.processes import BenchmarkError

# As many as the servers have processes: what is measured is their work, not a queue.
CONNECTIONS = 2
MOST_REQUESTS = 20_000
SCRIPT = Path(__file__).with_name("percentiles.lua")


@dataclass(frozen=True)
class Load:
    """`p50` and `p95` in seconds."""

    per_second: float
    p50: float
    p95: float


def generator() -> str:
    return "wrk" if shutil.which("wrk") else "threads of Python"


def measure(url: str, seconds: float) -> Load:
    """Two connections, one request at a time each; any answer but 200 is an error."""
    if urlsplit(url).hostname != "127.0.0.1":
        raise BenchmarkError("Load is for servers on this machine only.")
    _one_request(url)
    return _with_wrk(url, seconds) if shutil.which("wrk") else _with_threads(url, seconds)


def _one_request(url: str) -> None:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=90)
    connection.request("GET", _target(parts))
    status = connection.getresponse().status
    connection.close()
    if status != 200:
        raise BenchmarkError(f"{url} answers {status}")


def _target(parts: SplitResult) -> str:
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _with_wrk(url: str, seconds: float) -> Load:
    command = ["wrk", "--threads", "1", "--connections", str(CONNECTIONS)]
    timing = ["--duration", f"{max(1, round(seconds))}s", "--timeout", "30s"]
    result = subprocess.run(
        [*command, *timing, "--script", str(SCRIPT), url],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + 60,
    )
    line = next(one for one in result.stdout.splitlines() if one.startswith("FIGURES"))
    requests, failed, took, p50, p95 = (float(number) for number in line.split()[1:])
    if failed:
        raise BenchmarkError(f"{url}: {failed:.0f} of {requests:.0f} requests failed")
    return Load(requests / took, p50, p95)


def _with_threads(url: str, seconds: float) -> Load:
    start = time.perf_counter()
    deadline = start + seconds
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        runs = list(threads.map(lambda _n: _client(url, deadline), range(CONNECTIONS)))
    took = time.perf_counter() - start
    series = Series([one for run in runs for one in run])
    return Load(len(series.seconds) / took, series.p50, series.p95)


def _client(url: str, deadline: float) -> list[float]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    durations: list[float] = []
    while time.perf_counter() < deadline and len(durations) < MOST_REQUESTS // CONNECTIONS:
        start = time.perf_counter()
        connection.request("GET", _target(parts))
        response = connection.getresponse()
        response.read()
        durations.append(time.perf_counter() - start)
        if response.status != 200:
            raise BenchmarkError(f"{url} answers {response.status}")
    connection.close()
    return durations
