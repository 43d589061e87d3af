"""Claims: read from their file, judged as one family from recorded trials, shown in a ledger."""

import numpy as np
import pandas as pd
import pytest

from course_utils import claims, statistics, trials
from course_utils.statistics import Difference

GAIN = """
[[claim]]
name = "gain"
sentence = "Rate 0.5 raises accuracy"
experiment = "net"
measure = "test_accuracy"
baseline = {rate = 0.0, early = false}
treatment = {rate = 0.5, early = false}
"""
LOSS = (
    GAIN.replace('"gain"', '"loss"')
    .replace("raises accuracy", "lowers the loss")
    .replace('"test_accuracy"', '"test_loss"\nexpects = "lower"\nunit = "nats"')
)
RIVAL = """
[[claim]]
name = "rival"
sentence = "The net beats a forest"
experiment = "net"
measure = "test_accuracy"
baseline_experiment = "forests"
baseline = {trees = 300}
treatment = {rate = 0.5, early = false}
"""
SEEDS, ITEMS = 5, 40


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(trials, "recorded_folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def right(folder):
    """Recorded trials of a net and of a forest; which items each trial got right."""
    generator = np.random.default_rng(0)
    shares = {("net", 0.0): 0.6, ("net", 0.5): 0.75, ("forests", 300): 0.5}
    difficulty = generator.uniform(-0.2, 0.2, ITEMS)
    right = {
        key: generator.random((SEEDS, ITEMS)) < share + difficulty for key, share in shares.items()
    }
    net = [
        {
            "rate": rate,
            "early": False,
            "seed": seed,
            "test_accuracy": right["net", rate][seed].mean(),
            "test_loss": 1 - rate / 2 + generator.normal(0, 0.01),
        }
        for seed in range(SEEDS)
        for rate in (0.0, 0.5)
    ]
    forests = [
        {"trees": 300, "seed": seed, "test_accuracy": right["forests", 300][seed].mean()}
        for seed in range(SEEDS)
    ]
    keep(folder, "net", net, [right["net", 0.0], right["net", 0.5]])
    keep(folder, "forests", forests, [right["forests", 300]])
    return right


def keep(folder, name, rows, right, **more):
    pd.DataFrame(rows).to_csv(folder / f"{name}.csv", index=False)
    counts = np.array([trials.sum(axis=0) for trials in right], np.uint8)
    np.savez(folder / f"{name}.npz", test_right=counts, **more)


def judge(folder, *texts):
    (folder / "01_tiny.toml").write_text("\n".join(texts))
    return claims.judge("01_tiny")


def test_claims_are_read_in_their_order_with_what_is_not_said(folder):
    (folder / "01_tiny.toml").write_text(GAIN + RIVAL)
    gain, rival = claims.read("01_tiny")
    assert (gain.name, gain.expects, gain.unit, gain.sample) == ("gain", "higher", "points", 3)
    assert gain.baseline == {"rate": 0.0, "early": False} and not gain.shown
    assert rival.sides() == [("forests", {"trees": 300}), ("net", gain.treatment)]


def test_a_lesson_without_a_file_has_no_claims_and_no_ledger(folder):
    assert claims.read("01_tiny") == claims.judge("01_tiny") == []
    with pytest.raises(ValueError, match="The lesson '01_tiny' shows no claim: write `shown"):
        claims.Ledger("01_tiny")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[[claim]]", "[claim]", "holds more than claims: begin each with"),
        ("[[claim]]", 'lesson = "01"\n[[claim]]', "holds more than claims: begin each with"),
        ("rate = 0.0", "rate: 0.0", "01_tiny.toml is no TOML: "),
        ("measure =", "mesure =", "claim gain: there is no 'mesure' in a claim: write one of name"),
        ('measure = "test_accuracy"\n', "", "claim gain: 'measure' is missing"),
        ('name = "gain"\n', "", "claim without a name: 'name' is missing"),
        ('"test_accuracy"', "3", "'measure' is 3: write a value of the type str"),
        ("{rate = 0.0, early = false}", "[0.0]", "'baseline' is .0.0.: .* of the type dict"),
        ("measure", "sample = true\nmeasure", "'sample' is True: .* of the type int"),
        ("measure", "sample = -1\nmeasure", "'sample' is -1: write a number of seeds, or 0"),
        ("measure", 'expects = "better"\nmeasure', "'expects' is 'better': write 'higher' or"),
        ("[[claim]]", GAIN + "[[claim]]", "claim gain: another one has the same name"),
    ],
)
def test_a_file_that_is_wrong_is_one_sentence(folder, old, new, message):
    with pytest.raises(ValueError, match=message):
        judge(folder, GAIN.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("rate = 0.5", "rate = 0.4", r"01_tiny.toml, claim gain: No trial has \{.*'rate': 0.4"),
        ("rate = 0.5", "rte = 0.5", "claim gain: The trials have no column 'rte'"),
        ('"test_accuracy"', '"accuracy"', "claim gain: The trials have no measure 'accuracy'"),
    ],
)
def test_a_claim_that_does_not_fit_its_record_is_named(folder, right, old, new, message):
    with pytest.raises(ValueError, match=message):
        judge(folder, GAIN.replace(old, new))


