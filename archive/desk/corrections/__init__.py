"""What readers report of a paragraph: the way in for them, and the desk's list."""
