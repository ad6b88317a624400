"""Text and files in, plain data with its lines out, and back: YAML, the disk, where things lie."""
