"""What readers report of a paragraph: their form, and the desk's list."""
