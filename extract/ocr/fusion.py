"""Two readings of one line → its words, each as sure as the two readers agree.

Nothing is guessed: a letter stands in one of the two readings, and where they differ the other one is kept as an alternative.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, pairwise

from rapidfuzz.distance import Levenshtein

from extract.correction.lookalikes import digits
from extract.correction.rewrites import meant
from extract.ocr.engine import Box, Letter, SeenWord

BLANK = " "
GUESS = 0.5
"""A first reader less sure has guessed."""
TORN = 0.08
"""Heights; white so narrow is inside a word. A blank has 0.25."""
MARK = 0.35
"""Heights; a full stop so near belongs to the word before it."""
_DIRT = frozenset(".,;:'`´‘’·_~^°¸¨")
SURE = 0.8
"""So sure a first reader is kept against the second, figures apart: it knows German words."""
FAIR = 0.7
"""So sure a first reader is kept where the second merely has letters less, which is its usual slip."""
DIFFERING = 0.8
"""As sure as a word can be that the two read differently."""
DIFFERING_FIGURES = 0.6
"""As sure as a word with figures can be that the two read differently: a person must look."""
BEYOND = frozenset("ÀÁÈÉËÌÍÏÒÓÙÚàáèéëìíïòóùúŁł")
"""Letters that the first reader does not print, as 370,000 words show in which it did not once: what it puts in their place is any
sign. Others of them are left out: what hangs below a letter may be dirt, and what has the shape of a tilde or a ring be another's."""
TOLD = 0.95
"""So sure of them the second reader is believed: in 147,000 words, mostly of poor copies, 219 were so of 238 that stood there, and of 89
that did not one, in a word garbled besides."""
_ANY_SIGN = r"(?:.|\w[^\w\s]|[^\w\s]\w|[iIlt]{2})"
_FLAT = {**dict.fromkeys(BEYOND, _ANY_SIGN), "Ä": "[ÄA]", "Ö": "[ÖO]", "Ü": "[ÜU]"}
"""What the first reader puts in their place, and in that of a capital with dots: so sure of such the second was of 207 in these words,
each of which stood there."""
_SAME = str.maketrans({**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚`´′", "'"), **dict.fromkeys("–—−‐‑", "-"),
                       "·": "•", "|": "I", "l": "I"})  # fmt: skip
"""Shapes that are not told apart here: quotes, dashes, and I beside l."""
_QUOTE = re.compile(r",,|''")
_KINDS_MEET = re.compile(r"\d [^\W\d]|[^\W\d] \d|\d [%€]|[.,;:)] [^\W\d]|[a-zäöüß] [A-ZÄÖÜ]")
_BARS = re.compile(r"\(?[I|l]+[.,;:)]*")
"""Readers count thin strokes badly: what they miss is one, never do they see one more."""
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+(,\d\d|,-|,–)?[.,;)]*")


def alone(words: Sequence[SeenWord]) -> list[SeenWord]:
    """Words that one reader saw, as sure as it is."""
    return _tidy([part for word in words for part in _meant(word)])


def fused(words: Sequence[SeenWord], others: Sequence[SeenWord], lacks: Mapping[str, str]) -> list[SeenWord]:
    """Words that two readers saw, the second letter by letter; the first lacks some signs (see `Recogniser.LACKS`)."""
    seen = [letter for word in others for letter in word.letters]
    spaces = _blanks(others)
    shares, between = _shares(words, seen, spaces)
    words, shares = _run_together(words, shares, spaces)
    read = [_agreed(word, [seen[place] for place in share], [place in spaces for place in share], lacks)
            for word, share in zip(words, shares, strict=True)]  # fmt: skip
    joined = _with_numbers_whole([one for one in read if one])
    missed = [_missed([seen[place] for place in group], words) for group in between]
    apart = [part for word in (*joined, *missed) for one in _blanks_kept(word) for part in _meant(one)]
    return _tidy(sorted(apart, key=lambda word: word.box[0]))


def _tidy(words: Sequence[SeenWord]) -> list[SeenWord]:
    """Words whole again where no blank parts them, and without lone dots, which are dirt on the paper: no word is one."""
    found: list[SeenWord] = []
    for word in words:
        gap = (word.box[0] - found[-1].box[2]) / (word.box[3] - word.box[1]) if found else 1.0
        whole = word.text[0].isalpha() and found and found[-1].text[-1].isalpha() and gap < TORN
        if found and (whole or (word.text in ".,;:" and gap < (MARK if word.confidence > FAIR else MARK / 2))):
            found[-1] = _joined(found[-1], word)
        elif word.text not in _DIRT:
            found.append(word)
        elif other := next((one for one in word.alternatives if one in "-–•" or any(map(str.isalnum, one))), ""):
            found.append(replace(word, text=other, alternatives=(word.text,)))
    return found


def _joined(one: SeenWord, other: SeenWord) -> SeenWord:
    box = (one.box[0], min(one.box[1], other.box[1]), other.box[2], max(one.box[3], other.box[3]))
    return SeenWord(one.text + other.text, box, min(one.confidence, other.confidence), (one.text + BLANK + other.text,))


def shape(text: str) -> str:
    """The text with shapes made equal that are not told apart here."""
    return _QUOTE.sub('"', text).translate(_SAME)


def _shares(words: Sequence[SeenWord], seen: Sequence[Letter], spaces: set[int]) -> tuple[list[list[int]], list[list[int]]]:
    """For each word the places of the second reader's letters that are the same ink, and those that no word accounts for."""
    first = "".join(word.text for word in words)
    owner = [number for number, word in enumerate(words) for _ in word.text]
    shares: list[list[int]] = [[] for _ in words]
    loose: list[int] = []
    second = "".join(letter.text for letter in seen)
    for op in Levenshtein.opcodes(first.translate(_SAME), second.translate(_SAME)):
        for offset, place in enumerate(range(op.dest_start, op.dest_end)):
            if op.tag == "insert":
                own = _word_at(seen[place].middle, words)
                (shares[own] if own is not None else loose).append(place)
            else:
                shares[owner[op.src_start + offset]].append(place)
    return [sorted(share) for share in shares], _runs(sorted(loose), spaces)


def _run_together(words: Sequence[SeenWord], shares: Sequence[list[int]], spaces: set[int]) -> tuple[list[SeenWord], list[list[int]]]:
    """Neighbours that the first reader guessed at put together where the second saw no blank: their bound is a guess too."""
    kept: list[SeenWord] = []
    own: list[list[int]] = []
    for word, share in zip(words, shares, strict=True):
        last = kept[-1] if kept else None
        if last and own[-1] and share and max(last.confidence, word.confidence) < GUESS and own[-1][-1] not in spaces:
            a, b = last.box, word.box
            box = (a[0], min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
            kept[-1] = SeenWord(last.text + word.text, box, min(last.confidence, word.confidence))
            own[-1] = own[-1] + share
        else:
            kept.append(word)
            own.append(share)
    return kept, own


def _word_at(place: float, words: Sequence[SeenWord]) -> int | None:
    """The word at a place along the line; None where it is clear of all."""
    distances = [max(word.box[0] - place, place - word.box[2]) for word in words]
    nearest = min(range(len(words)), key=distances.__getitem__, default=None)
    if nearest is None:
        return None
    height = words[nearest].box[3] - words[nearest].box[1]
    return nearest if distances[nearest] <= 0.5 * height else None


def _blanks(others: Sequence[SeenWord]) -> set[int]:
    """Places of letters after which the second reader saw a blank."""
    return {count - 1 for count in accumulate(len(word.letters) for word in others)}


def _runs(places: Sequence[int], spaces: set[int]) -> list[list[int]]:
    """Places in a row, parted at blanks."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1 and place - 1 not in spaces:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _agreed(word: SeenWord, letters: Sequence[Letter], blanks: Sequence[bool], lacks: Mapping[str, str]) -> SeenWord | None:
    """One word out of what both read; None where only the first saw it, and only a mark, which is dirt."""
    other = "".join(letter.text for letter in letters)
    spaced = "".join(letter.text + (BLANK if blank else "") for letter, blank in zip(letters, blanks, strict=True)).rstrip()
    if not other:
        marks_only = not any(letter.isalnum() for letter in word.text)
        return None if marks_only and word.confidence < SURE else SeenWord(word.text, word.box, min(word.confidence, 0.5))
    sure = min(letter.confidence for letter in letters)
    if shape(word.text) == shape(other):
        both = 1 - 0.5 * (1 - word.confidence) * (1 - sure)
        return SeenWord(word.text, word.box, both, _others(word.text, other, spaced))
    if _is_told(word.text, letters):
        return SeenWord(other, word.box, 0.5 + 0.5 * sure)
    if _BARS.fullmatch(word.text) and _BARS.fullmatch(other):
        text, alternative = (word.text, other) if len(word.text) >= len(other) else (other, word.text)
        return SeenWord(text, word.box, min(max(word.confidence, sure), SURE), (alternative,))
    sign = _with_sign(word.text, other, spaced, sure, lacks)
    if sign:
        return SeenWord(sign, word.box, 0.5 + 0.5 * sure)
    return _chosen(word, other, spaced, sure)


def _is_told(one: str, letters: Sequence[Letter]) -> bool:
    """Whether two readings differ in letters alone that the second is sure of and the first lacks or flattens: "Ktos", "Rapha@l", "Ozlem".

    Two signs for one are no letter left out by the second, where one of them is none or both look like the stroke of an "ł".
    """
    told = [letter.text in _FLAT and letter.confidence >= TOLD for letter in letters]
    seen = "".join(_FLAT[letter.text] if sure else re.escape(shape(letter.text)) for letter, sure in zip(letters, told, strict=True))
    return any(told) and bool(re.fullmatch(seen, shape(one)))


def _with_sign(one: str, other: str, spaced: str, sure: float, lacks: Mapping[str, str]) -> str | None:
    """The second reading where it has a § or a bullet for what a reader that lacks it put there."""
    if other == "•" and other in lacks and len(one) <= 2 and not one.isdigit():
        return other
    if "§" not in other or "§" in one or "§" not in lacks or sure < 0.5:
        return None
    match = _section_like(lacks["§"]).match(one)
    alike = match and (match["front"] or "") == other.partition("§")[0] and digits(other) in (digits(match["number"] or ""), "")
    return spaced if alike else None


@cache
def _section_like(printed: str) -> re.Pattern[str]:
    """What a reader prints for §, alone or before its number, that prints one of these letters in its place."""
    return re.compile(rf"^(?P<front>[(„]|in|nach|des|den|der|von)??[{re.escape(printed)}](?P<number>[1-9]\d{{0,2}}\w?\)?[.,;]?)?$")


def _chosen(word: SeenWord, other: str, spaced: str, sure: float) -> SeenWord:
    """The surer of two readings that differ, the other one as its alternative."""
    one, figures = word.text, any(letter.isdigit() for letter in word.text + other)
    first = word.confidence >= (sure if figures else FAIR if _letters_missing(other, one) else min(SURE, sure))
    if other.rstrip(".") == one.rstrip(".") and one.endswith(".."):
        first = False
    a, b = (min(0.95, max(0.05, value)) for value in ((word.confidence, sure) if first else (sure, word.confidence)))
    likely = a * (1 - b) / (a * (1 - b) + b * (1 - a))
    most = DIFFERING_FIGURES if figures and digits(one) != digits(other) else DIFFERING
    text = one if first else other
    return SeenWord(text, word.box, min(likely, most), _others(text, one, other, spaced))


def _letters_missing(text: str, whole: str) -> bool:
    """Whether a text is the other with letters left out, as the second reader's slips are."""
    rest = iter(whole)
    return len(text) < len(whole) and all(letter in rest for letter in text)


def _others(text: str, *readings: str) -> tuple[str, ...]:
    """Readings other than the text, each once; another shape of quote or dash is none."""
    return tuple(dict.fromkeys(reading for reading in readings if reading != text and shape(reading) != shape(text)))


def _missed(letters: Sequence[Letter], words: Sequence[SeenWord]) -> SeenWord:
    """A word that only the second reader saw: handwriting, mostly."""
    half = 0.3 * max(word.box[3] - word.box[1] for word in words)
    places = [letter.middle for letter in letters]
    top, bottom = min(word.box[1] for word in words), max(word.box[3] for word in words)
    box = (min(places) - half, float(top), max(places) + half, float(bottom))
    return SeenWord("".join(letter.text for letter in letters), box, 0.5 * min(letter.confidence for letter in letters))


def _with_numbers_whole(read: Sequence[SeenWord]) -> list[SeenWord]:
    """Amounts that the first reader parted after a full stop put together: "5." and "118.940,00"."""
    found: list[SeenWord] = []
    for word in read:
        last = found[-1] if found else None
        whole = (last.text if last else "") + word.text
        if last and re.fullmatch(r"\W?(\d{1,3}\.)+", last.text) and _GROUPED.fullmatch(whole.lstrip("(")) and _close(last.box, word.box):
            other = (*(one + word.text for one in last.alternatives), *(last.text + one for one in word.alternatives))
            joined = _joined(last, word)
            found[-1] = replace(joined, alternatives=(*joined.alternatives, *other))
        else:
            found.append(word)
    return found


def _close(one: Box, other: Box) -> bool:
    return other[0] - one[2] < 0.45 * (other[3] - other[1])


def _meant(word: SeenWord) -> list[SeenWord]:
    """A word as it is meant, several where a blank was lost: lines are laid out by bullets and the numbers of chapters and sections."""
    text = meant("line", word.text)
    if " " in text:
        return _cut(word, text.split())
    return [word if text == word.text else replace(word, text=text, alternatives=(*word.alternatives, word.text))]


def _blanks_kept(word: SeenWord) -> list[SeenWord]:
    """The words that the second reader parts where the first saw one, if letters meet figures or marks there ("3von5")."""
    if _GROUPED.fullmatch(word.text.lstrip("(")):
        return [word]
    spaced = next((one for one in word.alternatives if BLANK in one and shape(one.replace(BLANK, "")) == shape(word.text)), None)
    if spaced is None or not all(_KINDS_MEET.search(f"{a[-1]} {b[0]}") for a, b in pairwise(spaced.split())):
        return [word]
    texts: list[str] = []
    start = 0
    for part in spaced.split():
        texts.append(word.text[start : start + len(part)])
        start += len(part)
    return _cut(word, texts)


def _cut(word: SeenWord, texts: Sequence[str]) -> list[SeenWord]:
    """A word cut into several, as wide as they are long."""
    left, top, right, bottom = word.box
    width = (right - left) / sum(map(len, texts))
    found: list[SeenWord] = []
    for text in texts:
        found.append(replace(word, text=text, box=(left, top, left + len(text) * width, bottom), alternatives=()))
        left += len(text) * width
    return found