def test_a_claim_on_accuracy_is_judged_with_the_part_of_the_test_items(folder, right):
    [verdict] = judge(folder, GAIN)
    table = trials.recorded("net")
    conditions = {"rate": 0.0}, {"rate": 0.5}
    by_item = right["net", 0.5].mean(axis=0) - right["net", 0.0].mean(axis=0)
    assert verdict.population == "new pictures"
    assert verdict.over_seeds == statistics.paired_difference(table, "test_accuracy", *conditions)
    assert verdict.difference == statistics.paired_difference(
        table, "test_accuracy", *conditions, items=by_item
    )


def test_a_measure_without_items_holds_for_these_test_pictures(folder, right):
    [verdict] = judge(folder, LOSS)
    assert verdict.population == verdict.holds_for() == "these test pictures"
    assert verdict.difference == verdict.over_seeds and verdict.status == "supported"


def test_items_from_one_sender_stand_together(folder, right):
    by_sender = np.arange(ITEMS) % 8
    counts = trials.recorded_items("net")["test_right"]
    np.savez(folder / "net.npz", test_right=counts, groups=by_sender)
    [verdict] = judge(folder, GAIN)
    changes = (counts[1] - counts[0].astype(float)) / SEEDS
    by_hand = [changes[by_sender == sender].mean() for sender in range(8)]
    assert verdict.population == "new senders"
    # All senders sent five pictures: the error is that of the mean of their means.
    assert verdict.difference.items_error == pytest.approx(np.std(by_hand, ddof=1) / np.sqrt(8))


def test_what_only_these_pictures_show_is_said(folder):
    """Every seed agrees to the item: 3 of 10 gained, 1 lost."""
    before, after = np.zeros((2, 2, 10), bool)
    before[:, 0] = after[:, 1:4] = True
    rows = [
        {"rate": rate, "early": False, "seed": seed, "test_accuracy": 0.1 + 0.4 * rate + noise}
        for seed, noise in enumerate((0.0, 0.01))
        for rate in (0.0, 0.5)
    ]
    rows[1]["test_accuracy"] -= 0.001
    keep(folder, "net", rows, [before, after])
    [verdict] = judge(folder, GAIN)
    assert verdict.status == "not distinguishable"
    assert verdict.holds_for() == "new pictures (these test pictures alone: supported)"


def test_a_baseline_of_another_experiment_is_paired_by_seed(folder, right):
    [verdict] = judge(folder, RIVAL)
    gains = right["net", 0.5].mean(axis=1) - right["forests", 300].mean(axis=1)
    assert verdict.difference.effect == pytest.approx(gains.mean())
    assert verdict.difference.seeds_error == pytest.approx(gains.std(ddof=1) / np.sqrt(SEEDS))
    assert verdict.population == "new pictures"


def test_a_rival_with_other_seeds_is_refused(folder, right):
    table = trials.recorded("forests")
    table.assign(seed=table["seed"] + 1).to_csv(folder / "forests.csv", index=False)
    with pytest.raises(ValueError, match=r"claim rival: The seeds \[0, 5\] stand in one condition"):
        judge(folder, RIVAL)


