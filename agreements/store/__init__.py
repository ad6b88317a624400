"""Record in, its file out, and back; the schema that editors check it with."""
