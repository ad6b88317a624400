"""How things are said in German: words in, values out, and back."""
