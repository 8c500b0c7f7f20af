"""The demo: a newspaper story of 2015, sample stories around it, and accounts to try the desk."""
