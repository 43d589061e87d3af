"""Claims of a lesson: recording what they are on, listing them, and measuring them again."""

import dataclasses
import json
import re
import shutil

import keras
import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from course_builder import experiments, record
from course_builder.cli import main
from course_utils import datasets, trials
from course_utils.claims import judge

# A lesson whose trials take no time: the effect of `rate` is 0.1, with a little spread.
LESSON = """
    # %% tags=["experiment"]
    import numpy as np

    from course_utils import trials

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
    raise RuntimeError("only the experiment may run")
"""
CLAIM = """
[[claim]]
name = "tiny-gain"
sentence = "Rate 0.5 raises accuracy"
experiment = "tiny"
measure = "accuracy"
baseline = {rate = 0.0}
treatment = {rate = 0.5}
"""


CHECK = ["claims", "--check", "--jobs", "1"]
CHECK_ALL = [*CHECK, "--all"]
NET = """
    # %% tags=["experiment"]
    import keras
    import numpy as np

    from course_utils import trials

    def measure(data, seed, rate):
        layer = keras.layers.Dropout(rate, seed=seed)
        kept = layer(np.ones((200, 500), "float32"), training=True)
        return {"mean": float(keras.ops.mean(kept))}

    net = trials.Experiment(
        name="net", data="digits", measure=measure, conditions=[{"rate": 0.0}, {"rate": 0.5}],
        seeds=range(5),
    )
"""


@pytest.fixture
def write_claims(tmp_path, monkeypatch):
    """Write the claims of the lesson 01_tiny, beside whose records all others are out of sight."""
    folder = tmp_path / "recorded"
    folder.mkdir()
    monkeypatch.setattr(trials, "recorded_folder", lambda: folder)
    return lambda *texts: (folder / "01_tiny.toml").write_text("\n".join(texts))


@pytest.fixture
def recorded_course(make_course, write_claims):
    """A tiny course whose lesson was recorded by the real command."""
    write_claims(CLAIM)
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


def test_trials_get_what_was_prepared_of_the_data(make_course, write_claims, capsys):
    write_claims(CLAIM)
    lesson = LESSON.replace("range(20)", "range(20), prepare=lambda data: len(data.train) / 1e4")
    make_course(**{"01_tiny": lesson.replace("EFFECT if rate", "data if rate")})
    assert main(["record", "01_tiny", "--jobs", "1"]) == 0
    assert main(CHECK_ALL) == 0  # the same when measured again
    assert "agrees" in capsys.readouterr().out


def test_a_costly_claim_is_left_to_the_full_profile(recorded_course, write_claims, capsys):
    write_claims(CLAIM, "sample = 0")
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
    make_course, write_claims, tmp_path, monkeypatch, capsys, module, counts
):
    package = shutil.copytree(ROOT / "course_utils", tmp_path / "course_utils")
    monkeypatch.setattr(experiments, "_place", lambda name: package)
    write_claims(CLAIM)
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
    make_course, write_claims, monkeypatch, capsys
):
    net = CLAIM.replace('"tiny"', '"net"').replace('"accuracy"', '"mean"')
    write_claims(net.replace("tiny-gain", "net-mean"))
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


def test_a_claim_that_does_not_fit_the_record_is_named(recorded_course, write_claims, capsys):
    write_claims(CLAIM.replace("{rate = 0.5}", "{x = 1}"))
    assert main(["claims"]) == 2
    assert "01_tiny.toml, claim tiny-gain: The trials have no column 'x'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("rate = 0.5", "rate = 0.4", "{'rate': 0.4} is no condition of the experiment 'tiny'"),
        ("rate = 0.5", "", "{} is no condition of the experiment 'tiny'"),
        ('"tiny"', '"big"', "{'rate': 0.0} is no condition of the experiment 'big'"),
        ("measure", "mesure", "claim tiny-gain: there is no 'mesure' in a claim"),
    ],
)
def test_nothing_is_run_for_claims_that_are_wrong(
    make_course, write_claims, capsys, monkeypatch, old, new, words
):
    monkeypatch.setattr("course_builder.record.trials.run", no_run)
    write_claims(CLAIM.replace(old, new))
    make_course(**{"01_tiny": LESSON})
    assert main(["record", "01_tiny"]) == 2
    assert words in capsys.readouterr().err


def test_a_claim_that_came_after_the_results_is_named(recorded_course, write_claims, capsys):
    write_claims(CLAIM, CLAIM.replace("tiny-gain", "afterthought"))
    assert main(CHECK) == 1
    said = capsys.readouterr().out
    assert "afterthought: the claim was added after tiny was recorded: leave it out" in said
    assert "tiny-gain" not in said
    provenance = trials.recorded_folder() / "tiny.json"
    kept = json.loads(provenance.read_text())
    del kept["claims"]  # as in records from before they were kept
    provenance.write_text(json.dumps(kept))
    assert main(CHECK) == 0


