"""What an agreement says, as values: no reader, no file, no notation, no wording."""
