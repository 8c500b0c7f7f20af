"""Telling people at the desk: a bell in the menu, and mails, at once or once a day."""
