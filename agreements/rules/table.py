"""The table of all rules: name, severity, reason and remedy of each, as `zv check --regeln` lists them."""

from __future__ import annotations

from agreements.rules.case import Regel

RULES: tuple[Regel, ...] = ()
