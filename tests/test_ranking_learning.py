"""Training, evaluation and the files of candidates: what the ranking learns from, and how it is judged."""

import gzip
import json
import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from core.errors import SettingsError
from core.model import Paper, Profile, Signals
from core.ranking import Record, Seen, rank, read_candidates, seen
from core.ranking.days import Day, read_days
from core.ranking.evaluate import evaluate
from core.ranking.record import COLUMNS, LEARNED, author_keys, learn, name_key
from core.ranking.roles import LATE
from core.ranking.weights import SHIPPED, shipped

DAYS = Path(__file__).parents[2] / "shared" / "data" / "selection"
FIGURES = {"days", "p5", "p10", "ndcg5", "top5_overlap", "baselines", "default_profile"}


def rows(day: int, dice: random.Random, size: int = 60) -> list[dict[str, object]]:
    """A day on which the community picks whatever the lab of authors 0–4 says about agents."""
    result: list[dict[str, object]] = []
    for n in range(size):
        lab = dice.random() < 0.2
        hot = lab and dice.random() < 0.8
        words = (
            "agent coding tool benchmark"
            if hot
            else dice.choice(["graph bound proof", "speech noise codec", "kernel risk rate"])
        )
        authors = [
            f"Lab Author{dice.randrange(5)}" if lab else f"Any Author{dice.randrange(400)}",
            f"Any Author{dice.randrange(400)}",
        ]
        result.append({
            "id": f"27{day:02}.{n:05}", "title": f"On {words}", "abstract": f"We study {words} in depth. " * 4,
            "authors": authors,
            "categories": ["cs.LG"], "primary": "cs.LG", "comment": None,
            "hf_daily": int(hot), "hf_upvotes": dice.randrange(5, 90) if hot else None,
        })  # fmt: skip
    return result


def write(folder: Path, name: str, lines: list[dict[str, object]]) -> None:
    with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)


class TestCandidates:
    def test_reads_plain_and_packed_and_ignores_what_it_does_not_know(self, tmp_path: Path) -> None:
        lines = rows(1, random.Random(1), 3)
        write(tmp_path, "2027-01-01", [{**line, "extra": {"deep": [1]}} for line in lines])
        (tmp_path / "plain.jsonl").write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", encoding="utf-8")
        packed, plain = read_candidates(tmp_path / "2027-01-01.jsonl.gz"), read_candidates(tmp_path / "plain.jsonl")
        assert packed == plain and [p.id for p in plain] == ["2701.00000", "2701.00001", "2701.00002"]

    def test_missing_and_odd_fields(self, tmp_path: Path) -> None:
        file = tmp_path / "odd.jsonl"
        file.write_text(
            '{"id": "2701.00001"}\n{"id":"2701.00002","title":null,"authors":[1,"A B"],"categories":7,"comment":4}\n'
        )
        bare, odd = read_candidates(file)
        assert (bare.title, bare.abstract, bare.authors, bare.comment) == ("", "", (), None)
        assert odd.authors == ("A B",) and odd.primary == ""
        for profile in (None, Profile()):
            picks = rank((bare, odd), profile=profile, now=datetime(2027, 1, 1, tzinfo=UTC))
            assert {pick.item.id for pick in picks} == {bare.id, odd.id}

    def test_names_and_categories_in_one_text_are_read_apart(self, tmp_path: Path) -> None:
        (tmp_path / "text.jsonl").write_text('{"id":"2701.00001","authors":"A B, C D","categories":"cs.AI cs.LG"}\n')
        (read,) = read_candidates(tmp_path / "text.jsonl")
        assert (read.authors, read.categories, read.primary) == (("A B", "C D"), ("cs.AI", "cs.LG"), "cs.AI")

    def test_letters_that_nobody_can_print_are_replaced(self, tmp_path: Path) -> None:
        (tmp_path / "half.jsonl").write_text('{"id":"2701.00001\\ud800","title":"\\ud800 a","authors":["\\udfff"]}\n')
        (read,) = read_candidates(tmp_path / "half.jsonl")
        assert (read.id, read.title, read.authors) == ("2701.00001\ufffd", "\ufffd a", ("\ufffd",))

    def test_of_two_rows_of_one_paper_the_fuller_is_read_whatever_their_order(self, tmp_path: Path) -> None:
        short, full = '{"id":"2701.00001","title":"A"}', '{"id":"2701.00001","title":"B","abstract":"More."}'
        for name, two in (("a", (short, full)), ("b", (full, short))):
            (tmp_path / f"{name}.jsonl").write_text("\n".join(two))
            assert [p.title for p in read_candidates(tmp_path / f"{name}.jsonl")] == ["B"]

    def test_empty_file_is_no_candidates(self, tmp_path: Path) -> None:
        (tmp_path / "empty.jsonl").write_text("")
        assert read_candidates(tmp_path / "empty.jsonl") == ()

    @pytest.mark.parametrize(("text", "said"), [
        ('{"id":"2701.00001"}\n{"id": ', "2번째 줄"), ('{"id":"2701.00001"}\n[1]', "2번째 줄"),
            ('{"title":"no id"}', "1번째 줄"),
        ("[" * 100_000, "1번째 줄"), ('{"id":"2701.00001","n":' + "9" * 5_000 + "}", "1번째 줄"),
    ])  # fmt: skip
    def test_a_broken_line_is_named(self, tmp_path: Path, text: str, said: str) -> None:
        (tmp_path / "broken.jsonl").write_text(text)
        with pytest.raises(SettingsError, match=said):
            read_candidates(tmp_path / "broken.jsonl")

    def test_a_file_that_is_not_there_or_not_text(self, tmp_path: Path) -> None:
        (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress(b'{"id":"1"}')[:-9])
        (tmp_path / "bytes.jsonl").write_bytes(b"\xff\xfe\x00")
        for name in ("cut.jsonl.gz", "bytes.jsonl", "none.jsonl"):
            with pytest.raises(SettingsError, match="읽을 수 없습니다"):
                read_candidates(tmp_path / name)


