"""Proper names as the owners of figures: models, benchmarks, methods; what is a metric or a general term is none."""

import re
from collections.abc import Mapping
from functools import lru_cache

from core.checking.texts import plain
from core.checking.texts.naming import is_general

_METRIC = re.compile(
    r"AUC|AUROC|AUPRC|F1(?:-score)?|Macro-F1|Acc|BLEU|ROUGE(?:-\w)?|COMET|WER|CER|RMSE|MAE|MSE|PSNR"
    r"|SSIM|LPIPS|FID|[GMT]?M[Aa][Cc]s?|m?IoU|m?AP|Dice|EER|QWK|MRR|"
    r"NDCG|PPL|ASR|FLOPs|FPS|TTFT|P\d\d|Recall|Precision|Accuracy|SD|CI|CIs|RMS|Spearman|Pearson"
    r"|Sharpe|API|[VML]{0,2}LM|MoE|RAG|VLA|GNN|CNN|RNN|SNN|DiT|VAE|GAN|GPU|TPR|FPR|PEHE|Top|No"
)


# Words that open an English sentence with a capital and name nothing.
_OPENERS = frozenset(
    re.findall(
        "[a-z]+",
        """
    a an the our we it its they their this these those that in on at for with by from to of as across while when
    where if both all each most many some such using through under over beyond despite unlike compared although
    though because since however moreover furthermore additionally finally further notably specifically
    importantly surprisingly interestingly crucially experiments experimental results evaluations extensive
    comprehensive existing recent current prior previous given based and but or not no one two three first second
    third only even here there then thus hence code data models training evaluating testing analysis empirical
    empirically without within key main together easy hard medium low high small large scaling prompting
        """,
    )
)


_NAMED = re.compile(
    r"(?<![A-Za-z0-9.-])(?:(?:[a-z]{1,2}|\d{1,2}(?=[A-Z][a-zA-Z]{2}))?[A-Z][A-Za-z0-9]*"
    r"|[a-z]{3,}(?=-[a-z0-9-]*\d))(?:[-./+_][A-Za-z0-9]+)*(?![@A-Za-z0-9])(?:\s(?:(?!\d{2,}\.\d)\d+(?:\.\d+)*(?![\d%,.]"
    r"|\s?(?:배|개|명|건|장|시간|분|초|일|점|달러|포인트|토큰|만|억|조|천|가지|년|월|종|편|쌍|회|번|층|단계))"
    r"|[A-Z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*))*"
)
_PREPOSITION = re.compile(r"^(?:On|In|For|With|The|Our|By|At|Under|Across)\s(?=[A-Z])")
_COUNT_BEHIND = re.compile(r"\s(?=\d+(?:\.\d+)?[a-zA-Z]?$)")
_NUMBERED = re.compile(r"[A-Za-z]\s\d")
_NUMBER_BEHIND = re.compile(r"\s\d+(?:\.\d+)?$")
_PLURAL_OR_ROMAN = re.compile(r"[A-Z]{2,5}s|[IVX]+")
_DOING = re.compile(r"(?:[A-Z][a-z]+-)?[A-Za-z]?[a-z]*(?:tun|train|learn|evaluat)ing")
_OPENING, _BEGINS = re.compile("[A-Z][a-z]+ing"), re.compile(r"(?:^|[.!?]\s)$")
_LETTERED = re.compile(r"\d|[A-Z].*[A-Z]")


def unbracketed(text: str) -> str:
    """A text without its brackets, but for those that hold figures (`(69.0)`)."""
    return re.sub(r"\([^()]*\)", lambda m: m[0] if re.search(r"\d", m[0]) else " ", text)


@lru_cache(maxsize=512)
def proper(text: str) -> Mapping[str, str]:
    """Proper names of a text (tokens → as written): with a capital inside or a digit, and not general."""
    found: dict[str, str] = {}
    for m in _NAMED.finditer(text):
        word = _PREPOSITION.sub("", m[0])
        word = _COUNT_BEHIND.split(word)[0] if not _NUMBERED.search(word) else word
        if (
            not _METRIC.fullmatch(_NUMBER_BEHIND.sub("", word))
            and word.lower() not in _OPENERS
            and not _PLURAL_OR_ROMAN.fullmatch(word)
            and not _DOING.fullmatch(word)
            and not (_OPENING.fullmatch(word) and _BEGINS.search(text[: m.start()]))
            and not (is_general(word) and "-" not in word)
            and (_LETTERED.search(word) or len(word) > 2)
        ):
            found[plain.key(word)] = word
    return {key: word for key, word in found.items() if key}


_FAMILY = re.compile(
    r"(?:Claude|Chat-?GPT|GPT|Gemini|Gemma|Llama|LLaMA|Qwen|DeepSeek|Mi[sx]tral|Grok|Kimi|Phi|Falcon|InternVL|GLM"
    r"|MiniMax|Opus|Sonnet|Haiku|Codex|Olmo|OLMo|Whisper|Nemotron)(?![A-Za-z])"
)


def kind(word: str) -> str:
    """Models carry a version or size, or a family's name; what does not is a benchmark, a method, an organisation."""
    return "model" if re.search(r"\d", word) or _FAMILY.match(word) else "name"
