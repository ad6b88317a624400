"""In: paragraphs, and the Angaben that were read of them by whatever grammar or wording. Out: every figure of the text accounted for.

It shares no code with what reads Angaben, so that what one of them overlooks the other still sees.
"""
