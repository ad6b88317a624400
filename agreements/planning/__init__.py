"""Cells of the ministry's planning table in, what they would change in the records out, and the faults that keep it from that."""
