"""What needs a real browser: screens that depend on scripts, layout or keyboard."""
