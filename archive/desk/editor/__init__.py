"""The translator's screen: its form, what it shows of each segment, and what it saves."""
