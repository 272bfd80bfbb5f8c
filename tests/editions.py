"""Editions as readers get them, for every test that shows, stores or delivers one.

`full()` is an ordinary Tuesday, the others are the days on which a renderer goes wrong: quiet, weekend,
without a model, sources down, the sample, a draft, nothing at all. Ids and titles of the papers that are told
are real; every other text is written here.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from core.model import (
    Action,
    Batch,
    Claim,
    Cost,
    Drop,
    Edition,
    Finding,
    FollowUp,
    Funnel,
    Ground,
    Item,
    Link,
    News,
    Paper,
    Signals,
    SourceReport,
    Story,
    news_id,
)

DAY = date(2026, 2, 3)
BUILT = datetime(2026, 2, 3, 7, 20, tzinfo=UTC)
ANNOUNCED = datetime(2026, 2, 3, 1, 0, tzinfo=UTC)


def paper(id: str, title: str, primary: str = "cs.CL", **other: object) -> Paper:
    fields: dict[str, object] = {
        "abstract": f"Written for tests. It stands in for the abstract of {id}.",
        "authors": ("A. Author", "B. Author"),
        "categories": (primary,),
        "published": datetime(2026, 2, 2, 3, 15, tzinfo=UTC),
    }
    return Paper(id=id, title=title, primary=primary, **(fields | other))  # type: ignore[arg-type]


def news(url: str, title: str, source: str, **other: object) -> News:
    fields: dict[str, object] = {
        "summary": f"Written for tests. It stands in for the text of {title}.",
        "published": datetime(2026, 2, 3, 0, 30, tzinfo=UTC),
    }
    return News(id=news_id(url), url=url, title=title, source=source, **(fields | other))  # type: ignore[arg-type]


CODEOCR = paper(
    "2602.01785",
    "CodeOCR: On the Effectiveness of Vision Language Models in Code Understanding",
    comment="Code and data: https://github.com/YerbaPage/CodeOCR",
    signals=Signals(hf_upvotes=61, hn_points=None),
)
RETRAC = paper("2602.02486", "RE-TRAC: REcursive TRAjectory Compression for Deep Search Agents")
RACO = paper("2602.02495", "Reward-free Alignment for Conflicting Objectives", "cs.LG")
PIXELGEN = paper("2602.02493", "PixelGen: Pixel Diffusion Beats Latent Diffusion with Perceptual Loss", "cs.CV")
KIMI = paper("2602.02276", "Kimi K2.5: Visual Agentic Intelligence", "cs.CL", signals=Signals(hf_upvotes=143))
RELEASE = news(
    "https://example.com/2026/02/03/inference-server-3",
    "Example Labs ships version 3.0 of its open inference server",
    "Example Labs 블로그",
)


def grounded(story: Story) -> Story:
    """As a build leaves it: where the quoted sentences stand, and what comes nearest to the opinion."""
    places = {"html": "§3.{}", "pdf": "p. {}", "abstract": "초록", "article": "기사"}
    quoted = [claim for claim in (*story.summary, *story.risks) if claim.quote]
    found = [Ground(c.text, c.quote or "", places[story.basis].format(n)) for n, c in enumerate(quoted, 1)]
    near = [Ground(story.one_liner, found[0].quote, found[0].place, nearest=True)] if story.one_liner else []
    return replace(story, grounds=(*found, *near))


_TOLD = (
    Story(
        n=1,
        item=CODEOCR,
        headline="코드를 이미지로 읽혀 토큰을 최대 8배 아낀 CodeOCR",
        keywords=("코드 이해", "멀티모달 LLM", "토큰 압축"),
        summary=(
            Claim(
                "소스 코드를 텍스트 대신 렌더링한 이미지로 넣어도 멀티모달 LLM이 이해하는지를 체계적으로 측정했습니다.",
                "We measure systematically whether multimodal models read source code rendered as an image.",
            ),
            Claim(
                "토큰을 최대 8배까지 줄인 조건에서도 코드 이해 과제를 풀었습니다.",
                "Understanding tasks are still solved when the token count is compressed by up to 8x.",
            ),
            Claim(
                "구문 강조(syntax highlighting)가 있으면 4배 압축에서 코드 완성이 더 정확했습니다.",
                "With syntax highlighting, completion is more accurate under 4x compression.",
            ),
        ),
        one_liner="참고만 하는 파일이 컨텍스트를 채우는 리뷰 봇이라면 그 파일부터 이미지로 바꿔 볼 근거가 생겼습니다.",
        ideas=(
            "리뷰 봇에서 수정 대상이 아닌 파일 10개를 골라 `--render png`로 넣고 토큰 수와 지적 품질을 A/B 비교",
            "저장소 중복 코드 점검을 이미지 입력으로 한 번 돌려 비용 차이 기록",
        ),
        risks=(
            Claim(
                "8배는 '최대'이며, 어느 과제에서 유지되는지는 본문의 표를 확인해야 합니다.",
                "Compression of up to 8x is reached on some of the tasks.",
            ),
            Claim("정확한 문자 복원이 필요한 편집 작업은 다루지 않았습니다."),
        ),
        links=(Link(CODEOCR.title, CODEOCR.url), Link("코드", "https://github.com/YerbaPage/CodeOCR")),
        basis="html",
        facts=(("코드", "공개"), ("라이선스", "MIT"), ("가중치·필요 자원", "본문에 없음")),
        why=("Hugging Face 추천 61", "코드 공개", "개발 도구와 관련"),
        dropped=(
            Drop("summary", "여덟 모델 모두에서 원문을 앞섰습니다.", (Finding("number", "여덟", "원문에 없음"),)),
        ),
    ),
    Story(
        n=2,
        item=RELEASE,
        headline="Example Labs, 추론 서버 3.0 공개: 같은 GPU로 처리량 1.7배",
        keywords=("추론 서버", "오픈소스"),
        summary=(
            Claim(
                "연속 배칭과 접두사 캐시를 합친 추론 서버 3.0을 오픈소스로 내놓았습니다.",
                "Version 3.0 combines continuous batching with a prefix cache and is open source.",
            ),
            Claim(
                "같은 GPU에서 처리량이 2.4 대비 1.7배라고 회사가 밝혔습니다.",
                "On the same GPUs, throughput is 1.7x that of version 2.4, the company says.",
            ),
        ),
        one_liner="자체 호스팅 중이라면 스테이징에서 부하 시험을 다시 해 볼 만합니다.",
        ideas=("`docker run`으로 스테이징에 올려 현재 트래픽 1시간분을 재생하고 p95 지연 비교",),
        risks=(Claim("성능 수치는 회사가 잰 것이며 제3자의 재현은 아직 없습니다."),),
        links=(Link(RELEASE.title, RELEASE.url),),
        basis="article",
        facts=(("코드", "공개"),),
        why=("제품 출시", "Hacker News 412점"),
    ),
    Story(
        n=3,
        item=RETRAC,
        headline="실패한 검색 시도를 요약해 다음 시도에 넘기는 Re-TRAC",
        keywords=("검색 에이전트", "상태 요약", "토큰 절감"),
        summary=(
            Claim(
                "시도가 끝날 때마다 증거·불확실성·다음 계획을 구조화해 다음 시도의 출발점으로 삼습니다.",
                "After each attempt, evidence, uncertainty and the next plan are written down for the following one.",
            ),
            Claim(
                "라운드가 거듭될수록 도구 호출과 토큰 사용이 줄었습니다.",
                "Tool calls and tokens fall from round to round.",
            ),
        ),
        one_liner="새 모델 없이 재시도 프롬프트만 바꿔 흉내 낼 수 있습니다.",
        ideas=("실패로 끝난 루프마다 {찾은 것, 못 찾은 것, 다음 계획}을 JSON으로 남겨 재시도 프롬프트 맨 앞에 넣기",),
        risks=(Claim("작은 모델의 결과에는 별도의 미세조정이 붙어 있습니다.", "Smaller models are fine-tuned first."),),
        links=(Link(RETRAC.title, RETRAC.url),),
        basis="abstract",
        facts=(("코드", "언급 없음"),),
        why=("에이전트", "주목받는 저자"),
    ),
    Story(
        n=4,
        item=RACO,
        headline="상충하는 선호를 보상 모델 없이 맞추는 RACO",
        keywords=("정렬", "다중 목표"),
        summary=(
            Claim(
                "목표마다 어긋나는 선호 쌍을 그대로 쓰고, 부딪치는 기울기를 조정해 함께 학습합니다.",
                "Preference pairs that disagree are used as they are, and conflicting gradients are reconciled.",
            ),
            Claim(
                "요약과 안전 과제에서 세 계열의 모델로 확인했습니다.",
                "Three model families are tested on summarisation and safety.",
            ),
        ),
        one_liner="보상 모델을 따로 둘 여유가 없는 팀에 맞는 방법입니다.",
        ideas=("지금 적용할 것 없음: 선호 데이터가 두 목표 이상 쌓인 뒤에 검토",),
        risks=(Claim("선호 쌍을 모으는 비용은 다루지 않습니다."),),
        links=(Link(RACO.title, RACO.url),),
        basis="pdf",
        facts=(("코드", "언급 없음"), ("모델", "Qwen 3, Llama 3, Gemma 3")),
        why=("여러 모델로 확인",),
    ),
    Story(
        n=5,
        item=PIXELGEN,
        headline="VAE 없이 픽셀에서 바로 생성해 ImageNet-256 FID 5.11, PixelGen",
        keywords=("이미지 생성", "픽셀 확산"),
        summary=(
            Claim(
                "잠재 공간을 거치지 않고 픽셀에서 직접 그리며, 지각 손실 두 가지로 학습합니다.",
                "Images are generated in pixel space, trained with two perceptual losses.",
            ),
            Claim("80에폭 학습으로 FID 5.11을 얻었습니다.", "It reaches an FID of 5.11 after 80 epochs."),
        ),
        one_liner="VAE의 뭉개짐이 문제였던 이미지 파이프라인이라면 따라 볼 만합니다.",
        ideas=("현재 모델의 VAE 복원 오차를 이미지 100장으로 먼저 재어, 병목이 거기인지 확인",),
        risks=(Claim("고해상도에서의 학습 비용은 밝히지 않았습니다."),),
        links=(Link(PIXELGEN.title, PIXELGEN.url),),
        basis="abstract",
        facts=(("코드", "공개"), ("가중치", "공개")),
        why=("코드 공개", "Hugging Face 추천 24"),
    ),
)
_STORIES = tuple(map(grounded, _TOLD))
_NEWS = (
    RELEASE,
    news("https://example.com/agents-in-ci", "What we learned running coding agents in CI for a year", "Example Blog"),
    news("https://example.org/kr/ai-act", "AI 기본법 시행령, 고영향 AI 범위 확정", "예시신문"),
    news("https://example.net/story?id=7", "Show HN: a terminal debugger for prompts", "Hacker News", via="hn"),
)
_TOPICS = ("Retrieval", "Agents", "Diffusion", "Quantization", "Speech", "Evaluation", "Robotics", "Code Generation")
_KINDS = ("A Benchmark for", "Scaling Laws of", "Efficient Inference in", "On the Limits of", "A Unified View of")


def papers(count: int) -> tuple[Paper, ...]:
    """As many made-up papers of the batch, all different."""
    return tuple(
        paper(
            f"2602.{n:05}",
            f"{_KINDS[n % 5]} {_TOPICS[n % 8]}: Part {n}",
            ("cs.CL", "cs.LG", "cs.AI", "cs.CV")[n % 4],
        )
        for n in range(1, count + 1)
    )


def full(index: int = 240) -> Edition:
    """Five stories (four papers, one news), every field filled; one feed failed, search is off."""
    items: tuple[Item, ...] = (
        CODEOCR, RELEASE, RETRAC, RACO, PIXELGEN, KIMI, *_NEWS[1:], *papers(index),
    )  # fmt: skip
    return Edition(
        date=DAY,
        profile="default",
        status="final",
        built_at=BUILT,
        batch=Batch(DAY, ANNOUNCED, 1_287),
        funnel=Funnel(collected=1_304, new=1_291, candidates=60, chosen=5),
        sources=(
            SourceReport("arXiv", True, 1_287),
            SourceReport("피드: OpenAI", True, 0),
            SourceReport("피드: Example Labs 블로그", True, 1),
            SourceReport("피드: AI타임스", False, 0, "응답 없음(시간 초과 20초)"),
            SourceReport("피드: 예시신문", True, 2),
            SourceReport("Hugging Face", True, 38, "추천 신호"),
            SourceReport("Hacker News", True, 1, "화제 글 212건 중 AI"),
        ),
        stories=_STORIES,
        actions=(
            Action("컨텍스트 비용", "리뷰 봇의 참고 파일 10개를 이미지로 바꿔 `CodeOCR` 방식의 토큰 절감을 재 보기"),
            Action("추론 서버", "스테이징에서 3.0으로 올려 한 시간 부하 시험"),
            Action("재시도 로그", "에이전트 루프에 실패 요약 JSON 한 줄 추가"),
        ),
        index=items,
        shortlist=tuple(item.id for item in items[:20]),
        ranking_choice=tuple(item.id for item in items[:5]),
        cost=Cost("openai/gpt-5-mini", 7, 41_250, 9_120, 0.0286),
        prompts="2026-11",
        checked=64,
        removed=1,
        waited_s=6.0,
        built_s=9.4,
    )


def quiet() -> Edition:
    """A thin Thursday: one story, nothing failed."""
    day = date(2026, 2, 5)
    return replace(
        full(12),
        date=day,
        built_at=BUILT + timedelta(days=2),
        batch=Batch(day, ANNOUNCED + timedelta(days=2), 17),
        funnel=Funnel(18, 17, 12, 1),
        sources=(
            SourceReport("arXiv", True, 17),
            SourceReport("피드: OpenAI", True, 0),
            SourceReport("DuckDuckGo", True, 0),
        ),
        stories=(_STORIES[0],),
        actions=full(0).actions[:1],
        index=(CODEOCR, *papers(12)),
        shortlist=(CODEOCR.id, *(each.id for each in papers(12))),
        ranking_choice=(CODEOCR.id,),
        notes=("새 소식이 적은 날이라 이슈 1개만 싣습니다.",),
    )


def weekend() -> Edition:
    """A Sunday: no announcement, news only."""
    before = timedelta(days=2)
    items = tuple(replace(each, published=each.published and each.published - before) for each in _NEWS)
    return replace(
        full(0),
        date=DAY - before,
        built_at=BUILT - before,
        batch=None,
        funnel=Funnel(4, 4, 4, 1),
        sources=(
            SourceReport("arXiv", True, 0),
            SourceReport("피드: Example Labs 블로그", True, 3),
            SourceReport("DuckDuckGo", True, 1),
        ),
        stories=(replace(_STORIES[1], n=1, item=items[0]),),
        actions=full(0).actions[1:2],
        index=(items[0], replace(items[1], via="ddgs"), *items[2:]),
        shortlist=tuple(item.id for item in items),
        ranking_choice=(RELEASE.id,),
        notes=("주말에는 arXiv 공지가 없어 뉴스만 싣습니다.",),
    )


def extracted() -> Edition:
    """A day without a model: the sources' own sentences, no section that needs a writer."""
    stories = tuple(
        replace(
            story,
            headline=story.item.title,
            summary=tuple(Claim(claim.quote, claim.quote) for claim in story.summary if claim.quote),
            one_liner="",
            ideas=(),
            risks=(),
            extracted=True,
            grounds=(),
            dropped=(),
        )
        for story in _STORIES
    )
    return replace(full(), stories=stories, actions=(), cost=Cost(), prompts="", checked=0, removed=0)


