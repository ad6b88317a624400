"""What every page for a browser shares: a template in which values are text, the sums by which a page allows its own style and script."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template


@lru_cache(maxsize=8)
def template(folder: Path, name: str) -> Template:
    """A page's template; what is put into it is text, never markup."""
    environment = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    return environment.get_template(name)


def policy_sum(text: str) -> str:
    """How a Content-Security-Policy names a style or script: its SHA-256, in Base64."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
