"""German words in, values out, and back: months, numbers, names, offices, sentences, targets; each is told here and nowhere else."""
