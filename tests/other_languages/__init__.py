"""The newsroom in two other languages: their settings, and what must hold with them."""
