"""What a sentence of no known wording agrees as targets: of which indicator and group, and whether it agrees them at all.

A sentence is parted into stretches that bear one target each, which `agreements.language.target_grammar` reads. It is read only
where every other word is known to be harmless; else the reading says what it does not understand, and a person must look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from agreements.language.numbers import NUMBER
from agreements.language.sentences import without_last_year
from agreements.language.target_grammar import (
    Token,
    amount_of,
    of_kind,
    phrase_of,
    richtung_of,
    schranke_of,
    tokens_of,
    zielwert,
)
from agreements.language.target_vocabulary import EINHEIT, FRAME, FRAME_BEHIND, HARMLESS, NOUNS, TABLE, any_of
from agreements.model.record import Einheit
from agreements.reading.doubts import Doubt
from extract.by_grammar.coordinated_targets import GRUPPEN, INDIKATOREN, Coordinated, bears, stretches_of
from extract.by_grammar.target_elements import Gruppe, Indikator, Level, Setting, Target

# ---------------------------------------------------------------- parts of a sentence


def _tokens(text: str, setting: Setting) -> list[Token]:
    """The parts of a sentence; the Träger's name is one word that says nothing."""
    masked = text
    for name in sorted(setting.names, key=len, reverse=True):
        masked = re.sub(
            rf"(?<![\w-]){re.escape(name)}(?![\w-])",
            lambda found: "Landkreis".ljust(len(found.group())) if len(found.group()) >= 9 else found.group(),
            masked,
        )
    return tokens_of(masked)


# ---------------------------------------------------------------- reading a sentence


def targets(sentence: str, setting: Setting) -> tuple[Target, ...]:
    """The targets of a sentence, in order; none where it agrees no change, level or standstill of an indicator."""
    head, main = _parted(sentence)
    whole = without_last_year(_without_asides(sentence[:main]), setting.jahr)
    before, tokens = _tokens(sentence[:head], setting), [token for token in _tokens(whole, setting) if token.start >= head]
    tokens, level = _without_level(_with_units(tokens), sentence, setting)
    if not any(bears(token) for token in tokens):
        return ()
    agreed = any(token.kind in ("agreed", "modal") for token in tokens) or _is_to_be(tokens)
    framed = setting.framed or head > 0 or main < len(sentence) or agreed
    if promised := _promised(tokens):
        if any(token.kind == "year" and int(token.match["jahr"]) < setting.jahr for token in tokens) or _speaks_of_year_before(tokens):
            return ()
        tokens = [token for token in tokens if token is not promised]
    told = {token.kind for token in tokens} & {"past", "forecast"}
    named = any(token.kind in ("quote", "lzb", "llu", "title") for token in (*before, *tokens))
    if told and head == 0:
        if not any(token.kind == "agreed" and token.text.lower() in ("vereinbart", "festgelegt", "verständigt") for token in tokens):
            return ()
        framed = False
    if not named and (setting.indikator is None or _is_share(tokens, setting)):
        return ()
    framed = framed and not any(token.kind == "other" for token in (*before, *tokens))
    doubts = [*_doubts(before, setting, opening=True), *_doubts(tokens, setting, opening=False)]
    if not framed:
        doubts.append(Doubt("nicht-vereinbart"))
    parts = stretches_of(tokens)
    phrases = [phrase_of(stretch, setting.jahr) for stretch in parts]
    read = Coordinated(parts, phrases, setting, _opening_group(before), _opening_indicator(before)).read()
    found = [replace(target, framed=framed, doubts=tuple(dict.fromkeys((*target.doubts, *doubts)))) for target in read]
    if level and found:
        found[-1] = replace(
            found[-1], entspricht=level if len(found) == 1 else replace(level, doubts=(*level.doubts, Doubt("mehrere-zielwerte-davor")))
        )
    return tuple(found)


_ASIDE = re.compile(r",\s*(?:nachdem|obwohl|obgleich|wenngleich)\b(?:(?!%|€|Euro|Prozent|Personen|Integrationen)[^,;])*(?:,|(?=\.?$))")
"""A clause that tells why, and states no quantity: "…, nachdem sie 2021 gesunken ist, …"."""


def _without_asides(sentence: str) -> str:
    """The sentence, blanks in the place of each clause that agrees nothing."""
    return _ASIDE.sub(lambda found: " " * len(found.group()), sentence)


