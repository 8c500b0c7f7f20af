"""Whether the site is well, for probes, for the log and for administrators."""
