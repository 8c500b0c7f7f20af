"""Suggests which people, places, organisations, events and topics a story names."""
