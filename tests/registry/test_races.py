"""Four threads do every act of a claim's procedure at the same moment: one wins, the others are told, the sums are right."""

from __future__ import annotations

from tests.registry.walks import Racers, committed, race_offices, walk, wrong_sums


def test_every_act_raced_by_four_threads_is_won_by_one(offices):
    people, second = offices
    racers = Racers()
    try:
        claims = {walk(racers, people, second, appealed=appealed): appealed for appealed in 5 * (False, True)}
        for _ in range(20):
            race_offices(racers, people)
    finally:
        racers.close()
    assert racers.tally.violations == []
    assert racers.tally.races > 200
    assert committed(lambda: [wrong for claim, appealed in claims.items() for wrong in wrong_sums(claim, appealed=appealed)]) == []
