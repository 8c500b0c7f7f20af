"""A bilingual (English and Simplified Chinese) news archive for Wagtail sites."""

__version__ = "0.1.0"