RIVALS = """
    # %% tags=["experiment", "rivals"]
    def measure_rival(data, seed, trees):
        return {"accuracy": 0.75 + seed % 7 / 1000 + LUCK}

    LUCK = 0.0
    rivals = trials.Experiment("rivals", "digits", measure_rival, [{"trees": 30}], range(20))
"""
RIVAL = CLAIM.replace("tiny-gain", "tiny-rival").replace(
    "baseline = {rate = 0.0}", 'baseline = {trees = 30}\nbaseline_experiment = "rivals"'
)


def test_a_claim_across_two_experiments_is_recorded_and_measured_again(
    make_course, write_claims, capsys
):
    write_claims(RIVAL)
    course = make_course(**{"01_tiny": LESSON + RIVALS})
    assert main(["record", "01_tiny", "--jobs", "1"]) == 0
    for name in ("tiny", "rivals"):
        assert trials.Experiment(name, "", None, [], []).provenance()["claims"] == ["tiny-rival"]
    assert main(CHECK_ALL) == 0
    assert re.search("agrees +tiny-rival", capsys.readouterr().out)
    source = course / "solutions" / "01_tiny.py"
    source.write_text(source.read_text().replace("LUCK = 0.0", "LUCK = 0.1"))
    assert main(CHECK_ALL) == 1
    said = capsys.readouterr().out
    assert "rivals: its code in 01_tiny.py changed after recording" in said
    assert "tiny-rival" not in said, "half of it cannot be compared"


ITEMS = """
    # %% tags=["experiment"]
    import numpy as np

    from course_utils import trials

    def measure(data, seed, rate):
        right = np.arange(8) > (seed if rate else 5)
        return {"test_accuracy": right.mean(), "test_right": right}

    tiny = trials.Experiment("tiny", "digits", measure, [{"rate": 0.5}, {"rate": 0.0}], range(3))
"""
OF_ITEMS = CLAIM.replace('"accuracy"', '"test_accuracy"')


@pytest.fixture
def record_items(make_course, write_claims):
    """Record a lesson with a line changed; return the exit status."""

    def record_items(old="", new=""):
        write_claims(OF_ITEMS)
        make_course(**{"01_tiny": ITEMS.replace(old, new) if old else ITEMS})
        return main(["record", "01_tiny", "--jobs", "1"])

    return record_items


def test_how_many_seeds_got_each_item_right_is_kept(record_items):
    assert record_items() == 0
    kept = trials.recorded_items("tiny")
    assert list(kept) == ["test_right"] and kept["test_right"].dtype == np.uint8
    assert kept["test_right"].tolist() == [[0, 1, 2, 3, 3, 3, 3, 3], [0] * 6 + [3, 3]]
    assert list(trials.recorded("tiny")) == ["rate", "seed", "test_accuracy"]


def test_the_same_results_are_the_same_files(record_items):
    assert record_items() == 0
    files = {path: path.read_bytes() for path in trials.recorded_folder().iterdir()}
    assert main(["record", "01_tiny", "--jobs", "2"]) == 0
    assert {path: path.read_bytes() for path in trials.recorded_folder().iterdir()} == files


def test_changed_or_lost_items_are_noticed(record_items, capsys):
    assert record_items() == 0
    items = trials.recorded_folder() / "tiny.npz"
    np.savez(items, test_right=trials.recorded_items("tiny")["test_right"] + 1)
    for _ in range(2):
        assert main(CHECK) == 1
        said = capsys.readouterr().out
        assert "tiny: the recorded test items were changed after recording" in said
        items.unlink(missing_ok=True)


def test_items_that_are_no_longer_measured_do_not_stay(record_items, tmp_path):
    assert record_items() == 0
    source = tmp_path / "solutions" / "01_tiny.py"
    source.write_text(source.read_text().replace(', "test_right": right', ""))
    assert main(["record", "01_tiny", "--jobs", "1"]) == 0
    assert trials.recorded_items("tiny") == {}
    assert main(CHECK) == 0


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("np.arange(8)", "np.arange(8 + seed)", "or of other items: let the measurement return"),
        ("right}", "right if rate else 0}", "Some trials say which test items were right, others"),
        ("right}", 'right, "groups": right[1:]}', "The groups of the test part are not those"),
    ],
)
def test_items_that_differ_between_trials_are_refused(record_items, capsys, old, new, words):
    assert record_items(old, new) == 2
    assert words in capsys.readouterr().err


def test_the_groups_of_the_items_are_those_of_the_data(record_items, monkeypatch):
    digits = datasets.load("digits")
    test = dataclasses.replace(digits.test.take(np.arange(8)), groups=np.arange(8) // 2)
    load = lambda name: dataclasses.replace(digits, test=test)  # noqa: E731
    monkeypatch.setattr("course_utils.trials.datasets.load", load)
    assert record_items() == 0
    assert trials.recorded_items("tiny")["groups"].tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    assert judge("01_tiny")[0].population == "new senders"


def test_a_measurement_may_say_which_groups_it_judged(record_items):
    assert record_items("right}", 'right, "groups": np.arange(8) // 4}') == 0
    assert trials.recorded_items("tiny")["groups"].tolist() == [0] * 4 + [1] * 4


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