def _is_to_be(tokens: Sequence[Token]) -> bool:
    """Whether "ist … zu" in one clause says what shall be: "ist um 1,9 % zu senken"."""
    open_clause = False
    for one, other in pairwise(tokens):
        open_clause = one.text.lower() in ("ist", "sind") or (open_clause and one.kind not in ("comma", "open", "close", "and"))
        behind = one.text.lower() == "zu" and (other.kind == "verb" or other.text in ("erreichen", "erzielen", "halten"))
        if open_clause and (behind or (other.kind == "verb" and _TO.search(other.text))):
            return True
    return False


_TO = re.compile(r"^(?:zu |anzu|abzu)\w+en$")
"""An infinitive of the table that has its "zu" in it: "anzuheben"."""


def _promised(tokens: Sequence[Token]) -> Token | None:
    """The "hat" of a sentence that says who agreed: "hat … geplant", and not "hat … gesteigert und verpflichtet sich"."""
    past = of_kind(tokens, "past")
    if len(past) != 1 or past[0].text.lower() not in ("hat", "haben"):
        return None
    behind = [token for token in tokens if token.start > past[0].start]
    participles = [token for token in behind if token.kind == "verb" and token.text not in NOUNS and richtung_of(token) != "betraegt"]
    promise = next((token for token in behind if token.kind == "agreed" and _PROMISE.fullmatch(token.text)), None)
    if promise is None:
        goal = next((token for token in behind if token.text == "Ziel"), None)
        promise = next((token for token in behind if goal and token.text == "gesetzt" and token.start > goal.start), None)
    return past[0] if promise and not any(token.start < promise.start for token in participles) else None


_PROMISE = re.compile(any_of(form for each in TABLE if each.part == "zugesagt" for form in each.forms), re.I)


def _speaks_of_year_before(tokens: Sequence[Token]) -> bool:
    """Whether something was said, or happened, in the year before: "im Vorjahr", which no quantity is compared with."""
    return any(token.kind == "word" and token.text.lower().startswith("vorjahr") for token in tokens)


