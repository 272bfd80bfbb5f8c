"""What readers say: one vote a person and story, changeable; reports; a thread's last exchanges."""

from datetime import UTC, date, datetime, timedelta

from core.store import Store

ON = date(2026, 2, 3)
NOW = datetime(2026, 2, 3, 8, tzinfo=UTC)


async def vote(store: Store, person: str, value: int, n: int = 1) -> int | None:
    return await store.feedback.vote("slack", "C1", person, ON, "default", n, f"2602.0000{n}", value, NOW)


async def test_a_person_has_one_vote_a_story_and_may_change_it(store: Store) -> None:
    assert await vote(store, "U1", 1) is None
    assert await vote(store, "U1", -1) == 1
    await vote(store, "U2", 1)
    await vote(store, "U1", 1, n=2)
    assert sorted((v.item, v.value) for v in await store.feedback.votes("slack", "C1", ON)) == [
        ("2602.00001", -1), ("2602.00001", 1), ("2602.00002", 1),
    ]  # fmt: skip
    assert await store.feedback.votes("slack", "C2", ON) == ()
    assert await store.feedback.votes("slack", "C1", ON + timedelta(days=1)) == ()


async def test_a_report_is_kept_with_who_and_what(store: Store) -> None:
    await store.feedback.report("discord", "9", "77", ON, "default", 3, "8배가 아니라 4배입니다", NOW)
    (report,) = await store.feedback.reports(ON)
    assert (report.channel, report.person, report.n, report.words) == ("9", "77", 3, "8배가 아니라 4배입니다")


async def test_a_thread_remembers_its_last_exchanges_and_no_others(store: Store) -> None:
    for n in range(5):
        await store.talk.add("slack:C1/1.0", f"e{n}", "2602.1", f"질문 {n}", f"답 {n}", NOW + timedelta(minutes=n))
    await store.talk.add("slack:C1/2.0", "e9", "2602.2", "다른 질문", "다른 답", NOW)
    assert [e.question for e in await store.talk.last("slack:C1/1.0", 2)] == ["질문 3", "질문 4"]
    assert await store.talk.paper_of("e9") == "2602.2" and await store.talk.paper_of("e10") is None
    assert await store.talk.prune(NOW + timedelta(minutes=3)) == 4
    assert [e.question for e in await store.talk.last("slack:C1/1.0", 9)] == ["질문 3", "질문 4"]
