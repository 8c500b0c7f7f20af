"""Sites that install the built wheel, with nothing of this repository on their path."""