class TestRecord:
    def seen(self) -> Record:
        return learn([([1, 2], 1, 40), ([2, 3], 0, 0), ([2], 1, 3)])

    def test_counts_papers_picks_and_votes_of_each_name(self) -> None:
        record = self.seen()
        assert record.names.tolist() == [1, 2, 3]
        assert record.papers.tolist() == [1, 3, 1] and record.picks.tolist() == [1, 2, 0]
        assert record.votes[0] == pytest.approx(np.log1p(40))

    def test_names_are_one_whatever_their_accents_and_dots(self) -> None:
        assert name_key("José  P. García") == name_key("jose p garcia")
        assert name_key("Ann Lee") != name_key("Anna Lee")

    def test_learning_on_is_pure_and_shows_in_the_features(self) -> None:
        work = Paper("2701.00001", "T", "A", ("New Name", "Other Name"), ("cs.LG",), "cs.LG")
        before = self.seen()
        liked = replace(work, signals=Signals(hf_upvotes=120))
        after = before.updated([seen(liked), seen(work)])
        assert before.names.tolist() == [1, 2, 3] and len(after.names) == 5
        at = np.searchsorted(after.names, np.array(author_keys(work), np.uint32))
        assert after.papers[at].tolist() == [2, 2] and after.picks[at].tolist() == [1, 1]
        best = COLUMNS.index("rate_max")
        assert after.columns([work])[0, best] > before.columns([work])[0, best]
        assert before.updated([]) is before

    def test_who_led_and_who_ran_a_paper_have_a_record_of_their_own(self) -> None:
        record = self.seen()
        assert record.roles.led.tolist() == [1, 2, 0] and record.roles.led_picks.tolist() == [1, 1, 0]
        assert record.roles.ran.tolist() == [0, 2, 1] and record.roles.ran_picks.tolist() == [0, 2, 0]
        after = record.updated([((3, 1), 9), ((), 5), ((1, 3), None)])
        assert after.roles.led.tolist() == [2, 2, 1] and after.roles.led_picks.tolist() == [1, 1, 1]
        assert after.roles.ran.tolist() == [1, 2, 2] and after.roles.ran_picks.tolist() == [1, 2, 0]

    def test_a_habit_nears_what_somebody_does_with_every_paper(self) -> None:
        often, once = learn([([1, 2], 0, 0)] * 6, [4.0] * 6), learn([([1, 2], 0, 0)], [4.0])
        assert LATE < once.roles.late[0] < often.roles.late[0] < 4.0
        assert often.updated([((1, 9), 3)]).roles.late.tolist() == [*often.roles.late.tolist(), LATE]

    def test_it_is_bounded_and_keeps_those_who_were_picked(self) -> None:
        many: list[Seen] = [((n, n + 1), 7 if n > 300_000 else None) for n in range(100_000, 300_400, 2)]
        after = self.seen().updated(many)
        assert len(after.names) == 3 + LEARNED
        assert {300_002, 300_399} <= set(after.names.tolist())

    def test_papers_without_authors_are_strangers(self) -> None:
        row = self.seen().columns([Paper("2701.00001", "", "", (), (), "")])
        assert np.isfinite(row).all() and row[0, COLUMNS.index("names_known")] == 0


