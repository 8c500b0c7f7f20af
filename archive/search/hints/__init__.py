"""What the search box offers while a reader types, and what it makes of slips of the pen."""
