"""A reading prepared once for all its sentences: plain text, its sentences, quantities, names, planted instructions.

Title, text and (a paper's) comment are one text, each beginning a sentence of its own. Sentences that speak to a
reader of the AI kind ("note to AI readers: …") are found here and are no evidence for anything. The index of a
reading is kept for the readings last used, because a story's sentences are checked one after another.
"""

import bisect
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, lru_cache

from core.checking.texts import instructions, lexicon, plain
from core.checking.texts.quantity import Match, Quantity, agree
from core.checking.texts.scan import scan
from core.model import Reading, Sentence
from core.text import sentences as split

Span = tuple[int, int]
_SHORT_FORM = re.compile(r"\(([A-Z]{2,6})s?\)")
_WORDS_BEFORE = re.compile(r"(?:[\w-]+\s){1,6}$")
_LEFT_OUT = re.compile(r"\.\.\.|\[\s?\.*\s?\]")
_QUOTED = 4


class Index:
    """What a reading says, ready to be asked. Built lazily: a link check needs no numbers."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        parts = [plain.flat(p) for p in (reading.item.title, reading.text, reading.comment) if p.strip()]
        spans: list[Span] = []
        text = ""
        for part in parts:
            spans += _spans(part, len(text))
            text += part + "\n\n"  # two: a `$` also matches before a last one
        self.title = plain.flat(reading.item.title)
        self.text = text
        self.low = plain.lower(text)
        self.sentences = tuple(spans)
        self.starts = [a for a, _ in spans]

    @cached_property
    def planted(self) -> tuple[Span, ...]:
        """Sentences that are instructions to whoever reads, with what they put into quotation marks to its end."""
        found: list[Span] = []
        quoting = 0  # how many more sentences an open quotation may take
        texts = [self.text[a:b] for a, b in self.sentences]
        titled = sum(b <= len(self.title) for _, b in self.sentences)
        for span, said, ordered in zip(self.sentences, texts, instructions.ordered(texts, titled), strict=True):
            if quoting or ordered or said.startswith("<!-"):
                found.append(span)
                opened = said.count('"') % 2 == 1
                quoting = (0 if opened else quoting - 1) if quoting else (_QUOTED if opened else 0)
        return tuple(found)

    @cached_property
    def squashed(self) -> str:
        return plain.squash(self.text)

    @cached_property
    def kept(self) -> list[int]:
        return plain.kept(self.text)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(q for q in scan(self.text) if not any(a <= q.start < b for a, b in self.planted))

    @cached_property
    def quantity_starts(self) -> list[int]:
        return [q.start for q in self.quantities]

    @cached_property
    def words(self) -> str:
        """All words in a row with one blank between and around them, for looking up names of several words."""
        kept = self.text
        for a, b in reversed(self.planted):
            kept = kept[:a] + "\n" + kept[b:]
        return plain.row(kept)

    @cached_property
    def glued(self) -> str:
        return self.words.replace(" ", "")

    @cached_property
    def bracketed(self) -> frozenset[str]:
        """Names with an ending in brackets, written with it (HomeAdam(W): homeadamw)."""
        return frozenset((a + b).lower() for a, b in re.findall(r"([A-Za-z]{3,})\(([A-Za-z]{1,2})\)", self.text))

    @cached_property
    def evidence(self) -> str:
        """Lower-case text without what was planted."""
        kept = self.low
        for a, b in reversed(self.planted):
            kept = kept[:a] + kept[b:]
        return kept

    @cached_property
    def sentence_concepts(self) -> tuple[frozenset[int], ...]:
        """The lexicon's concepts of each sentence."""
        return tuple(lexicon.given(self.low[a:b]) for a, b in self.sentences)

    @cached_property
    def sentence_words(self) -> tuple[str, ...]:
        """Each sentence as `words` has the whole."""
        return tuple(plain.row(self.text[a:b]) for a, b in self.sentences)

    @cached_property
    def concepts(self) -> frozenset[int]:
        """The concepts of the whole reading, without what was planted."""
        kept = (c for s, c in zip(self.sentences, self.sentence_concepts, strict=True) if s not in self.planted)
        return frozenset().union(*kept)

    def has(self, name: str) -> bool:
        """Whether a name (any spelling with blanks, hyphens, case, plural) stands in the reading as whole words."""
        wanted = plain.key(name)
        return bool(wanted) and f" {wanted} " in self.words

    @cached_property
    def _short(self) -> dict[str, str]:
        """Short forms and what they stand for (`multiple-choice (MC)`), in lower case."""
        found: dict[str, str] = {}
        for m in _SHORT_FORM.finditer(self.text):
            if words := _WORDS_BEFORE.search(self.text[max(0, m.start() - 120) : m.start()]):
                found[m[1]] = " ".join(words[0].lower().replace("-", " ").split()[-len(m[1]) :])
        return found

    def spelled(self, start: int, end: int) -> str:
        """A stretch in lower case, with what its short forms stand for behind it."""
        known = [
            self._short[word] for word in re.findall(r"\b[A-Z]{2,6}\b", self.text[start:end]) if word in self._short
        ]
        return " ".join((self.low[start:end], *known))

    def within(self, spans: tuple[Span, ...]) -> tuple[Quantity, ...]:
        out: list[Quantity] = []
        for a, b in spans:
            out += self.quantities[
                bisect.bisect_left(self.quantity_starts, a) : bisect.bisect_left(self.quantity_starts, b)
            ]
        return tuple(out)

    def find(self, quote: str) -> Span | None:
        """Where a quote stands verbatim (but for blanks, case, punctuation and markup); parts around `…` in order."""
        begin = end = None
        at = 0
        for part in _LEFT_OUT.split(plain.flat(quote)):
            needle = plain.squash(part)
            if not needle:
                continue
            at = self.squashed.find(needle, at)
            if at < 0:
                return None
            begin = self.kept[at] if begin is None else begin
            at += len(needle)
            end = self.kept[at - 1] + 1
        if begin is None or end is None:
            return None
        while self.text[end : end + 1] in tuple(")]}\"'.!?"):
            end += 1
        return begin, end

    def around(self, span: Span, more: int = 0) -> tuple[Span, ...]:
        """The sentences a span touches, and `more` on each side within the text."""
        first = max(0, bisect.bisect_right(self.starts, span[0]) - 1 - more)
        last = max(first + 1, bisect.bisect_left(self.starts, span[1]) + more)
        return self.sentences[first:last]