class TestShippedWeights:
    def test_are_small_frozen_and_plain(self) -> None:
        assert SHIPPED.stat().st_size <= 5_000_000
        assert shipped().until == "2026-04-22"
        with np.load(SHIPPED, allow_pickle=False) as file:
            assert all(file[name].dtype.kind in "uifU" for name in file.files)


class TestTrees:
    def test_the_forest_answers_what_was_grown(self) -> None:
        """Grown over bins, asked with the values themselves: the scores it left off at are those it gives."""
        pytest.importorskip("sklearn")
        from core.ranking.growing import grow

        dice = np.random.default_rng(0)
        rows_ = np.column_stack([dice.normal(size=(800, 6)), dice.integers(0, 3, 800)]).astype(np.float32)
        wanted = rows_[:, 0] * rows_[:, 1] + rows_[:, 2]
        left: list[np.ndarray] = []

        def forces(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            left.append(scores.copy())
            return scores - wanted, np.ones(len(scores))

        forest = grow(rows_, forces, 0.5, trees=60, step=0.3, leaves=15, seed=0)
        left.clear()
        longer = grow(rows_, forces, 0.5, trees=61, step=0.3, leaves=15, seed=0)
        assert len(longer.start) == len(forest.start) + 1
        assert np.allclose(forest.score(rows_), left[-1], atol=1e-4)
        assert np.mean((forest.score(rows_) - wanted) ** 2) < 0.5 * wanted.var()


class TestDayOrder:
    def test_forces_pull_up_what_is_worth_more_and_cancel_out(self) -> None:
        pytest.importorskip("sklearn")
        from core.ranking.listwise import forces

        gains = np.array([0.0, 3.0, 0.0, 1.0, 0.0])
        first, second = forces(np.array([2.0, 1.0, 0.5, 0.0, -1.0]), gains, top=3)
        assert first[1] < 0 < first[0] and first[3] < 0  # boosting goes against the gradient
        assert first.sum() == pytest.approx(0) and (second >= 0).all()
        nothing, flat = forces(np.array([1.0, 0.0]), np.zeros(2), top=3)
        assert not nothing.any() and not flat.any()

    def test_following_the_forces_puts_the_best_first(self) -> None:
        pytest.importorskip("sklearn")
        from core.ranking.listwise import forces

        dice = np.random.default_rng(1)
        scores, gains = dice.normal(size=40), np.where(np.arange(40) % 8 == 0, 1.0 + np.arange(40), 0.0)
        for _ in range(400):
            first, second = forces(scores, gains, top=5)
            scores -= 0.1 * first / (second + 0.1)
        assert np.argsort(-scores)[:5].tolist() == [32, 24, 16, 8, 0]


class TestTraining:
    def test_learns_what_the_community_likes_and_is_repeatable(self, tmp_path: Path) -> None:
        pytest.importorskip("sklearn")
        from core.ranking.train import fit
        from core.ranking.weights import save

        dice = random.Random(3)
        for day in range(1, 9):
            write(tmp_path, f"2027-01-{day:02}", rows(day, dice))
        days = read_days(tmp_path)
        first, second = fit(days), fit(days)
        save(first, tmp_path / "a.npz")
        save(second, tmp_path / "b.npz")
        assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
        assert (first.first, first.until) == ("2027-01-01", "2027-01-08")


class TestEvaluation:
    def test_later_days_are_judged_with_the_shipped_weights(self, tmp_path: Path) -> None:
        dice = random.Random(5)
        for day in (1, 2, 3):
            write(tmp_path, f"2027-02-{day:02}", rows(day, dice))
        figures = evaluate(tmp_path)
        assert set(figures) == FIGURES and figures["days"] == 3
        for name in ("p5", "p10", "ndcg5", "top5_overlap"):
            mean, low, high = figures[name]
            assert 0 <= low <= mean <= high <= 1
        simpler = {"tfidf_logistic", "logistic_with_place", "logistic_with_record"}
        assert set(figures["baselines"]) == {"random", "newest_5", "most_authors", *simpler}
        assert figures["default_profile"]["p5_cost"] == pytest.approx(
            figures["p5"][0] - figures["default_profile"]["p5"][0], abs=1e-3
        )
        assert evaluate(tmp_path) == figures

    def test_figures_by_hand(self) -> None:
        from core.ranking.evaluate import _day

        papers = tuple(Paper(f"2701.{n:05}", "", "", (), (), "") for n in range(12))
        day = Day("2027-01-01", papers, (1, 0, 1) + (0,) * 9, (3, 0, 10) + (0,) * 9)
        p5, p10, ndcg, overlap = _day(day, list(range(12)))
        assert (p5, p10, overlap) == (0.4, 0.2, 0.4)
        assert ndcg == pytest.approx((3 + 10 / 2) / (10 + 3 / np.log2(3)))

    def test_days_that_were_learnt_are_never_judged_as_they_are(self, tmp_path: Path) -> None:
        write(tmp_path, "2026-01-05", rows(1, random.Random(1)))
        with pytest.raises(SettingsError, match="이미 학습한 날"):
            evaluate(tmp_path)

    def test_learnt_days_are_split_in_time(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        pytest.importorskip("sklearn")
        dice = random.Random(7)
        for day in range(1, 11):
            write(tmp_path, f"2026-01-{day:02}", rows(day, dice))
        with caplog.at_level("INFO"):
            figures = evaluate(tmp_path)
        assert figures["days"] == 5 and "from=2026-01-06 learnt_until=2026-01-05" in caplog.text
        assert figures["p5"][0] > figures["baselines"]["random"]["p5"][0]

    def test_a_day_without_papers_is_left_out(self, tmp_path: Path) -> None:
        dice = random.Random(5)
        write(tmp_path, "2027-02-01", [{**line, "hf_upvotes": float("nan")} for line in rows(1, dice)])
        write(tmp_path, "2027-02-02", [])
        assert evaluate(tmp_path)["days"] == 1
        (tmp_path / "2027-02-01.jsonl.gz").unlink()
        with pytest.raises(SettingsError, match="비어 있습니다"):
            evaluate(tmp_path)

    @pytest.mark.parametrize("lines", [[], [{"id": "2701.00001", "title": "no label"}]])
    def test_no_labels_is_said(self, tmp_path: Path, lines: list[dict[str, object]]) -> None:
        if lines:
            write(tmp_path, "2027-01-01", lines)
        with pytest.raises(SettingsError, match=r"정답|후보 파일"):
            evaluate(tmp_path)

    @pytest.mark.slow
    @pytest.mark.timeout(600)
    def test_on_real_days_it_beats_what_is_simple(self, tmp_path: Path) -> None:
        """A slice of the given days, split in time: a lower bound far under the full figure (README.md)."""
        pytest.importorskip("sklearn")
        if not DAYS.exists():
            pytest.skip("shared/data/selection is not beside the checkout")
        for file in sorted((DAYS / "days").iterdir())[-14:]:
            (tmp_path / file.name).symlink_to(file)
        figures = evaluate(tmp_path)
        assert figures["p5"][0] > figures["baselines"]["newest_5"]["p5"][0]
        assert figures["ndcg5"][0] > figures["baselines"]["most_authors"]["ndcg5"][0]
