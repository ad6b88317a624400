"""What was read in, what goes out of the reading process out: reports, pictures of places, the proof."""