def failing() -> Edition:
    """arXiv, search and every feed are down; one story came through Hacker News."""
    item = _NEWS[3]
    story = replace(
        _STORIES[1],
        n=1,
        item=item,
        headline="프롬프트를 한 줄씩 따라가는 터미널 디버거",
        links=(Link(item.title, item.url),),
        summary=(),
        one_liner="",
        ideas=(),
        risks=(),
        note="자동 검증을 통과하지 못해 요약을 싣지 않습니다.",
    )
    return replace(
        full(0),
        batch=None,
        funnel=Funnel(1, 1, 1, 1),
        sources=(
            SourceReport("arXiv", False, 0, "429: 요청이 너무 잦다는 응답"),
            SourceReport("arXiv 목록", False, 0, "어제 목록이 그대로 왔음"),
            SourceReport("피드: OpenAI", False, 0, "연결이 끊어짐"),
            SourceReport("피드: AI타임스", False, 0, "500"),
            SourceReport("DuckDuckGo", False, 0, "403"),
            SourceReport("Hacker News", True, 1),
        ),
        stories=(story,),
        actions=(),
        index=(item,),
        shortlist=(item.id,),
        ranking_choice=(item.id,),
    )


def nothing() -> Edition:
    """A Sunday on which nothing qualified."""
    return replace(
        weekend(), funnel=Funnel(0, 0, 0, 0), stories=(), actions=(), index=(), shortlist=(), ranking_choice=(),
        sources=(SourceReport("피드: OpenAI", True, 0), SourceReport("DuckDuckGo", True, 0)), cost=Cost(),
        checked=0, removed=0, notes=("새 소식이 없는 일요일입니다.",),
    )  # fmt: skip


