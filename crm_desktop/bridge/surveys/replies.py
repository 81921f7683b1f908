"""What somebody answers who replies to the message of a survey.

He writes behind the questions, in the quotation or where his program keeps them without one; or
he numbers his answers above the quotation; or he writes one line a question. Questions are found
by their letters and figures alone, so that other quotes, line breaks and marks do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from crm_desktop.domain.surveys import (
    Prompt,
    Question,
    QuestionId,
    QuestionKind,
    Said,
    codes_in,
    read_answer,
)

_QUOTE = re.compile(r"^[ \t]*(?:[>|＞][ \t]?)+")
# What mail programs write above what they quote, in the languages of ours and some others.
_ABOVE = re.compile(
    r"^\s*(?:-{2,}.*(?:original|forwarded|encaminhada|原始邮件|邮件原件|转发).*"
    r"|\S.*@.*(?:escreveu|wrote)\b.*:|on\b.*\bwrote\s*:|(?:em|no|a|às)\b.*\bescreveu\s*:|el\b.*\bescribió\s*:"
    r"|在?.{0,80}(?:写道|寫道)\s*[:：]|_{8,}"
    r"|(?:from|de|发件人|寄件者|发件人姓名)\s*[:：].*@.*)\s*$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^\s*(?:--|—|sent from my\b.*|enviad[oa] d[oe]\b.*|发自.*|從我的.*傳送)\s*$", re.IGNORECASE
)
_NUMBERED = re.compile(r"^\s*(?:q|p|问题|第)?\s*(\d{1,2})\s*[.)、:：\-–．题]\s*(.*)$", re.I)
_BETWEEN = " \t\n()（）[]:：?？.。*_"


def read_reply(
    text: str, questions: Sequence[Question], prompts: Sequence[Prompt]
) -> dict[QuestionId, Said]:
    """The answers in a reply; what cannot be read is left out.

    Args:
        text: of the message, in lines, what is quoted included.
        questions: that were asked.
        prompts: how each of them was written.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    behind = _behind(_Letters("\n".join(_QUOTE.sub("", line) for line in lines)), prompts)
    own = _own(lines)
    numbered = _numbered(own)
    spoken = [line for line in own if line.strip()]
    found: dict[QuestionId, Said] = {}
    for place, (question, prompt) in enumerate(zip(questions, prompts, strict=True)):
        candidates = list(behind[place])
        above = numbered.get(prompt.number, "")
        # The question itself is no answer to it.
        if _fold(prompt.text) not in _fold(above):
            candidates.append(above)
        if len(spoken) == len(questions) and not numbered and not any(map(any, behind)):
            candidates.append(spoken[place])
        for words in candidates:
            said = read_answer(question, _tidied(words, question))
            if said is not None and question.id is not None:
                found[question.id] = said
                break
    return found


class _Letters:
    """The letters and figures of a text, and where in it each stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        letters, self.places = [], list[int]()
        for place, sign in enumerate(text):
            for one in unicodedata.normalize("NFKD", sign).casefold():
                if one.isalnum():
                    letters.append(one)
                    self.places.append(place)
        self.letters = "".join(letters)


def _fold(text: str) -> str:
    return _Letters(text).letters


def _behind(whole: _Letters, prompts: Sequence[Prompt]) -> list[list[str]]:
    """What stands behind each question, wherever the question stands."""
    found: list[list[str]] = [[] for _ in prompts]
    marks: list[tuple[int, int, int]] = []  # where it begins and its words end, and which one
    for place, prompt in enumerate(prompts):
        wanted = _fold(f"{prompt.number}{prompt.text}") + _fold(prompt.hint)
        for needle in (wanted, _fold(prompt.text) + _fold(prompt.hint)):
            spots = _spots(whole.letters, needle) if needle else []
            if needle is wanted:
                spots = [at for at in spots if not _goes_on(whole, at)]
            if spots:
                marks += ((at, at + len(needle), place) for at in spots)
                break
    marks.sort()
    for index, (_at, end, place) in enumerate(marks):
        begin = whole.places[end - 1] + 1
        stop = whole.places[marks[index + 1][0]] if index + 1 < len(marks) else len(whole.text)
        found[place].append(_until_the_end(whole.text[begin:stop].lstrip(_BETWEEN)))
    return found


def _goes_on(whole: _Letters, at: int) -> bool:
    """Whether the figure before is part of the same number: 1 of 11."""
    place = whole.places[at]
    return place > 0 and whole.text[place - 1].isdigit()


def _spots(letters: str, needle: str) -> list[int]:
    spots, at = [], letters.find(needle)
    while at >= 0:
        spots.append(at)
        at = letters.find(needle, at + len(needle))
    return spots


def _until_the_end(words: str) -> str:
    """What is said before a code, a signature or what a program writes above a quotation."""
    kept = []
    for line in words.split("\n"):
        if codes_in(line) or _ABOVE.match(line) or _SIGNATURE.match(line):
            break
        kept.append(line)
    said = "\n".join(kept).strip()
    # The number of the next question.
    return re.sub(r"\n\s*\d{1,2}\s*[.)、]\s*$", "", said).strip()


def _own(lines: Sequence[str]) -> list[str]:
    """The lines above what is quoted."""
    found = []
    for line in lines:
        if _QUOTE.match(line) or _ABOVE.match(line) or _SIGNATURE.match(line):
            break
        found.append(line)
    return found


def _numbered(lines: Sequence[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    into = 0
    for line in lines:
        if match := _NUMBERED.match(line):
            into = int(match[1])
            if into in found:
                into = 0
                continue
            found[into] = match[2].strip()
        elif into and line.strip():
            found[into] = f"{found[into]}\n{line.strip()}".strip()
        else:
            into = into if line.strip() or not into or not found[into] else 0
    return found


def _tidied(words: str, question: Question) -> str:
    """An answer without what leads to it; of all but words, its first line."""
    kept = words.strip()
    if question.kind is QuestionKind.TEXT:
        return kept
    return next((line.strip() for line in kept.split("\n") if line.strip()), "")
