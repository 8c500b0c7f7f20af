"""Which paragraphs or sentences of two texts say the same: pure functions of values."""
