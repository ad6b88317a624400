"""What some commands need and the plain wheel has not."""

from __future__ import annotations

from agreements.errors import UsageError
from agreements.files.extras import Extra

SEITE = Extra("seite", ("matplotlib", "python_multipart", "starlette", "uvicorn"))
DATEN = Extra("daten", ("polars",))


def require(extra: Extra, purpose: str) -> None:
    """UsageError that says what for, where an extra is not installed."""
    if not extra.is_installed():
        raise UsageError(f"{purpose} ist hier nicht eingerichtet.", abhilfe=f"{extra.remedy}.")
