"""What is new on a step of the staircase, word by word. Works on any two Swedish texts."""

from __future__ import annotations

from collections.abc import Sequence, Set
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter

from quiz.words import dropped as dropped_sentence

#: Words without a meaning of their own: sharing or adding only these says nothing.
SMALL_WORDS = frozenset(
    [
        *("alltifrån", "av", "att", "de", "dem", "den", "det", "där", "eller", "en", "ett", "exempel"),
        *("från", "för", "genom", "har", "hos", "hur", "i", "inom", "kan", "man", "med", "mig", "min"),
        *("mitt", "mot", "och", "om", "på", "samt", "sig", "sin", "sina", "sitt", "som", "så", "såsom"),
        *("t.ex", "till", "vad", "var", "vid", "vilka", "är", "även"),
    ]
)
VERBS = frozenset(("kan", "har"))
#: A sentence with such a word says what one cannot: what it names is new where it is said without.
DENIALS = frozenset(("inte", "ej"))
#: Words that limit a level: a step can be higher only because such a reservation is gone.
RESERVATIONS = frozenset(("enklare", "stöd", "viss", "vägledning"))
ENDINGS = ("s", "n", "t", "en", "et", "er", "ar", "ens", "ets", "erna", "arna")
SHORTEST_STEM = 5
SHORTEST_KEPT = 2


@lru_cache(maxsize=256)
def new_words(lower: str, upper: str) -> tuple[tuple[str, bool], ...]:
    """Return `upper` in pieces, each with whether it is new compared with `lower`.

    The pieces joined are `upper`, character by character. Capitals, punctuation and common endings make no
    difference. For the marking to read as phrases, a word or two that happen to be shared are new between new
    words, and small words on their own never are.
    """
    words = upper.split()
    fresh = _fresh(lower.split(), words)
    new: list[bool] = []
    for word, before, now in zip(words, [False, *fresh], fresh, strict=False):
        start = upper.index(word, len(new))
        new += [before and now] * (start - len(new)) + [now] * len(word)
    new += [False] * (len(upper) - len(new))
    groups = groupby(zip(upper, new, strict=True), key=itemgetter(1))
    return tuple(("".join(character for character, _ in group), mark) for mark, group in groups)


def dropped(lower: str, upper: str) -> list[str]:
    """Return the reservations of `lower` that `upper` has left out: «till viss del», «med stöd».

    They can be all that sets two steps apart, and no marking of new words shows them.
    """
    words, above = lower.split(), upper.split()
    keys = _keys(words, above)
    neighbours = set(pairwise(_keys(above, words)))
    return [
        " ".join(words[start:end])
        for start, end in _runs(_fresh(above, words), True)
        if start > 0
        and end < len(words)
        and RESERVATIONS.intersection(keys[start:end])
        and (keys[start - 1], keys[end]) in neighbours
    ]


@lru_cache(maxsize=256)
def dropped_text(lower: str, upper: str) -> str:
    """Say what is `dropped`, if anything."""
    return dropped_sentence(dropped(lower, upper))


def _fresh(lower: Sequence[str], upper: Sequence[str]) -> list[bool]:
    """Return for each word of `upper` whether it is new."""
    below = [lower[start:end] for start, end in _sentences(lower)]
    said = [word for sentence in below if not DENIALS.intersection(sentence) for word in sentence]
    known = [_key(word) for word in said]
    keys = _keys(upper, said)
    fresh = [True] * len(keys)
    for _, at, size in SequenceMatcher(None, known, keys, autojunk=False).get_matching_blocks():
        fresh[at : at + size] = [False] * size
    verbs_below = {_key(sentence[0]) for sentence in below}
    for start, end in _sentences(upper):
        fresh[start:end] = _smooth(keys[start:end], fresh[start:end], verbs_below)
    return fresh


def _sentences(words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where each sentence starts and ends; «t.ex.» ends none."""
    ends = [
        at
        for at in range(1, len(words) + 1)
        if at == len(words) or (words[at - 1].endswith((".", "!", "?")) and words[at][:1].isupper())
    ]
    return list(pairwise([0, *ends]))


def _key(word: str) -> str:
    return word.strip(".,;:!?()«»”\"'").casefold()


def _keys(words: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the words to compare by, as they are in `others` when they differ only in form."""
    known = [_key(word) for word in others]
    return [_like(_key(word), known) for word in words]


def _like(word: str, known: Sequence[str]) -> str:
    if word in known:
        return word
    for other in known:
        stem, longer = sorted((word, other), key=len)
        if len(stem) >= SHORTEST_STEM and longer.startswith(stem) and longer[len(stem) :] in ENDINGS:
            return other
    return word


def _smooth(keys: Sequence[str], fresh: Sequence[bool], verbs_below: Set[str]) -> list[bool]:
    """Return which words of a sentence to mark, so that the marking reads as phrases.

    `verbs_below` are the words that begin a sentence on the step below.
    """
    marked = list(fresh)
    if not all(marked):
        for start, end in _runs(marked, True):
            added = set(keys[start:end])
            if added <= SMALL_WORDS and not added & VERBS - verbs_below:
                marked[start:end] = [False] * (end - start)
    for start, end in _runs(marked, False):
        if start > 0 and _weight(keys[start:end]) < SHORTEST_KEPT:
            marked[start:end] = [True] * (end - start)
    kept = [key for key, new in zip(keys, marked, strict=True) if not new]
    return [True] * len(marked) if any(marked) and _weight(kept) < SHORTEST_KEPT else marked


def _weight(keys: Sequence[str]) -> int:
    """Return the number of words with a meaning of their own."""
    return sum(key not in SMALL_WORDS for key in keys)


def _runs(values: Sequence[bool], wanted: bool) -> list[tuple[int, int]]:
    """Return the start and end of every unbroken run of `wanted`."""
    groups = groupby(range(len(values)), key=values.__getitem__)
    runs = [list(places) for value, places in groups if value is wanted]
    return [(run[0], run[-1] + 1) for run in runs]
