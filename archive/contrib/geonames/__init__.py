"""Places' empty fields, filled from a dump of GeoNames."""
