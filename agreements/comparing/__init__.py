"""Two agreements in, what they say differently out."""
