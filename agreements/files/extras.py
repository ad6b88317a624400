"""Parts of zv that are installed only where they are wanted, the extras of its wheel: whether one is there, and how to get it."""

from __future__ import annotations

from importlib.util import find_spec
from typing import NamedTuple

from agreements import __version__


class Extra(NamedTuple):
    """One extra: its name, and the modules that it brings in."""

    name: str
    modules: tuple[str, ...]

    def is_installed(self) -> bool:
        """Whether all of it can be imported; nothing of it is loaded."""
        return all(find_spec(module) for module in self.modules)

    @property
    def remedy(self) -> str:
        """How to get it; the wheel is named, for a registry may have another program of this name."""
        return f'Einzurichten mit: pip install "zv-{__version__}-py3-none-any.whl[{self.name}]"'
