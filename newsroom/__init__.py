"""The reference site: settings, addresses and demo content. No models."""