def sample() -> Edition:
    return replace(full(20), sample=True)


def followed() -> Edition:
    """The third story goes on from one that was told eight days before."""
    first = FollowUp(
        date(2026, 1, 26), 2, "실패한 검색을 요약해 다시 쓰는 Re-TRAC", RETRAC.url, "학회·학술지 채택"
    )  # fmt: skip
    stories = full().stories
    return replace(full(), stories=(*stories[:2], replace(stories[2], follow_up=first), *stories[3:]))


def draft() -> Edition:
    return replace(full(), status="draft")


EDITIONS = {
    "full": full, "quiet": quiet, "weekend": weekend, "extracted": extracted, "failing": failing,
    "nothing": nothing, "sample": sample, "draft": draft, "followed": followed,
}  # fmt: skip


HOSTILE = (
    "<!channel> <!here> <@U123> <#C123> <https://evil.example|click>",
    "@everyone @here <@&1> <@1>",
    "</details></main><script>alert(1)</script><img src=x onerror=alert(1)>",
    "[안전한 링크](https://evil.example) ![](https://evil.example/x.png) ](evil)",
    "# 제목\n\n## 1. 제목\n---\n- 항목\n> 인용",
    "`code` ``` ~~~ ~~취소선~~ **굵게** _기울임_ __밑줄__ ||가림||",
    "1) 하나 2. 둘 - 셋 | 표 | 칸 |",
    "- 하이픈으로 시작", "+ 더하기", "3. 번호", "> 인용", "=====", "-----", "***", "닫는 제목 ##", "    들여쓰기",
    "5~10년, 3 ~ 4배, 20%~30%, $5~$10, ~7",
    "https://evil.example/a?b=c&d=e www.evil.example evil@example.com",
    "\u202egpj.exe\u202c \u200bזירו\u200d مرحبا",
    "👩\u200d👩\u200d👧\u200d👦 🇰🇷 👍🏽 e\u0301 각",
    r"$\mathcal{O}(n^2)$ \emph{Sch\"odinger} \textbf{x} \ \\",
    "&lt;b&gt; &amp;amp; &#x41; & <b>",
    "$title ${style} {0} %s %(x)s",
    "긴제목" * 1_400,
    "아주 긴 문장입니다. " * 400,
    "x" * 4_000,
)  # fmt: skip


