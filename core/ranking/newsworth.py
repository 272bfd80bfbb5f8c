"""What a news piece is worth, on the scale of the papers' expected attention.

Its source, its age, whether it is about AI, whether something was released that developers can use. Nothing here
is learnt (there are no labels for news); the numbers are set so that a first-party release with some echo
stands beside the day's best papers and a routine piece stands below them. Undated never counts as today.
"""

import re
from datetime import datetime, timedelta

from core.model import News
from core.ranking.relevance import Term

_FIRST_PARTY = re.compile(  # no AppleInsider, 9to5Google, Google News
    r"(?<![a-z0-9])(?:openai|deepmind|anthropic|google|meta ai|hugging ?face|nvidia|microsoft|mistral|qwen|deepseek"
    r"|pytorch|apple)(?![a-z0-9]| (?:news|start|alerts?|insider|finance|discover|trends))",
    re.I,
)
_PRESS = re.compile(
    r"techcrunch|verge|ars technica|technology review|simon willison|reuters|bloomberg|wired|venturebeat"
    r"|the information|ai타임스|인공지능신문|geeknews|hacker news|infoq|zdnet|the register", re.I
)  # fmt: skip
_ENGLISH = r"""ai agi llms? slms? vlms? gpt[-\w.]* chatgpt openai anthropic claude gemini gemma llama mistral qwen[\d.]*
    deepseek[-\w.]* deepmind grok kimi copilot codex huggingface hugging_face ollama vllm mcp rag rlhf lora agentic
    coding_agents? ai_agents? machine_learning deep_learning neural_networks? (?:language|foundation|reasoning)_models?
    (?:diffusion|world)_models? transformers? fine-?tun\w+ generative multimodal embeddings? vibe[-_]coding nvidia cuda
    tpus?"""
_KOREAN = """인공지능 생성형 언어_?모델 머신러닝 딥러닝 강화학습 챗봇 챗gpt 제미나이 클로드 에이전트 프롬프트 파인튜닝
    오픈ai 앤트로픽 허깅페이스 엔비디아 바이브_?코딩"""
_WHOLE = "|".join(_ENGLISH.split()).replace("_", " ")
_AI = re.compile(rf"(?<![a-z0-9])(?:{_WHOLE})(?![a-z0-9])|{'|'.join(_KOREAN.split()).replace('_', ' ')}", re.I)
_RELEASE = re.compile(  # who announces something or makes a statement has not released anything
    r"\b(?:introducing|announcing|releas\w+|launch\w*|open[- ]sourc(?:es|ed|ing)|open[- ]weights?|now available"
    r"|unveil\w*)\b|\bv\d+\.\d|(?<!비)공개|출시|오픈소스(?:로|화)", re.I
)  # fmt: skip
_BUSINESS = re.compile(
    r"\b(?:funding|raises?|valuation|stocks?|shares|ipo|lawsuits?|sues?|acqui\w+|layoffs?|earnings|partner\w*|\$\d+)"
    r"|투자|주가|상장|소송|인수|매출|실적|협약|업무협약|mou", re.I
)  # fmt: skip
_ROUTINE = re.compile(  # customers' stories, invitations, round-ups of what was told elsewhere
    r"\b(?:chooses?|selects?|customers?|case stud(?:y|ies)|success stor(?:y|ies)|journey|webinars?|roundtables?"
    r"|turns? (?:chatgpt|claude|gemini|copilot) into|how \w+ uses?|round-?ups?|newsletters?|this week in)\b"
    r"|^the download:|(?:도입|고객|활용) ?사례|웨비나|세미나|모집|주간 ?(?:소식|뉴스|동향)|뉴스레터", re.I
)  # fmt: skip


def worth(news: News, now: datetime) -> tuple[Term, ...]:
    """The parts of a piece's score; their sum is at most about 4. Parts without a reason carry none."""
    return (_source(news), _age(news, now), *_about(news))


def dated(news: News, now: datetime) -> bool:
    """False without a date, and for a date that has not come yet."""
    return news.published is not None and news.published <= now + timedelta(hours=1)


def _source(news: News) -> Term:
    if _FIRST_PARTY.search(news.source):
        return Term(1.2, f"출처: {news.source}")
    return Term(0.6, "") if _PRESS.search(news.source) else Term(0.0, "")


def _age(news: News, now: datetime) -> Term:
    if news.published is None or not dated(news, now):
        return Term(-2.0, "")
    hours = (now - news.published) / timedelta(hours=1)
    if hours <= 24:
        return Term(1.0, "하루 안의 소식")
    return Term(0.3 if hours <= 48 else -0.7 if hours <= 96 else -2.5, "")


def _about(news: News) -> tuple[Term, ...]:
    in_title, in_text = _AI.search(news.title), _AI.findall(news.summary)
    if not in_title and not in_text:
        return (Term(-6.0, ""),)
    parts = [Term(0.6 if in_title else -0.8, "")]
    if in_title and _RELEASE.search(news.title):
        parts.append(Term(0.9, "새 공개·출시"))
    if _BUSINESS.search(news.title):
        parts.append(Term(-0.9, ""))
    if _ROUTINE.search(news.title):
        parts.append(Term(-1.2, ""))
    return tuple(parts)
