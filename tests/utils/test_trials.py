"""Repeating a measurement over conditions and seeds; the recorded trials."""

import os
import signal
import subprocess
import sys

import keras
import numpy as np
import pandas as pd
import pytest
from distributed import Client, LocalCluster
from running import COURSE, PATIENCE, until

from course_builder import project
from course_builder.experiments import LessonCode
from course_builder.remeasure import find_stale_record
from course_utils import datasets, trials

RECORDED = sorted(path.stem for path in trials.recorded_folder().glob("*.csv"))
DATA = datasets.Dataset("tiny", None, None, None, 1, (), "", "")


def measure(data, seed, rate):
    return {"value": seed + rate, "name_length": len(data.name), "process": os.getpid()}


def test_one_row_a_trial_with_condition_seed_and_measures():
    frame = trials.run(measure, DATA, [{"rate": 0.0}, {"rate": 0.5}], seeds=[3, 4])
    assert frame[["rate", "seed", "value", "name_length"]].values.tolist() == [
        [0.0, 3, 3.0, 4],
        [0.5, 3, 3.5, 4],
        [0.0, 4, 4.0, 4],
        [0.5, 4, 4.5, 4],
    ]


def test_worker_processes_change_nothing_but_the_process():
    conditions = [{"rate": 0.0}, {"rate": 0.5}]
    alone = trials.run(measure, DATA, conditions, range(4))
    shared = trials.run(measure, DATA, conditions, range(4), jobs=2)
    pd.testing.assert_frame_equal(alone.drop(columns="process"), shared.drop(columns="process"))
    assert os.getpid() not in set(shared["process"])


def test_the_same_sweep_runs_on_a_dask_cluster():
    conditions = [{"rate": 0.0}, {"rate": 0.5}]
    alone = trials.run(measure, DATA, conditions, range(4))
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster),
    ):
        on_cluster = trials.run(
            measure_anywhere(), DATA, conditions, range(4), jobs=-1, backend="dask"
        )
    pd.testing.assert_frame_equal(alone.drop(columns="process"), on_cluster.drop(columns="process"))
    assert os.getpid() not in set(on_cluster["process"])


SLOW = """
    # %% tags=["experiment"]
    import os
    import time
    from pathlib import Path

    from course_utils import trials

    def measure(data, seed):
        Path(f"worker-{os.getpid()}").touch()
        time.sleep(600)

    slow = trials.Experiment("slow", "digits", measure, [{}], range(4))
"""


def test_an_interrupted_recording_leaves_no_process_and_no_record(make_course):
    course = make_course(**{"01_tiny": SLOW})
    process = subprocess.Popen(
        # A shell that starts these tests in the background lets Ctrl+C be ignored.
        ["env", "--default-signal=INT", COURSE, "record", "01_tiny", "--jobs", "2"],
        cwd=course,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert until(lambda: len(list(course.glob("worker-*"))) == 2)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 130 and err.strip() == "course: interrupted."
        assert until(lambda: not is_there(process.pid), seconds=20)
        assert not list(trials.recorded_folder().glob("slow*"))
    finally:
        if is_there(process.pid):
            os.killpg(process.pid, signal.SIGKILL)


def is_there(group):
    """Whether a process of this group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_arrays_stand_in_a_column_of_objects():
    def which(data, seed, rate):
        return {"right": np.arange(3) > seed}

    frame = trials.run(which, DATA, [{"rate": 0.5}], seeds=[0, 1])
    assert [array.tolist() for array in frame["right"]] == [
        [False, True, True],
        [False, False, True],
    ]


def measure_anywhere():
    """Like a function of a notebook: sent to workers whole, not by the name of its module."""

    def measure(data, seed, rate):
        import os

        return {"value": seed + rate, "name_length": len(data.name), "process": os.getpid()}

    return measure


@pytest.mark.parametrize("rate", [1.0, 1.5, -0.1, float("nan")])
def test_a_rate_outside_the_range_is_refused_before_anything_runs(rate):
    def must_not_run(data, seed, rate):
        pytest.fail("a trial ran")

    with pytest.raises(ValueError, match=r"it is the probability of dropping"):
        trials.run(must_not_run, DATA, [{"rate": 0.5}, {"rate": rate}], [0])


@pytest.mark.parametrize(
    ("conditions", "seeds", "message"),
    [
        ([], [0], "0 conditions and 1 seeds"),
        ([{"rate": 0.5}], [], "1 conditions and 0 seeds"),
        ([{"rate": 0.5}], [1, 2, 1], "hold one twice"),
    ],
)
def test_plans_without_evidence_are_refused(conditions, seeds, message):
    with pytest.raises(ValueError, match=message):
        trials.run(measure, DATA, conditions, seeds)


def test_missing_records_say_how_to_make_them():
    with pytest.raises(FileNotFoundError, match=r"no recorded file nothing\.csv: make it with"):
        trials.Experiment("nothing", "digits", measure, [], []).recorded()
    assert trials.recorded_items("nothing") == {}


@pytest.mark.parametrize("patience", [1, 9])
def test_the_bar_of_the_epochs_is_full_when_the_fit_has_ended(patience, monkeypatch, capsys):
    """After early stopping, too: an unfinished bar stays in a notebook, red as an error."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    bar = trials.epoch_bar()
    stop = keras.callbacks.EarlyStopping("loss", min_delta=9, patience=patience)
    model = keras.Sequential([keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    fit = model.fit(np.ones((4, 1)), np.ones(4), epochs=3, verbose=0, callbacks=[bar, stop])
    assert bar.epoch_bar.total == bar.epoch_bar.n == len(fit.epoch) == min(patience + 1, 3)
    assert "/3 [" in capsys.readouterr().err


@pytest.mark.parametrize("name", RECORDED)
def test_every_record_is_whole_and_from_the_present_source(name, root):
    experiment = trials.Experiment(name, "", None, [], [])
    provenance = experiment.provenance()
    assert find_stale_record(LessonCode(root, provenance["lesson"]), name) == ""
    assert provenance["trials"] == len(experiment.recorded())
    assert {"keras", "tensorflow", "numpy", "python"} <= set(provenance["versions"])
    assert provenance["data"] in datasets.names()


@pytest.mark.parametrize("name", [path.stem for path in trials.recorded_folder().glob("*.npz")])
def test_the_recorded_items_are_those_of_the_accuracies(name):
    table, items = trials.recorded(name), trials.recorded_items(name)
    items.pop("groups", None)
    for right, counts in items.items():
        seeds = table["seed"].nunique()
        by_condition = table[right.replace("right", "accuracy")].to_numpy().reshape(seeds, -1)
        assert counts.mean(axis=1) == pytest.approx(by_condition.sum(axis=0), rel=1e-6)


def test_every_recorded_lesson_is_there(root):
    lessons = project.lesson_names(root)
    records = [trials.Experiment(name, "", None, [], []).provenance() for name in RECORDED]
    assert records and {record["lesson"] for record in records} <= set(lessons)
