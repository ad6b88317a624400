"""What a notation is: how a kind of value is written in an agreement, and read back from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol

from agreements.register.register import Register


class Unread:
    """What `read` answers where a text says no value of its notation."""

    def __repr__(self) -> str:
        return "UNREAD"


UNREAD: Final = Unread()


@dataclass(frozen=True, slots=True)
class Context:
    """What a notation must know besides the value."""

    jahr: int
    register: Register
    bezug: int | None = None
    """The year that a target sentence inherits where it names none."""


class Notation(Protocol):
    """One way to write one kind of value; what holds of most stands here."""

    @property
    def free(self) -> bool:
        """Whether any text at all may stand there."""
        return False

    @property
    def noun(self) -> str | None:
        """What "[… offen]" names; None: the label of the field."""
        return None

    def write(self, value: Any, context: Context) -> str:
        """The value as the agreement prints it."""

    def spans(self, text: str, start: int, context: Context) -> Iterator[int]:
        """Ends of what can be read from `start` on, the longest first."""

    def read(self, text: str, context: Context) -> Any:
        """The value that the text says, or `UNREAD`."""

    def doubted(self, text: str, before: str, after: str) -> bool:
        """Whether words beside the text that the wording does not have there may change what it says."""
        return False
