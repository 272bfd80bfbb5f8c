"""What to tell someone who runs without a model: how to get one, and that one may be on this machine already."""

from core.errors import SourceError
from core.web import Web

_OLLAMA = "http://127.0.0.1:11434/api/tags"


async def model_hint(web: Web) -> str:
    try:
        await web.get(_OLLAMA, accept="application/json", timeout_s=1.0, within_s=1.0)
    except SourceError:
        return "LLM_MODEL을 정하면 한국어 요약을 씁니다 (예: LLM_MODEL=openai/gpt-5-mini, LLM_API_KEY=…)."
    return "이 컴퓨터에서 Ollama가 답합니다. LLM_MODEL=ollama_chat/모델이름 으로 바로 한국어 요약을 쓸 수 있습니다."
