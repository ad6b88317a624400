"""The paragraphs of a file in, which kind of document it is and which pages belong together and in which order out."""
