"""What was read in, what leaves the reading process out: reports, pictures of places, the proof."""
