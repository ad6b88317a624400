"""What the user types."""

__version__ = "0.1.0"