def _spans(part: str, offset: int) -> list[Span]:
    spans, at = [], 0
    for sentence in (sentence for between in _INSERTED.split(part) for sentence in split(between)):
        for piece in _parted(sentence):
            at = part.find(piece, at)
            spans.append((offset + at, offset + at + len(piece)))
            at += len(piece)
    return spans


def _parted(sentence: str) -> Iterator[str]:
    """An address ends a sentence, and a note to whoever reads begins one: `Code: https://… Note to …`."""
    at = 0
    for m in _ENDS.finditer(sentence):
        yield sentence[at : m.end()]
        at = m.end() + 1
    yield sentence[at:]


_ENDS = re.compile(r"https?://\S+(?=\s[A-Z][a-z])|\S+(?=\sNote to (?:all |any )?(?:AI|LLM|[a-z]))")
# A remark put between sentences is one of its own: <!-- … -->, [Note to …].
_INSERTED = re.compile(
    r"(<!-.{0,600}?->|<[A-Za-z]{3,12}>.{20,600}?</[A-Za-z]{3,12}>|\[[A-Z][A-Za-z]+[\s:][^\[\]]{20,600}\])"
)


@lru_cache(maxsize=16)
def index(reading: Reading) -> Index:
    return Index(reading)


class Case:
    """One sentence held against its source."""

    def __init__(self, source: Index, sentence: Sentence) -> None:
        self.source = source
        self.sentence = sentence
        self.text = plain.flat(sentence.text)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return scan(self.text)

    @cached_property
    def has_quote(self) -> bool:
        return bool(self.sentence.quote and plain.squash(self.quote))

    @cached_property
    def place(self) -> Span | None:
        """Where the quote stands in the source; None without a quote or when it is not there."""
        return self.source.find(self.sentence.quote) if self.has_quote and self.sentence.quote else None

    @cached_property
    def anchored(self) -> "Case":
        """For want of a quote, the case as if it quoted the one sentence of the source that has all its figures; the
        case itself where it has a quote or no such sentence stands alone."""
        figures = [q for q in self.quantities if not (q.word or q.weak)]
        if self.place is not None or not figures:
            return self
        spans = [s for s in self.source.sentences if s not in self.source.planted]
        given = [self.source.within((s,)) for s in spans]
        met = [
            span
            for span, row in zip(spans, given, strict=True)
            if all(any(agree(q, g) is Match.YES for g in row) for q in figures)
        ]
        if len(met) != 1:
            return self
        return Case(self.source, replace(self.sentence, section="summary", quote=self.source.text[slice(*met[0])]))

    @cached_property
    def quote(self) -> str:
        return plain.flat(self.sentence.quote or "")

    @cached_property
    def opinion(self) -> bool:
        return self.sentence.section in ("idea", "one_liner", "action")

    @cached_property
    def attributed(self) -> bool:
        """The sentence says that the source or its authors say or give something."""
        return bool(_ATTRIBUTED.search(self.text))

    @cached_property
    def absence(self) -> bool:
        """The sentence states that the source does not say something, or only supposes."""
        return bool(_ABSENCE.search(self.text))


_ATTRIBUTED = re.compile(
    r"초록|논문|저자|보고(?=[한했된됐되하합함에])|(?:기술|이|해당|원문)\s?보고서|제시|공개한|연구진|원문|발표|포함된|담긴|들어\s?있|수록"
)
_ABSENCE = re.compile(
    r"(?:초록|본문|논문|원문|기사|발표|저자|보고|공개된 자료|글)[가-힣]{0,5}(?:에는|에선|에서는"
    r"|에|만으로는?|으로는?|이|은|는|가|도)?[^.]{0,60}"
    r"(?:없|않|알 수|모르|밝히지|어렵|부족|빠져|못)|확인되지 않|제시되지 않|나오지 않|언급되지"
    r"|알 수 없|알 수는 없|확인할 수 없|판단할 수 없|가늠하기"
)
