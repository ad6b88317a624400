"""What the user types in, what it comes to out: files, German sentences, an exit code. For Python programs: docs/python.md.

What they may call is loaded when it is first asked for (`__init__.pyi` says where it stands), so that commands start as quickly.
"""

from importlib import import_module

__all__ = ("Datensatz", "Fehler", "Lesung", "Tabelle", "Vereinbarung", "Zeile", "datensaetze", "drucke", "lies", "tabelle")

_ELSEWHERE = {
    "Fehler": ("agreements.errors", "ZvError"),
    "Vereinbarung": ("agreements.model.record", "Vereinbarung"),
    "Zeile": ("agreements.overview.overview", "Row"),
}


def __getattr__(name: str) -> object:
    """What is promised, from where it stands."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, called = _ELSEWHERE.get(name, ("zv.interface", name))
    return getattr(import_module(module), called)
