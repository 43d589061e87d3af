"""Claims, their ledger, and measuring them again."""

import json
import re
import shutil

import keras
import pandas as pd
import pytest
from conftest import ROOT

from course_builder import experiments, record
from course_builder.cli import main
from course_builder.samples import compare
from course_utils import claims, trials
from course_utils.statistics import Difference

# A lesson whose trials take no time: the effect of `rate` is 0.1, with a little spread.
LESSON = """
    # %% tags=["experiment"]
    from course_utils import claims, trials

    EFFECT = 0.1

    def measure(data, seed, rate):
        noise = ((seed * 37 + int(10 * rate) * 11) % 10 - 4.5) / 1000
        return {"accuracy": 0.8 + noise + (EFFECT if rate else 0)}

    tiny = trials.Experiment(
        "tiny", "digits", measure, [{"rate": 0.0}, {"rate": 0.5}], range(20)
    )

    # %% [markdown]
    # Prose.

    # %%
    raise RuntimeError("only the experiment and its claims may run")

    # %% tags=["claims"]
    ledger = claims.Ledger(
        [
            claims.Claim(
                name="tiny-gain",
                sentence="Rate 0.5 raises accuracy",
                experiment=tiny,
                measure="accuracy",
                baseline={"rate": 0.0},
                treatment={"rate": 0.5},
            )
        ]
    )
    ledger
"""


CHECK = ["claims", "--check", "--jobs", "1"]
CHECK_ALL = [*CHECK, "--all"]
NET = """
    # %% tags=["experiment"]
    import keras
    import numpy as np

    from course_utils import claims, trials

    def measure(data, seed, rate):
        layer = keras.layers.Dropout(rate, seed=seed)
        kept = layer(np.ones((200, 500), "float32"), training=True)
        return {"mean": float(keras.ops.mean(kept))}

    net = trials.Experiment(
        name="net", data="digits", measure=measure, conditions=[{"rate": 0.0}, {"rate": 0.5}],
        seeds=range(5),
    )

    # %% tags=["claims"]
    mean = claims.Claim("net-mean", "It keeps the mean", net, "mean", {"rate": 0.0}, {"rate": 0.5})
    ledger = claims.Ledger([mean])
"""


def claim(frame, **changes):
    experiment = trials.Experiment("made-up", "digits", None, [], [])
    settings = {
        "name": "gain",
        "sentence": "Rate 0.5 raises accuracy",
        "experiment": experiment,
        "measure": "accuracy",
        "baseline": {"rate": 0.0},
        "treatment": {"rate": 0.5},
    }
    return claims.Claim(**(settings | changes)).judge(frame)


@pytest.fixture
def frame():
    return pd.DataFrame(
        {
            "rate": [0.0] * 3 + [0.5] * 3,
            "seed": [0, 1, 2] * 2,
            "accuracy": [0.80, 0.82, 0.81, 0.90, 0.93, 0.90],
        }
    )


def test_a_verdict_has_what_json_promises(frame):
    row = claim(frame).as_dict()
    assert set(row) == {"name", "sentence", "seeds", "effect", "interval", "status"}
    assert (row["name"], row["seeds"], row["status"]) == ("gain", 3, "supported")
    assert row["effect"] == pytest.approx(0.1)
    assert row["interval"][0] < 0.1 < row["interval"][1]


def test_the_same_numbers_refute_the_opposite_claim(frame):
    assert claim(frame, expects="lower").status == "refuted"


def test_points_and_other_units(frame):
    assert claim(frame).evidence().startswith("+10.0 points [+")
    assert claim(frame, unit="nats").evidence().startswith("+0.100 nats [+")


def test_no_effect_has_no_minus_sign():
    nothing = Difference(effect=-0.0002, low=-0.01, high=0.0096, seeds=5)
    assert claims.format_difference(nothing) == "+0.0 points [-1.0, +1.0]"


@pytest.fixture
def recorded_course(make_course, tmp_path, monkeypatch):
    """A tiny course whose lesson was recorded by the real command."""
    folder = tmp_path / "recorded"
    monkeypatch.setattr(trials, "recorded_folder", lambda: folder)
    course = make_course(**{"01_tiny": LESSON})
    assert main(["record", "01_tiny", "--jobs", "1"]) == 0
    return course


