"""Settings of the reference site: base, dev, test and production."""
