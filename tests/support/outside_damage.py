"""Damage by a program that is not ours: what augraphy makes of pages, each augmentation as it comes; and photos of pages on a desk."""

from __future__ import annotations

import io
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import augraphy
import cv2
import numpy as np
from numba import njit
from pen import Pixels
from PIL import Image


class Damage(NamedTuple):
    """What befalls the pages of a document: of each group of augmentations one, in this order."""

    groups: Sequence[Sequence[str]]
    dpi: int = 200
    turn: float = 0.7
    """Degrees that a page lies askew at most."""
    photo: bool = False
    spread: bool = False
    """Whether two pages lie side by side."""
    tinted: bool = False
    """Whether the paper has a colour."""
    jpeg: tuple[int, int] = (70, 90)
    """Quality of the pictures in the file."""


SENSOR = ("SubtleNoise", "InkMottling", "Jpeg", "Brightness")
ORDINARY = Damage((SENSOR,))
DAMAGES: Mapping[str, Damage] = {
    "ordinary": ORDINARY,
    "ink": Damage((("InkBleed", "Letterpress", "LowInkRandomLines", "LowInkPeriodicLines", "LinesDegradation", "InkShifter"), SENSOR)),
    "paper": Damage((("ColorPaper", "BrightnessTexturize", "NoiseTexturize", "Stains"), ("SubtleNoise",))),
    "tinted": Damage((SENSOR,), tinted=True),
    "through": Damage((("BleedThrough",), SENSOR)),
    "light": Damage((("LightingGradient", "ShadowCast", "ReflectedLight", "LowLightNoise"),)),
    "bound": Damage((("BindingsAndFasteners", "PageBorder"), SENSOR)),
    "overlay": Damage((("WaterMark", "Moire", "Markup", "ColorShift"), SENSOR)),
    "fax": Damage((("Faxify", "Dithering"),), jpeg=(90, 95)),
    "copier dirt": Damage((("BadPhotoCopy", "DirtyDrum", "DirtyRollers", "NoisyLines"),)),
    "deep fold": Damage((("Folding",), SENSOR)),
    "askew": Damage((SENSOR,), turn=4.0),
    "spread": Damage((SENSOR,), spread=True),
    "photo": Damage((("LightingGradient", "ShadowCast", "Brightness"), ("LowLightNoise", "SubtleNoise")), photo=True, jpeg=(55, 80)),
    "poor": Damage((("InkBleed", "LowInkRandomLines", "InkMottling", "Brightness"), ("SubtleNoise", "NoiseTexturize")), dpi=150, turn=2.0,
                   jpeg=(30, 50)),
}  # fmt: skip
_TINTS = ((190, 250, 252), (205, 225, 252), (215, 250, 215), (252, 235, 205), (205, 215, 215), (225, 205, 250))
"""Yellow, salmon, green, blue, recycled grey and pink paper."""


@njit  # type: ignore[untyped-decorator,unused-ignore]
def _sow(seed: int) -> None:  # pragma: no cover
    """Compiled code has its own chance."""
    np.random.seed(seed)


def sow(seed: int) -> None:
    """The same seed brings the same damage: augraphy asks the chance of all."""
    random.seed(seed)
    np.random.seed(seed)
    cv2.setRNGSeed(seed)
    _sow(seed)


def damaged(pages: Sequence[Pixels], damage: Damage, seed: int) -> tuple[bytes, list[str]]:
    """The PDF of the pages under a damage, and the names of the augmentations."""
    sow(seed % 2**31)
    chance = np.random.default_rng(seed)
    if damage.tinted:
        tint = np.array(_TINTS[chance.integers(len(_TINTS))], np.float32) / 255
        pages = [(page * tint).astype(np.uint8) for page in pages]
    pages = [_turned(page, chance.uniform(-damage.turn, damage.turn)) for page in pages]
    if damage.spread:
        pages = list(_side_by_side(pages))
    names = [str(chance.choice(group)) for group in damage.groups]
    pages = [_augmented(page, names) for page in pages]
    if damage.photo:
        pages = [_photo(page, chance) for page in pages]
    grey = chance.random() < 0.4 and not damage.tinted
    images = [Image.fromarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY if grey else cv2.COLOR_BGR2RGB)) for page in pages]
    out = io.BytesIO()
    quality = int(chance.integers(*damage.jpeg))
    images[0].save(out, "PDF", resolution=damage.dpi, save_all=True, append_images=images[1:], quality=quality)
    return out.getvalue(), names


def _augmented(page: Pixels, names: Iterable[str]) -> Pixels:
    for name in names:
        made = getattr(augraphy, name)(p=1)(page.copy())
        seen = np.asarray(made[0] if isinstance(made, list | tuple) else made, np.uint8)
        page = np.ascontiguousarray(seen[..., :3] if seen.ndim == 3 else np.repeat(seen[..., None], 3, axis=2))
    return page


def _turned(page: Pixels, degrees: float) -> Pixels:
    """The page as it lies on the glass, white where the paper ends."""
    height, width = page.shape[:2]
    lie = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(page, lie, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _side_by_side(pages: Sequence[Pixels]) -> Iterable[Pixels]:
    """Two pages on each sheet; behind an odd one nothing."""
    for left, right in zip(pages[::2], [*pages[1::2], *[np.full_like(pages[0], 255)] * (len(pages) % 2)], strict=True):
        yield np.hstack([left, right])


def _photo(page: Pixels, chance: np.random.Generator) -> Pixels:
    """The page on a desk, seen from a hand above it."""
    height, width = page.shape[:2]
    border = round(0.06 * width)
    desk = np.array(chance.uniform(40, 150, 3), np.float32)
    out = np.empty((height + 2 * border, width + 2 * border, 3), np.uint8)
    grain = cv2.GaussianBlur(chance.normal(0, 30, (out.shape[0], 1, 1)).astype(np.float32), (0, 0), 3).reshape(-1, 1, 1)
    out[:] = np.clip(desk + grain, 0, 255)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = (corners + border + chance.uniform(-0.04, 0.04, (4, 2)) * width).astype(np.float32)
    lens = cv2.getPerspectiveTransform(corners, seen)
    size = (out.shape[1], out.shape[0])
    cover = cv2.warpPerspective(np.full((height, width), 255, np.uint8), lens, size, flags=cv2.INTER_AREA)[..., None] / 255
    paper = cv2.warpPerspective(page, lens, size, flags=cv2.INTER_CUBIC)
    out = (out * (1 - cover) + paper * cover).astype(np.float32)
    across, down = (np.linspace(-1, 1, length) for length in out.shape[1::-1])
    slope = chance.uniform(-0.18, 0.18, 2)
    light = 0.88 + slope[0] * across[None, :, None] + slope[1] * down[:, None, None]
    out = cv2.GaussianBlur(out * light, (0, 0), chance.uniform(0.3, 0.8))
    return np.asarray(np.clip(out, 0, 255), np.uint8)
