"""What is still to be decided of a record in, and what a person decides of it; out comes the text that its file has then."""
