"""What is known of how a text was read, beside the text itself: whoever read it says what it makes of the values found in it."""

from __future__ import annotations

from agreements.matching.placement import Placing
from agreements.matching.values import Values
from agreements.model.record import Vereinbarung
from agreements.reading.findings import Befund


class Evidence:
    """That of a text whose letters are certain, which weighs nothing; what knows more of another text is derived from it."""

    def weigh(self, placing: Placing, values: Values) -> None:
        """Gives every value its confidence, and doubts those that a person must look at."""

    def cross_check(self, values: Values, record: Vereinbarung) -> None:
        """Doubts values that do not fit together."""

    def findings(self, placing: Placing, values: Values) -> tuple[Befund, ...]:
        """What a person must know of the text besides its values."""
        return ()


CERTAIN = Evidence()