def test_all_claims_of_the_file_are_judged_together(folder):
    """p = .01, .03, .04: Holm's 3 p, 2 p and p, none below the one before, are .03, .06, .06."""
    errors = 0.1 / np.abs(np.array([4.604095, 3.252, 2.999]))  # by t with 4 degrees of freedom
    for name, error in zip("abc", errors, strict=True):
        spread = np.array([-1, -1, 0, 1, 1]) * error * np.sqrt(5)
        rows = [
            {"rate": rate, "seed": seed, "loss": rate * (0.1 + spread[seed])}
            for seed in range(5)
            for rate in (0, 1)
        ]
        pd.DataFrame(rows).to_csv(folder / f"{name}.csv", index=False)
    text = GAIN.replace("test_accuracy", "loss").replace(", early = false", "")
    texts = [text.replace("gain", name).replace("net", name).replace("0.5", "1") for name in "abc"]
    verdicts = judge(folder, *texts)
    assert [one.difference.p_value for one in verdicts] == pytest.approx(
        [0.01, 0.03138, 0.04], 1e-2
    )
    assert [one.adjusted_p for one in verdicts] == pytest.approx([0.03, 0.0628, 0.0628], 1e-2)
    assert [one.unadjusted_status for one in verdicts] == ["supported"] * 3
    assert [one.status for one in verdicts] == ["supported"] + ["not distinguishable"] * 2


def test_the_opposite_claim_is_refuted_by_the_same_numbers(folder, right):
    [lower] = judge(folder, GAIN.replace("measure", 'expects = "lower"\nmeasure'))
    assert lower.status == lower.unadjusted_status == "refuted"


def test_a_verdict_has_what_json_promises(folder, right):
    row = judge(folder, GAIN)[0].as_dict()
    assert list(row) == [
        *("name", "sentence", "seeds", "effect", "interval", "status", "unadjusted_status"),
    ]
    assert (row["name"], row["seeds"], row["status"]) == ("gain", SEEDS, "supported")
    assert row["interval"][0] < row["effect"] < row["interval"][1]


def test_the_ledger_shows_some_claims_and_holds_the_data_of_all(folder, right):
    verdicts = judge(folder, GAIN + "shown = true", LOSS + "shown = true", RIVAL)
    shown = claims.Ledger("01_tiny")._repr_mimebundle_()
    assert shown[claims.Ledger.MIME_TYPE] == [verdict.as_dict() for verdict in verdicts]
    picture, words = shown["text/html"].split("The same in words")
    assert 'alt="Of the claims in this picture 2 supported; the list below' in picture
    assert words.count("<li>") == 2 and "forest" not in words
    gain, loss = shown["text/plain"].splitlines()
    assert gain == (
        f"Rate 0.5 raises accuracy: supported ({verdicts[0].evidence()}, {SEEDS} seeds, "
        "for new pictures)."
    )
    assert f"<li>{gain}</li><li>{loss}</li>" in words
    assert "nats [" in loss and "for these test pictures" in loss


def test_the_table_has_all_evidence_of_a_claim(folder, right):
    verdicts = judge(folder, GAIN, LOSS)
    _, _, gain, loss = claims.to_markdown(verdicts).splitlines()
    for cell in (
        verdicts[0].evidence().replace(", ", ",\u00a0"),
        f"{verdicts[0].difference.correlation:.2f}",
        "new pictures",
        "**supported**",
    ):
        assert f"| {cell} |" in gain
    assert "nats [" in loss and "| these test pictures |" in loss


def test_points_and_other_units(folder, right):
    gain, loss = judge(folder, GAIN, LOSS)
    effect = 100 * (right["net", 0.5].mean() - right["net", 0.0].mean())
    assert gain.evidence().startswith(f"{effect:+.1f} points [")
    assert loss.evidence().startswith(f"{loss.difference.effect:+.3f} nats [-0.")


def test_no_effect_has_no_minus_sign():
    nothing = Difference(effect=-0.0002, low=-0.01, high=0.0096, seeds=5)
    assert claims.format_difference(nothing) == "+0.0 points [-1.0, +1.0]"
