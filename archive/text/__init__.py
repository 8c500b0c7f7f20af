"""Language, segmentation and normalising: pure functions, no models."""
