"""From what was read to the record, by the year's wording: blocks, words, slots; and what readers of pictures got wrong of them.

`record` is the way in. Nothing here knows files, the store or another year.
"""
