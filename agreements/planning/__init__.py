"""The ministry's planning table: its cells, columns and rows, what they mean, and what they would change in the records."""
