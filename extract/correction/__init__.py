"""Words as they were recognised in, words as they stand on the paper out, the slips of recognisers mended."""
