"""Is it about AI at all? For the sources that are not only about AI (GeekNews, Hacker News, general feeds).

A wide gate, not a judgement: what passes is still ranked. English terms are whole words, so that `ai` is not in `said`;
Korean ones take their particles.
"""

import re

_FIELD = r"""a\.?i\.?s? agi llms? slms? vlms? gpts? gpt-?\d[\w.]* gen-?ai agentic rag lora rlhf grpo mcp tpus? cuda
    chatbots? prompt(?:s|ing)? embeddings? fine-?tun\w+ inference transformers? multi-?modal text-to-\w+ deepfakes?"""
_NAMES = r"""chatgpt openai anthropic claude gemini gemma llama(?:\.cpp)? mistral mixtral qwen[\d.]* deepseek deepmind
    grok kimi glm-?\d[\w.]* copilot codex huggingface ollama vllm langchain pytorch tensorflow midjourney sora nvidia
    perplexity sagemaker bedrock"""
_PHRASES = (
    r"(?:machine|deep|reinforcement|imitation|federated)[ -]learning",
    r"speech (?:recognition|synthesis)",
    r"neural net\w*",
    r"(?:language|world|vision|foundation|reasoning|diffusion)[ -]models?",
    r"(?:multi-)?agents?",
    r"generative ai",
    r"hugging face",
    r"stable diffusion",
    r"vibe[ -]cod\w+",
    r"open[ -]weights?",
)
_KOREAN = """인공지능 생성형 언어모델 언어_모델 머신러닝 머신_러닝 딥러닝 강화학습 챗봇 챗GPT 제미나이 클로드
    에이전트 프롬프트 파인튜닝 추론_모델 신경망 엔비디아 오픈AI 앤트로픽 허깅페이스 바이브_코딩 딥페이크"""

_ENGLISH = "|".join((*_FIELD.split(), *_NAMES.split(), *_PHRASES))
_WORDS = "|".join(_KOREAN.split()).replace("_", " ")
_ABOUT = re.compile(rf"(?<![a-z0-9_.])(?:{_ENGLISH})(?![a-z0-9_])|{_WORDS}", re.I)


def about_ai(title: str, summary: str = "") -> bool:
    """True when the title, or the beginning of the summary, names the field."""
    return bool(_ABOUT.search(title) or _ABOUT.search(summary[:200]))
