"""What the user types in, what it comes to out: files, German sentences, an exit code."""
