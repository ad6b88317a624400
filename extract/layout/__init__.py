"""Words with their places in, lines, columns and paragraphs out."""
