"""Terms that are no names: kept in the admin, taken in from CSV, given out as CSV."""
