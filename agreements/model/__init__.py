"""What an agreement says and what a reader saw of it, as values: no file, no notation, no wording."""
