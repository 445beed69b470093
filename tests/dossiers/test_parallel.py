"""Many counters at once, and counters that are killed: no number twice, none without a dossier."""

import random
import signal
import time

COUNTERS, RECEPTIONS, PER_RECEPTION = 8, 25, 2
KILLED = 8


def test_eight_counters_at_once_give_every_number_once(town):
    counters = [town.work("receive", str(RECEPTIONS)) for _ in range(COUNTERS)]
    numbers = []
    for counter in counters:
        with counter:
            numbers += counter.stdout.read().split()
            assert counter.wait(120) == 0
    total = COUNTERS * RECEPTIONS * PER_RECEPTION
    assert sorted(numbers) == [
        f"901.00.99.H40-210317-{serial:04d}" for serial in range(1, total + 1)
    ]
    proven = town.verify()
    assert (proven.returncode, proven.stderr) == (0, "")
    assert f"{total} hồ sơ" in proven.stdout


def test_a_counter_killed_at_any_instant_leaves_nothing_half_done(town):
    rng = random.Random(9)
    promised = []
    for _ in range(KILLED):
        with town.work("receive", "0") as counter:
            for _line in range(rng.randrange(1, 6)):
                promised.append(counter.stdout.readline().strip())
            time.sleep(rng.random() / 30)
            counter.send_signal(signal.SIGKILL)
            promised += counter.stdout.read().split()
    proven = town.verify()
    assert (proven.returncode, proven.stderr) == (0, "")
    assert "" not in promised
    assert len(set(promised)) == len(promised)
    kept = int(proven.stdout.removeprefix("đã kiểm tra ").split(" hồ sơ")[0].replace(".", ""))
    # A reception killed between its commit and its print is kept, though nobody read its numbers.
    assert len(promised) <= kept <= len(promised) + KILLED * PER_RECEPTION