def _with_units(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, a figure without a unit as a quantity where women or men are counted beside one, or the sentence says that it counts."""
    counts = any(token.kind == "word" and token.text.lower() in ("anzahl", "zahl") for token in tokens)
    if not any(token.kind in ("frauen", "maenner") for token in tokens):
        return list(tokens)
    found: list[Token] = []
    for place, token in enumerate(tokens):
        earlier = [each for each in found if each.kind == "amount"]
        unit: Einheit | None = amount_of(earlier[-1])[1] if earlier else "personen" if counts else None
        alone = token.kind == "number" and re.fullmatch(NUMBER, token.text) and (unit != "personen" or "," not in token.text)
        near = any(each.kind in ("frauen", "maenner") for each in tokens[max(0, place - 6) : place])
        bare = unit is not None and alone and near and not (len(token.text) == 4 and token.text.startswith(("19", "20")))
        found.append(token._replace(kind="amount", einheit=unit) if bare else token)
    return found


def level_after(sentence: str, setting: Setting) -> Level | None:
    """The level that a sentence of its own says the target before it comes to: "Dies entspricht …"."""
    tokens = _tokens(sentence, setting)
    if not tokens or not any(token.kind == "equal" for token in tokens[:4]):
        return None
    return _without_level(tokens, sentence, setting)[1]


def _is_share(tokens: Sequence[Token], setting: Setting) -> bool:
    """Whether a quantity is a share of something else: "40 % der Termine"."""
    return any(
        token.kind == "amount"
        and one.text.lower() in ("der", "aller", "des", "von")
        and other.kind in ("word", "other")
        and other.text[:1].isupper()
        and not _is_harmless(other.text, setting.certain)
        for token, one, other in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


_QUANTITY = re.compile(rf"{NUMBER}\s?(?:{any_of(form for forms in EINHEIT.values() for form in forms)})")


def _parted(sentence: str) -> tuple[int, int]:
    """Where the condition begins that "Das Ziel ist erreicht, wenn" opens, and where it ends if the frame stands behind it."""
    opening = FRAME.match(sentence)
    if opening and not _QUANTITY.search(opening["before"]):
        return opening.end(), len(sentence)
    behind = FRAME_BEHIND.search(sentence)
    return 0, behind.start() if behind else len(sentence)


def _without_level(tokens: list[Token], sentence: str, setting: Setting) -> tuple[list[Token], Level | None]:
    """The tokens up to "dies entspricht", and the level that stands behind it."""
    place = next((place for place, token in enumerate(tokens) if token.kind == "equal"), None)
    if place is None:
        return tokens, None
    said = next((at for at in range(place - 1, -1, -1) if tokens[at].kind in ("comma", "open")), -1)
    clause = tokens[said + 1 : place]
    if said > 0 and clause and clause[0].text.lower() in ("was", "dies", "das") and of_kind(clause, "amount"):
        return [*tokens[:said], *tokens[place + 1 :]], _level(clause, setting)
    rest = tokens[place + 1 :]
    closing = next((number for number, token in enumerate(rest) if token.kind == "close"), len(rest))
    opened = place > 0 and tokens[place - 1].kind == "open"
    inner, after = (rest[:closing], rest[closing + 1 :]) if opened else (rest, [])
    before = tokens[: place - 1] if opened else tokens[:place]
    return [*before, *after], _level(inner, setting)


def _level(tokens: list[Token], setting: Setting) -> Level | None:
    amounts, bounds = of_kind(tokens, "amount"), of_kind(tokens, "bound")
    if not amounts:
        figures = [token for token in tokens if token.kind == "number"] or ([] if setting.certain else tokens)
        return Level(None, figures[0].start, figures[-1].end, (Doubt("niveau-unlesbar"),)) if figures else None
    doubts = _doubts([token for token in tokens if token.kind not in ("quote", "lzb", "llu")], setting, opening=False)
    if max(len(amounts), len(bounds)) > 1 or of_kind(tokens, "verb", "reference", "level", *GRUPPEN):
        doubts.append(Doubt("welches-niveau"))
    wert, einheit = amount_of(amounts[0])
    value = zielwert("betraegt", schranke_of(bounds[0]) if bounds else None, wert, einheit, None)
    return Level(value, (bounds or amounts)[0].start, amounts[0].end, tuple(doubts))


def _doubts(tokens: Sequence[Token], setting: Setting, *, opening: bool) -> list[Doubt]:
    """Why not to trust a reading: words that the grammar does not know."""
    unknown = [token.text for token in tokens if token.kind in ("word", "sign", "other") and not _is_harmless(token.text, setting.certain)]
    unknown += [token.text for token in tokens[:-1] if token.text == "."]
    found = [Doubt("unbekannte-worte", worte=" ".join(unknown[:3]))] if unknown and not opening else []
    found += [
        Doubt("nicht-verstanden", worte=token.text)
        for token in tokens
        if token.kind in ("negation", "number", "other", *(() if opening else ("past", "forecast")))
    ]
    years = [token.match["jahr"] or token.match["tagesjahr"] for token in tokens if token.kind in ("year", "date")]
    found += [Doubt("anderes-jahr-genannt", jahr=year) for year in years if _is_other_year(int(year), setting)]
    return found


def _is_other_year(jahr: int, setting: Setting) -> bool:
    """Whether a year that is no reference makes the reading unsure; last year's left in is told as a contradiction."""
    return jahr != setting.jahr and (not setting.certain or jahr != setting.jahr - 1)


@cache
def _is_harmless(word: str, certain: bool) -> bool:
    bare = word.lower().strip("-")
    if bare in HARMLESS or word in ("„", "“", "”", '"', "'", ".", "*"):
        return True
    return (
        not certain
        and len(bare) >= 7
        and any(abs(len(known) - len(bare)) <= 1 and Levenshtein.distance(known, bare, score_cutoff=1) <= 1 for known in HARMLESS)
    )


def _opening_group(before: Iterable[Token]) -> Gruppe | None:
    """The group that the words before the condition name; None where they name none or several."""
    kinds = {token.kind for token in before}
    groups = [gruppe for gruppe in GRUPPEN if gruppe in kinds]
    return groups[0] if len(groups) == 1 else None


def _opening_indicator(before: Iterable[Token]) -> Indikator | None:
    named = {INDIKATOREN[token.kind] for token in before if token.kind in INDIKATOREN}
    return next(iter(named)) if len(named) == 1 else None
