-- Makes wrk report what the benchmark needs, as one line: requests, seconds, p50 and p95.
done = function(summary, latency, requests)
  local failed = summary.errors.status + summary.errors.connect + summary.errors.timeout
  io.write(string.format(
    "FIGURES %d %d %f %f %f\n",
    summary.requests, failed, summary.duration / 1e6,
    latency:percentile(50) / 1e6, latency:percentile(95) / 1e6
  ))
end
