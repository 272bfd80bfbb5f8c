"""What the checks find in one Korean sentence, written from one English source of our own."""

from core.checking import check
from core.model import Paper, Reading, Section, Sentence


def kinds(source: str, said: str, section: Section = "summary", *, quote: str | None = "", more: str = "") -> list[str]:
    """The kinds of mistakes found. `quote`: "" quotes all of `source` (ideas and one-liners never quote), None nothing;
    `more` stands in the reading behind it."""
    text = f"{source} {more}".strip()
    reading = Reading(Paper("2601.00002", "A study", text, (), (), ""), text, "abstract", ())
    whole = None if section in ("idea", "one_liner") else source
    (found,) = check(reading, [Sentence(section, said, whole if quote == "" else quote)])
    return [each.kind for each in found]
