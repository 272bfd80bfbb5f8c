"""What a paper says it runs on, read by code: 8×H100, H800 2.788M GPU시간, 메모리 24GB.

Counts with a card come before cards alone, sentences about the authors' own runs before others; what is only compared
with ("faster than an A100") is not what is needed.
"""

import re

from core.text import sentences

_HARDWARE = re.compile(r"GPU|TPU|RAM\b|memory|RTX|GTX|TITAN|\b[ABGHKLMPTV][HBI]?\d{1,4}", re.I)
_CARD = (
    r"(?:GeForce[\s-]+|Tesla[\s-]+)?(?:RTX[\s-]*(?:PRO\s*)?A?\d{4}(?:\s*(?:Ti|Ada|SUPER))?|GTX[\s-]*\d{4}(?:\s*Ti)?|TITAN\s?(?:RTX|Xp|X|V)"
    r"|A(?:100|800|10G?|16|30|40|[456]000)|H(?:100|200|800|20)|B[123]00|G[HB][23]00|V100S?|P100|P40|T4|L40?S?|L20|K[48]0|M40|MI[123]\d{2}[AX]?|Ascend\s?910[A-C]?)\b"
)
_COUNTS = {
    "a": "1",
    "one": "1",
    "single": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "eight": "8",
    "sixteen": "16",
    "thirty-two": "32",
    "sixty-four": "64",
}
_COUNT = rf"(\d[\d,]*|{'|'.join(_COUNTS)})"
_MEMORY = r"(?:[\s-]*\(?\d+\s?GB\)?)?"
_CARDS = re.compile(
    rf"(?<![-/\w.]){_COUNT}[\s~-]*(?:×|x|\*)?[\s~]*(?:NVIDIA|Nvidia|AMD|Google)?\s*(?:DGX\s+)?({_CARD})(?!\s*(?:GPU\s*)?hours?)",
    re.I,
)
_CARD_HOURS = re.compile(
    rf"(?<![\w.])([\d.,]+\s?[KMk]?)\s*(?:NVIDIA\s+)?({_CARD})\s*(?:GPU)?[\s-]*(?:GPU\s+)?hours?", re.I
)
_HOURS = re.compile(r"(?<![\w.])([\d.,]+\s?[KMk]?)\s+GPU[\s-]+(hours?|days?)", re.I)
_CARD_ALONE = re.compile(
    rf"(?<![-/\w])(?:NVIDIA\s+)?({_CARD}){_MEMORY}\s*(?:Tensor Core\s+)?GPUs?\b|\bNVIDIA\s+({_CARD})", re.I
)
_TPUS = re.compile(rf"(?:\b{_COUNT}\s*(?:×|x)?\s*)?\bTPU[\s-]?(v\d\w?)(?:-(\d+))?", re.I)
_GPUS = re.compile(rf"(?<![-/\w.])(?<!RTX )(?<!GTX ){_COUNT}\s+GPUs\b", re.I)
_COMPARED = re.compile(r"\b(?:than|over|versus|vs\.?|compared (?:to|with)|against)\b[^.,]{0,20}$", re.I)
_VRAM = re.compile(r"\b(\d+(?:\.\d+)?)\s?(GB|GiB)\s+(?:of\s+)?(?:GPU\s+memory|VRAM|memory|RAM)", re.I)


def resources(text: str) -> str:
    """`8×P100`, `H800 2.788M GPU시간`, `VRAM 24GB`; empty when no hardware is named. Sentences about the authors'
    own runs are preferred to others."""
    pieces = [s for s in sentences(re.sub(r"https?://\S+", " ", text)) if _HARDWARE.search(s)]
    own = [
        s
        for s in pieces
        if re.search(r"\b(?:we|our|train\w*|run|experiments?|fine-?tun\w*|requires?|conducted)\b", s, re.I)
    ]
    for pool in (own, pieces):
        for reader in (_card_hours, _cards, _tpus, _gpus, _card_alone, _vram):
            for sentence in pool:
                if shown := reader(sentence):
                    return shown
    return ""


def _card_hours(s: str) -> str:
    if match := _CARD_HOURS.search(s):
        return f"{_card(match[2])} {match[1].replace(' ', '')} GPU시간"
    if match := _HOURS.search(s):
        return f"{match[1].replace(' ', '')} GPU{'시간' if match[2].lower().startswith('h') else '일'}"
    return ""


def _cards(s: str) -> str:
    match = next((m for m in _CARDS.finditer(s) if not _COMPARED.search(s[: m.start()])), None)
    return f"{_number(match[1])}×{_card(match[2])}" if match else ""


def _tpus(s: str) -> str:
    match = _TPUS.search(s)
    if not match:
        return ""
    count = _number(match[1]) if match[1] else match[3]
    return f"{count}×TPU {match[2].lower()}" if count else f"TPU {match[2].lower()}"


def _gpus(s: str) -> str:
    match = _GPUS.search(s)
    return f"GPU {_number(match[1])}개" if match else ""


def _card_alone(s: str) -> str:
    match = next((m for m in _CARD_ALONE.finditer(s) if not _COMPARED.search(s[: m.start()])), None)
    return _card(match[1] or match[2]) if match else ""


def _vram(s: str) -> str:
    match = _VRAM.search(s)
    return f"메모리 {match[1]}{match[2]}" if match else ""


def _card(name: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"GeForce\s+|Tesla\s+", "", name, flags=re.I)).replace("RTX-", "RTX ").strip()


def _number(word: str) -> str:
    return _COUNTS.get(word.lower(), word)