def test_claims_lists_the_ledger_as_json(recorded_course, capsys):
    capsys.readouterr()
    assert main(["claims", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["name"], row["status"], row["seeds"]) == ("tiny-gain", "supported", 20)


def test_an_unchanged_lesson_agrees_with_its_record(recorded_course, capsys):
    assert main(CHECK_ALL) == 0
    assert re.search("agrees +tiny-gain", capsys.readouterr().out)


def test_trials_get_what_was_prepared_of_the_data(make_course, capsys, monkeypatch, tmp_path):
    lesson = LESSON.replace("range(20)", "range(20), prepare=lambda data: len(data.train) / 1e4")
    make_course(**{"01_tiny": lesson.replace("EFFECT if rate", "data if rate")})
    monkeypatch.setattr(trials, "recorded_folder", lambda: tmp_path)
    assert main(["record", "01_tiny", "--jobs", "1"]) == 0
    assert main(CHECK_ALL) == 0  # the same when measured again
    assert "agrees" in capsys.readouterr().out


def test_a_costly_claim_is_left_to_the_full_profile(recorded_course, capsys):
    source = recorded_course / "solutions" / "01_tiny.py"
    source.write_text(
        source.read_text().replace('name="tiny-gain",', 'name="tiny-gain", sample=0,')
    )
    assert main(CHECK_ALL) == 0
    assert "tiny: tiny-gain is left to --profile full" in capsys.readouterr().out
    assert main([*CHECK_ALL, "--profile", "full"]) == 0
    assert re.search("agrees +tiny-gain", capsys.readouterr().out)


def test_a_changed_result_is_named(recorded_course, capsys, monkeypatch):
    """The library changes what the same code measures: here, a package the code imports."""
    monkeypatch.setattr(
        "course_builder.samples.trials.run",
        lambda measure, data, conditions, seeds, jobs: trials_with_effect(0.2, seeds),
    )
    assert main([*CHECK_ALL, "--json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)
    assert problem.startswith("tiny-gain: measured again, the effect is +0.2")


def test_a_changed_status_is_named_though_the_effect_lies_inside(frame):
    """Effects around 0.1, spread so wide that the interval nearly holds 0; then some below 0."""
    recorded = trials_with_effects([0.0, 0.05, 0.1, 0.15, 0.2], range(5))
    sample = trials_with_effects([-0.05, -0.05, -0.05], range(5, 8))
    comparison = compare(claim(recorded).claim, recorded, sample)
    assert comparison.is_inside and not comparison.agrees
    assert comparison.recorded_status == "supported"
    assert comparison.pooled_status == "not distinguishable"


def test_a_change_is_judged_by_both_samples_together(recorded_course, capsys, monkeypatch):
    monkeypatch.setattr(
        "course_builder.samples.trials.run",
        lambda measure, data, conditions, seeds, jobs: trials_with_effect(-4, seeds),
    )
    assert main(CHECK_ALL) == 1
    printed = capsys.readouterr().out
    # 20 recorded at +0.1, then 3 and 6 at -4: the status of all 29.
    assert "from supported to refuted" in printed


def test_one_sample_outside_by_chance_is_measured_a_second_time(
    recorded_course, capsys, monkeypatch
):
    effects = iter([0.2, 0.1])
    monkeypatch.setattr(
        "course_builder.samples.trials.run",
        lambda measure, data, conditions, seeds, jobs: trials_with_effect(next(effects), seeds),
    )
    assert main(CHECK_ALL) == 0
    assert re.search("(?s)OUTSIDE +tiny-gain.*agrees +tiny-gain", capsys.readouterr().out)


def test_changed_code_makes_the_record_stale(recorded_course, capsys):
    source = recorded_course / "solutions" / "01_tiny.py"
    text = source.read_text()
    source.write_text(text.replace("EFFECT = 0.1\n", "EFFECT = 0.1  # a comment\n\n\n"))
    assert main(CHECK_ALL) == 0
    source.write_text(text.replace("EFFECT = 0.1", "EFFECT = 0.3"))
    assert main(CHECK_ALL) == 1
    assert "tiny: its code in 01_tiny.py changed after recording" in capsys.readouterr().out


def test_an_edited_table_is_noticed(recorded_course, capsys):
    table = trials.recorded_folder() / "tiny.csv"
    table.write_text(table.read_text().replace("0.80", "0.81", 1))
    assert main(CHECK_ALL) == 1
    assert "tiny: the recorded table was changed after recording" in capsys.readouterr().out


def no_run(*_):
    raise AssertionError("trials were run for nothing")


def test_what_has_not_changed_is_not_measured_again(recorded_course, capsys, monkeypatch):
    monkeypatch.setattr("course_builder.samples.trials.run", no_run)
    capsys.readouterr()
    assert main(CHECK) == 0
    assert capsys.readouterr().out == "Every record holds.\n"


@pytest.fixture
def newer_keras(monkeypatch):
    versions = record._package_versions() | {"keras": "99.0"}
    monkeypatch.setattr(record, "_package_versions", lambda: versions)


def test_with_another_keras_it_is_measured_again_and_nothing_is_written(
    recorded_course, capsys, request
):
    files = {path: path.read_bytes() for path in trials.recorded_folder().iterdir()}
    request.getfixturevalue("newer_keras")
    assert main(CHECK) == 0
    assert re.search("agrees +tiny-gain", capsys.readouterr().out)
    assert {path: path.read_bytes() for path in trials.recorded_folder().iterdir()} == files


def test_all_that_passed_is_kept_with_what_it_was_measured_with(
    recorded_course, newer_keras, monkeypatch
):
    assert main(CHECK_ALL) == 0
    monkeypatch.setattr("course_builder.samples.trials.run", no_run)
    assert main(CHECK) == 0


def test_what_did_not_pass_is_not_kept(recorded_course, newer_keras, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(
            "course_builder.samples.trials.run",
            lambda measure, data, conditions, seeds, jobs: trials_with_effect(0.2, seeds),
        )
        assert main(CHECK_ALL) == 1
    monkeypatch.setattr("course_builder.samples.trials.run", no_run)
    with pytest.raises(AssertionError, match="for nothing"):
        main(CHECK)


@pytest.mark.parametrize(
    ("module", "counts"), [("trials.py", True), ("datasets/cifar.py", True), ("claims.py", False)]
)
def test_with_another_module_of_the_package_it_is_measured_again(
    make_course, tmp_path, monkeypatch, capsys, module, counts
):
    package = shutil.copytree(ROOT / "course_utils", tmp_path / "course_utils")
    monkeypatch.setattr(experiments, "_place", lambda name: package)
    monkeypatch.setattr(trials, "recorded_folder", lambda: tmp_path / "recorded")
    make_course(**{"01_tiny": LESSON})
    assert main(["record", "01_tiny", "--jobs", "1"]) == 0
    with (package / module).open("a") as stream:
        stream.write("\n# a comment does not count\n")
    capsys.readouterr()
    assert main(CHECK) == 0
    assert "measuring again" not in capsys.readouterr().out
    with (package / module).open("a") as stream:
        stream.write("NEW = 1\n")
    assert main(CHECK) == 0
    assert ("measuring again" in capsys.readouterr().out) == counts


def test_other_data_make_the_record_stale(recorded_course, capsys, monkeypatch):
    monkeypatch.setattr("course_utils.datasets.Dataset.fingerprint", lambda self: "other")
    assert main(CHECK_ALL) == 1
    said = capsys.readouterr().out
    assert "tiny: the data 'digits' changed after recording: run `course record 01_tiny" in said


@pytest.mark.parametrize(
    ("tags", "counts"),
    [
        ('"experiment", "hide-input"', True),
        ('"experiment", "tiny", "hide-input"', True),
        ('"experiment", "other"', False),
    ],
)
def test_tags_of_presentation_leave_a_cell_in_the_code(
    make_course, tmp_path, monkeypatch, capsys, tags, counts
):
    """A tag that names another experiment does not."""
    other = "\n    other = trials.Experiment('other', 'digits', measure, [{'rate': 0.0}], [0, 1])\n"
    cell = f"\n    # %% tags=[{tags}]\n    UNIT = 1\n"
    lesson = LESSON.replace("\n    # %% [markdown]", f"{other}{cell}\n    # %% [markdown]", 1)
    monkeypatch.setattr(trials, "recorded_folder", lambda: tmp_path)
    course = make_course(**{"01_tiny": lesson})
    assert main(["record", "01_tiny", "--jobs", "1"]) == 0
    source = course / "solutions" / "01_tiny.py"
    source.write_text(source.read_text().replace("UNIT = 1", "UNIT = 2"))
    capsys.readouterr()
    assert main(CHECK) == 1
    said = capsys.readouterr().out
    assert ("tiny: its code in 01_tiny.py changed" in said) == counts


def test_an_experiment_whose_name_is_no_text_is_refused(make_course, capsys):
    make_course(**{"01_tiny": LESSON.replace('"tiny", "digits"', 'str("tiny"), "digits"')})
    assert main(["record", "01_tiny"]) == 2
    assert "the name of an experiment must stand as a text" in capsys.readouterr().err


def test_a_keras_whose_dropout_does_not_rescale_is_found(
    make_course, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(trials, "recorded_folder", lambda: tmp_path)
    make_course(**{"01_tiny": NET})
    assert main(["record", "01_tiny", "--jobs", "1"]) == 0
    assert main(CHECK_ALL) == 0
    rescaled = keras.layers.Dropout.call

    def call(self, inputs, training=False):
        return rescaled(self, inputs, training=training) * (1 - self.rate)

    monkeypatch.setattr(keras.layers.Dropout, "call", call)
    capsys.readouterr()
    assert main(CHECK) == 0  # the same version
    assert main(CHECK_ALL) == 1
    assert "net-mean: measured again, the effect is -0.5" in capsys.readouterr().out


def test_a_missing_record_is_named(recorded_course, capsys):
    (trials.recorded_folder() / "tiny.csv").unlink()
    assert main(CHECK_ALL) == 1
    assert "tiny: nothing is recorded: run `course record 01_tiny" in capsys.readouterr().out


def test_a_claim_that_does_not_fit_the_record_is_named(recorded_course, capsys):
    source = recorded_course / "solutions" / "01_tiny.py"
    source.write_text(source.read_text().replace('treatment={"rate": 0.5}', 'treatment={"x": 1}'))
    assert main(["claims"]) == 2
    assert "01_tiny.py, claim tiny-gain: The trials have no column 'x'" in capsys.readouterr().err


def test_an_experiment_that_needs_an_untagged_cell_is_named(make_course, capsys):
    make_course(**{"01_tiny": LESSON.replace("EFFECT = 0.1", "EFFECT = HALF")})
    assert main(["record", "01_tiny"]) == 2
    assert "NameError: name 'HALF' is not defined" in capsys.readouterr().err


def test_a_full_record_without_data_is_one_sentence(make_course, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    make_course(**{"01_tiny": LESSON.replace('"digits"', '"mnist"')})
    assert main(["record", "01_tiny", "--jobs", "1"]) == 2
    error = capsys.readouterr().err
    assert "mnist.npz could not be downloaded" in error and "Traceback" not in error


def test_recording_what_is_not_there_is_a_mistake_in_the_call(recorded_course, capsys):
    assert main(["record", "02_tiny"]) == 2
    assert "There is no '02_tiny' here: choose one of 01_tiny" in capsys.readouterr().err
    assert main(["record", "01_tiny", "--only", "big"]) == 2
    assert "There is no 'big' here: choose one of tiny" in capsys.readouterr().err


def trials_with_effect(effect, seeds):
    return trials_with_effects([effect] * len(seeds), seeds)


def trials_with_effects(effects, seeds):
    return pd.DataFrame(
        [
            {"rate": rate, "seed": seed, "accuracy": 0.8 + (effect if rate else 0)}
            for seed, effect in zip(seeds, effects, strict=True)
            for rate in (0.0, 0.5)
        ]
    )
