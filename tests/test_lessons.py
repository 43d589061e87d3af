"""What only shows when a lesson runs in a kernel, and nbval does not look at."""

import pytest
from conftest import ROOT
from nbclient import NotebookClient

from course_utils.instructor import project
from course_utils.instructor.build import student_notebook
from course_utils.instructor.record import judge_recorded
from course_utils.instructor.source import read_source

LESSONS = project.lesson_names(ROOT)
# What the prose of the lessons says of each claim. When new recordings change a status,
# first correct the sentences around it, then this table.
STATUSES = {
    "supported": {
        "noisy-dropout",
        "noisy-dropout-256",
        "noisy-high-rate",
        "noisy-early-stopping",
        "noisy-high-rate-or-stopping",
        "noisy-both",
        "clean-dropout-loss",
        "old-f1-claim",
        "old-f1-read-out",
        "old-f1-claim-full",
        "old-f1-read-out-full",
        "old-rate-high-loss",
        "old-rate-gap",
        "old-rate-gap-full",
        "cnn-before-dense",
        "cnn-behind-dense-loss",
        "cnn-old-loss",
        "cnn-longer-old",
        "cnn-longer-old-loss",
        "cnn-longer-augmentation",
        "vgg-8-gap",
        "vgg-8-loss",
        "vgg-24-gap",
        "vgg-24-accuracy",
        "vgg-24-loss",
        "vgg-longer-plain-gap",
        "vgg-longer-plain",
        "vgg-longer-dropout-gap",
        "vgg-longer-dropout",
        "vgg-cifar10-part-gap",
        "vgg-cifar10-part-accuracy",
        "vgg-cifar10-part-loss",
        "choice-high-rate",
        "choice-high-rate-dropout",
        "head-5-accuracy",
        "head-5-loss",
        "head-20-accuracy",
        "head-20-loss",
        "head-100-accuracy",
        "head-100-loss",
        "clothing-accuracy",
        "clothing-mobilenet-accuracy",
        "clothing-mobilenet-loss",
        "clothing-last",
        "tuning-plain-loss",
        "tuning-dropout-loss",
        "tuning-rate-accuracy",
        "tuning-rate-loss",
        "spread-turned",
        "spread-strange",
        "spread-plain",
        "spread-mean-area",
    },
    "refuted": {
        "noisy-rate-or-stopping",
        "clean-dropout",
        "old-f1-logits",
        "old-f1-logits-full",
        "old-f1-scaled-full",
        "old-rate-high",
        "old-rate-high-full",
        "cnn-everywhere",
        "cnn-maps",
        "cnn-augmentation-validation",
        "cnn-both",
        "cnn-longer-augmentation-on-top",
        "vgg-8-accuracy",
        "vgg-longer-plain-loss",
        "vgg-longer-dropout-loss",
    },
    "not distinguishable": {
        "old-f1-scaled",
        "old-rate-half",
        "old-rate-half-full",
        "old-rate-high-loss-full",
        "cnn-behind-conv",
        "cnn-behind-dense",
        "cnn-which-side",
        "cnn-old",
        "cnn-augmentation",
        "cnn-longer-both",
        "choice-larger",
        "clothing-20-accuracy",
        "clothing-20-loss",
        "clothing-loss",
        "tuning-plain-accuracy",
        "tuning-dropout-accuracy",
        "spread-area",
        "spread-accuracy",
    },
}


@pytest.mark.xdist_group("kernels")
def test_the_slider_shows_a_picture_with_its_text(root):
    notebook = student_notebook(root, "01_mlp")
    last = next(i for i, cell in enumerate(notebook.cells) if "FloatSlider" in cell.source)
    notebook.cells = notebook.cells[: last + 1]
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(root)}})
    client.execute()
    widgets = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    shown = [
        output["data"]["text/html"]
        for widget in widgets.values()
        for output in widget["state"].get("outputs", [])
    ]
    assert len(shown) == 1 and shown[0].startswith('<img alt="Three masks')


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_picture_of_a_lesson_has_a_text(root, lesson):
    code = [cell.source for cell in read_source(root, lesson).cells if cell.cell_type == "code"]
    drawing = [source for source in code if "plotting.picture(" in source]
    assert drawing
    assert all('alt="' in source for source in drawing)
    # No figure reaches the page in another way, without a text.
    assert not [source for source in code if "plt.show" in source]


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_recorded_conditions_are_those_of_the_lesson(root, lesson):
    from course_utils.instructor.record import load_ledger

    experiments, claims = load_ledger(root, lesson)
    assert {claim.experiment.name for claim in claims} == {each.name for each in experiments}
    for experiment in experiments:
        recorded = experiment.recorded()
        expected = {
            (*sorted(condition.items()), ("seed", seed))
            for condition in experiment.conditions
            for seed in experiment.seeds
        }
        columns = [*experiment.conditions[0], "seed"]
        found = {
            (
                *sorted((name, row[name]) for name in columns if name != "seed"),
                ("seed", row["seed"]),
            )
            for row in recorded[columns].to_dict("records")
        }
        assert found == expected, experiment.name


def test_the_prose_speaks_of_the_recorded_statuses(root):
    found = {status: set() for status in STATUSES}
    for lesson in LESSONS:
        for verdict in judge_recorded(root, lesson):
            found[verdict.status].add(verdict.claim.name)
    assert found == STATUSES
