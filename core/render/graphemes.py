"""Where one character, as a reader sees it, ends: the rules of UAX #29 that matter in titles and chat.

Combining marks, joined emoji, skin tones, flags and conjoining jamo stay whole; no dependency for it.
"""

import unicodedata


def is_border(text: str, at: int) -> bool:
    """Whether a reader sees one character end and another begin at `at` (the main rules of UAX #29)."""
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    if before == "\u200d" or after in "\u200c\u200d" or (before, after) == ("\r", "\n"):
        return False
    if unicodedata.category(after) in ("Mn", "Mc", "Me") or "\U0001f3fb" <= after <= "\U0001f3ff":
        return False
    if "\U000e0020" <= after <= "\U000e007f" or _one_syllable(before, after):
        return False
    if _is_flag(before) and _is_flag(after):
        run = len(text[:at]) - len(text[:at].rstrip("".join(map(chr, range(0x1F1E6, 0x1F200)))))
        return run % 2 == 0
    return True


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _one_syllable(before: str, after: str) -> bool:
    """Conjoining jamo: leading + leading or vowel; vowel or LV + vowel or final; final or LVT + final."""
    leading, vowel, final = (
        "\u1100" <= before <= "\u115f",
        "\u1160" <= before <= "\u11a7",
        "\u11a8" <= before <= "\u11ff",
    )
    block = "\uac00" <= before <= "\ud7a3"
    open_block = block and (ord(before) - 0xAC00) % 28 == 0
    if leading:
        return "\u1100" <= after <= "\u11a7"
    if vowel or open_block:
        return "\u1160" <= after <= "\u11ff"
    return (final or block) and "\u11a8" <= after <= "\u11ff"