def hostile(text: str, url: str = "https://example.com/a") -> Edition:
    """`full(3)` with `text` in every field that comes from outside, and `url` as every address that does."""
    old = full(3)
    article = replace(RELEASE, title=f"{text} (원제)", summary=text, source=text, url=url)
    preprint = replace(CODEOCR, title=f"{text} (원제)", abstract=text, comment=text, authors=(text,))
    links = (Link(text, url), Link(text, CODEOCR.url))
    stories = tuple(
        replace(
            story,
            item=article if story.item.kind == "news" else replace(preprint, id=story.item.id),
            headline=text, keywords=(text, text), summary=(Claim(text, text + "!"), Claim(text)), one_liner=text,
            ideas=(text, text), risks=(Claim(text, text + "?"),), links=links, facts=((text, text),), why=(text,),
            note=text, extracted=story.n == 3, follow_up=FollowUp(DAY, 1, text, url, text),
        )
        for story in old.stories
    )  # fmt: skip
    return replace(
        old, stories=stories, actions=(Action(text, text), Action(text, text)), notes=(text,), prompts=text,
        index=(*(story.item for story in stories), *papers(3)), cost=replace(old.cost, model=text),
        sources=(*(replace(report, detail=text) for report in old.sources), SourceReport(text, False, 0, text)),
    )  # fmt: skip
