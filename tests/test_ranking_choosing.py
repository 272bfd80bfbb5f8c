"""select() and what moves one channel's choice: variety, mixture, floor, votes."""

from core.model import Item, Pick, Profile, Signals
from core.ranking import Taste, rank, select, varied
from core.ranking.choosing import FLOOR_NEWS
from tests.test_ranking import AGENT, NOW, ids, news, paper


class TestSelect:
    def day(self) -> list[Item]:
        return [
            *(paper(n, f"Coding agent benchmark number {n}", AGENT) for n in range(1, 8)),
            *(
                paper(n, f"Speech synthesis in noise {n}", "We generate speech with a diffusion model.")
                for n in range(8, 15)
            ),
        ]

    def test_gives_n_of_the_picks_without_repeats(self) -> None:
        picks = rank(self.day(), profile=Profile(), now=NOW)
        chosen = select(picks, 5)
        assert len(chosen) == 5 and len(set(chosen)) == 5 and set(chosen) <= set(picks)

    def test_not_all_from_one_topic(self) -> None:
        chosen = select(rank(self.day(), profile=Profile(), now=NOW), 4)
        assert len({p.item.title.split()[0] for p in chosen}) == 2

    def test_papers_and_news_compete(self) -> None:
        titles = ("Introducing Alpha, an LLM for code", "Open-sourcing Beta speech transformers",
                  "Gamma generative video launches",
                  "Delta RAG search is released", "Robots run Epsilon, our agentic stack")  # fmt: skip
        pieces = [news(f"https://a.example/{t}", t, signals=Signals(hn_points=900)) for t in titles]
        kinds = [p.item.kind for p in select(rank([*self.day(), *pieces], profile=Profile(), now=NOW), 5)]
        assert kinds.count("news") == 2
        quiet = [news("https://a.example/q", "A new LLM is released", source="Somebody", hours=120)]  # below the floor
        kinds = [p.item.kind for p in select(rank([*self.day(), *quiet], profile=Profile(), now=NOW), 5)]
        assert kinds.count("news") == 0

    def test_a_day_without_papers_is_news_alone(self) -> None:
        titles = (
            "Introducing Codex agents",
            "Gemini gains memory",
            "오픈AI 음성 모델 공개",
            "Claude reads spreadsheets",
        )
        pieces: list[Item] = [news(f"https://a.example/{n}", title) for n, title in enumerate(titles)]
        assert len(select(rank(pieces, profile=Profile(), now=NOW), 5)) == 4

    def test_no_padding(self) -> None:
        weak = [news("https://a.example/1", "Stock of an AI firm falls", source="Somebody", hours=60)]
        picks = rank(weak, profile=Profile(), now=NOW)
        assert picks and picks[0].score < FLOOR_NEWS and select(picks, 5) == ()
        assert select((), 5) == ()


class TestVaried:
    def test_the_order_is_that_of_the_scores_and_begins_with_what_is_posted(self) -> None:
        picks = rank(TestSelect().day(), profile=Profile(), now=NOW)
        order = varied(picks, 5)
        assert [p.score for p in order] == sorted((p.score for p in order), reverse=True)
        assert [p.item for p in order[:5]] == [p.item for p in select(picks, 5)] != [p.item for p in picks[:5]]
        assert {p.item for p in order} == {p.item for p in picks}

    def test_what_resembles_an_earlier_one_says_so_and_what_it_costs(self) -> None:
        first, *others = varied(rank(TestSelect().day(), profile=Profile(), now=NOW), 5)
        assert not any("비슷" in why for why in first.why)
        assert all("비슷" in pick.why[-1] and len(pick.why) <= 3 for pick in others[-5:])

    def test_of_one_narrow_topic_the_second_waits_unless_it_is_far_ahead(self) -> None:
        titles = ("Reef: streaming video generation", "Tern: long video generation", "A bound on graphs")
        items = [paper(n, title, f"Of its own {title}.") for n, title in enumerate(titles)]
        near, far = ([Pick(item, score, ()) for item, score in zip(items, scores, strict=True)]
                     for scores in ((3.0, 2.6, 2.2), (3.0, 2.9, 0.2)))  # fmt: skip
        assert [p.item for p in select(near, 2)] == [items[0], items[2]]
        assert [p.item for p in select(far, 2)] == [items[0], items[1]]

    def test_nothing_is_varied_into_nothing(self) -> None:
        assert varied((), 5) == ()


class TestTaste:
    def test_votes_move_what_resembles_them_within_bounds(self) -> None:
        agent, other = (
            paper(1, "Coding agents at work", AGENT),
            paper(2, "Speech in noise", "A codec.", categories=("cs.SD",), primary="cs.SD"),
        )
        liked = Taste.from_votes([(agent, 1)] * 50 + [(other, -1)] * 50)
        before = {p.item.id: p.score for p in rank([agent, other], profile=Profile(), now=NOW)}
        after = {p.item.id: p for p in rank([agent, other], profile=Profile(), now=NOW, taste=liked)}
        assert 0 < after[agent.id].score - before[agent.id] <= 1.5
        assert -1.5 <= after[other.id].score - before[other.id] < 0
        assert any(reason.startswith("이 채널의 👍") for reason in after[agent.id].why)

    def test_one_vote_moves_others_little_and_more_of_them_never_back(self) -> None:
        day = [paper(n, f"Coding agents, part {n}", AGENT, authors=(f"A {n}",)) for n in range(12)]
        base = [p.item.id for p in rank(day, profile=Profile(), now=NOW)]
        voted = next(p for p in day if p.id == base[0])
        places = []
        for votes in (0, 1, 2, 5, 20, 50):
            order = rank(day, profile=Profile(), now=NOW, taste=Taste.from_votes([(voted, -1)] * votes))
            places.append([p.item.id for p in order].index(voted.id))
        assert places == sorted(places) and places[-1] > 0
        one = Taste.from_votes([(voted, 1)])
        assert all(abs(term.value) <= 0.6 for p in day if (term := one.term(p)))

    def test_what_a_channel_disliked_says_so_where_it_is_felt(self) -> None:
        voted = paper(2, "Coding agents at work", AGENT)
        (pick,) = rank([voted], profile=Profile(), now=NOW, taste=Taste.from_votes([(voted, -1)] * 5))
        assert pick.why[-1].startswith("이 채널의 👎: ") and pick.why[-1].endswith("점 낮춤)") and len(pick.why) <= 3

    def test_a_vote_taken_back_leaves_nothing(self) -> None:
        assert Taste.from_votes([]) == Taste()
        assert Taste.from_votes([(paper(1), 1), (paper(1), -1)]) == Taste()
        assert ids([paper(1), paper(2)], Profile(), taste=Taste()) == ids([paper(1), paper(2)], Profile())
