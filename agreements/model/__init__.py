"""The values that all rooms take in and give out: what an agreement says and prints; no reader, no file, no notation, no wording."""
