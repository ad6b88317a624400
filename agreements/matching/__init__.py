"""From what was read to the record, by the year's wording: blocks, words, slots.

`record` is the way in. Nothing here knows files, the store, another year, or how the text was read: of that `evidence` speaks.
"""
