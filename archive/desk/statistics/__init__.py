"""What a person has done at the desk, by month."""
