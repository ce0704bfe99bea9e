"""How long a slide takes, by one rule, so that a meeting of 20 minutes takes 20 minutes.

The seconds of a slide are those of the words that are read, aloud or silently, and of what the leader says,
at one rate; of the votes on it; of turning to it; and of the silences that `workshop.yml` gives for thinking,
answering and talking. What the script says after "Säg:" and "Fråga:" is said; a question "om ni har tid"
only where the meeting has a silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from macros.model import Framework
from macros.slides.deck import Shape, Slide, deck

#: Words read aloud in a minute: slower than in a talk between two, so that the back row can follow.
WORDS = 110
#: Seconds for counting the hands of one level, for rating one case with the fingers, for turning to a slide.
HANDS, FINGERS, TURN = 10, 20, 5
_SAID = re.compile(r"(?:Säg|Fråga)(, om ni har tid)?: (.*)")


def seconds(slide: Slide, agenda: int) -> int:
    """Return how many seconds a slide takes in the meeting of `agenda` minutes."""
    silence = slide.silence.get(agenda, 0)
    said = [match for match in map(_SAID.match, slide.script) if match]
    texts = [match[2] for match in said if silence or not match[1]]
    if slide.reading:
        texts += slide.texts[1:] if slide.kicker else slide.texts
    entries = {block.shape: len(block.entries) for block in slide.blocks}
    votes = entries.get(Shape.HANDS, 0) * HANDS + entries.get(Shape.CASES, 0) * FINGERS
    return round(words(texts) * 60 / WORDS) + votes + silence + TURN


def words(texts: Iterable[str]) -> int:
    """Return how many words there are to read."""
    return sum(len(re.findall(r"\w+(?:[-:.]\w+)*", text)) for text in texts)


def moments(slides: Iterable[Slide], agenda: int) -> list[tuple[tuple[Slide, ...], int]]:
    """Return what shares a time, the slides of 0 minutes with the next that has some, and those minutes."""
    found: list[tuple[tuple[Slide, ...], int]] = []
    waiting: list[Slide] = []
    for slide in slides:
        if agenda in slide.minutes:
            waiting.append(slide)
            if slide.minutes[agenda]:
                found.append((tuple(waiting), slide.minutes[agenda]))
                waiting = []
    return found


def overruns(framework: Framework) -> Iterator[str]:
    """Tell an editor of each slide that takes longer than its minutes, with the workshop's own example."""
    for agenda in framework.workshop.agendas:
        for slides, minutes in moments(deck(framework), agenda):
            took = sum(seconds(slide, agenda) for slide in slides)
            if took > 60 * minutes:
                yield (
                    f'framework/workshop.yml: bilden "{slides[-1].id}" tar {took} sekunder i mötet på '
                    f"{agenda} minuter, men har {60 * minutes}. Ge den fler minuter, eller korta manuset "
                    "eller silence."
                )
