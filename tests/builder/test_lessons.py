"""What only shows when a lesson runs in a kernel, and nbval does not look at."""

import ast
from collections.abc import Iterator

import pytest
from conftest import ROOT

from course_builder import project
from course_builder.experiments import LessonCode
from course_builder.record import judge_recorded
from course_builder.source import read_source

LESSONS, NAMES = project.lesson_names(ROOT), project.source_names(ROOT)
# What the prose of the lessons says of each claim. When new recordings change a status,
# first correct the sentences around it, then this table.
STATUSES = {
    "supported": {
        "curves-wide",
        "parts-accuracy",
        "parts-disagreement",
        "parts-removed",
        "eight-plain",
        "one-or-eight",
        "painted-removed",
        "noisy-dropout",
        "noisy-dropout-loss",
        "noisy-high-rate",
        "noisy-early-stopping",
        "noisy-high-rate-or-stopping",
        "noisy-both",
        "clean-dropout-loss",
        "examples-many",
        "width-wide",
        "old-f1-claim",
        "old-f1-read-out",
        "old-f1-claim-full",
        "old-f1-read-out-full",
        "old-rate-high-loss",
        "old-rate-gap",
        "old-rate-gap-full",
        "vgg-cifar10-part-gap",
        "vgg-cifar10-part-loss",
        "cnn-clean-old-loss",
        "cnn-wrong-before-dense",
        "cnn-clean-few-numbers",
        "vgg-clean-24-loss",
        "vgg-wrong-24-gap",
        "vgg-wrong-24-accuracy",
        "vgg-wrong-24-loss",
        "features-pixels",
        "mobilenet-loss",
        "five-accuracy",
        "examples-input",
        "cnn-clean-old-gap",
        "cnn-wrong-conv",
        "cnn-wrong-behind-dense",
        "cnn-wrong-old",
        "cnn-wrong-old-loss",
        "vgg-clean-8-gap",
        "vgg-clean-24-gap",
        "clothing-last-loss",
        "tuned-dropout-loss",
        "five-loss",
        "five-surest",
        "five-far",
    },
    "refuted": {
        "moons-whole",
        "parts-whole",
        "painted-smooth",
        "rival-noisy",
        "rival-noisy-dropout",
        "noisy-highest-rate",
        "width-narrow",
        "advice-units",
        "advice-learning-rate",
        "advice-steps",
        "old-f1-logits",
        "old-f1-logits-full",
        "old-f1-scaled-full",
        "old-rate-high",
        "old-rate-high-full",
        "cnn-wrong-forest",
        "vgg-wrong-forest",
        "rival-loss",
        "information-far",
        "cnn-augmentation",
        "vgg-wrong-dropout-forest",
        "rival-plain",
        "rival-dropout",
        "tuning-loss",
        "information-wrong",
        "information-near",
    },
    "not distinguishable": {
        "curves-narrow",
        "eight-dropout",
        "rival-clean",
        "clean-dropout",
        "examples-few",
        "examples-many-clean",
        "old-f1-scaled",
        "old-rate-half",
        "old-rate-half-full",
        "old-rate-high-loss-full",
        "vgg-cifar10-part-accuracy",
        "cnn-clean-conv",
        "cnn-clean-before-dense",
        "cnn-clean-behind-dense",
        "cnn-clean-old",
        "cnn-wrong-everywhere",
        "cnn-wrong-maps",
        "cnn-wrong-blocks",
        "cnn-augmentation-loss",
        "cnn-both",
        "cnn-clean-forest",
        "cnn-wrong-old-forest",
        "vgg-clean-8-accuracy",
        "vgg-clean-8-loss",
        "vgg-clean-24-accuracy",
        "vgg-wrong-8-gap",
        "vgg-wrong-8-accuracy",
        "vgg-wrong-8-loss",
        "vgg-clean-forest",
        "split-random",
        "choice-high-rate",
        "choice-larger",
        "head-5-accuracy",
        "head-5-loss",
        "head-20-accuracy",
        "head-20-loss",
        "head-40-accuracy",
        "head-40-loss",
        "head-20-last-accuracy",
        "head-20-last-loss",
        "clothing-accuracy",
        "clothing-loss",
        "mobilenet-accuracy",
        "tuning-accuracy",
        "tuned-dropout-accuracy",
        "masks-accuracy",
        "masks-loss",
        "masks-calibration",
        "masks-surest",
        "masks-far",
        "five-calibration",
    },
}


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_picture_of_a_lesson_has_a_text(root, lesson):
    code = [cell.source for cell in read_source(root, lesson).cells if cell.cell_type == "code"]
    drawing = [source for source in code if "plotting.picture(" in source]
    assert drawing
    assert all('alt="' in source for source in drawing)
    # No figure reaches the page in another way, without a text.
    assert not [source for source in code if "plt.show" in source]


@pytest.mark.parametrize("source", NAMES)
def test_no_cell_makes_a_name_out_of_itself(root, source):
    """Such a cell would do something else when it is run again, like `x = x / 255`."""
    for cell in read_source(root, source).cells:
        if cell.cell_type == "code":
            assert not made_of_themselves(cell.source), cell.source


@pytest.mark.parametrize(
    "cell",
    [
        "x = x / 255",
        "count += 1",
        "if ready:\n    y = 1\n    x = [x, y]",
        "for step in steps:\n    x = x + step",
        "x, y = 1, x",
        "with open(path) as path:\n    pass",
    ],
)
def test_a_name_made_of_itself_is_noticed(cell):
    assert made_of_themselves(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "x = 1\nx = x + 1",
        "x = []\nfor y in z:\n    x += [y]\n    w = y",
        "x = {y: z for y, z in w.items()}\ny = 1",
        "models |= {name: build}",
        "def x(y):\n    y = y + 1\n    return x",
    ],
)
def test_a_cell_that_starts_from_other_names_is_not(cell):
    assert not made_of_themselves(cell)


def made_of_themselves(source: str) -> set[str]:
    """The global names that a cell reads before it has made them itself."""
    found, made = set(), set()
    for step in steps(ast.parse(source).body):
        read, stored = names(step, ast.Load), names(step, ast.Store)
        # A union is the same when it is made again.
        if isinstance(step, ast.AugAssign) and not isinstance(step.op, ast.BitOr):
            read |= stored
        found |= read - made
        made |= stored
    return found & made


def steps(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """What runs one after the other, blocks taken apart: values before what they are given to."""
    for statement in body:
        match statement:
            case ast.For():
                yield from (statement.iter, statement.target, *steps(statement.body))
            case ast.If() | ast.While():
                yield from (statement.test, *steps(statement.body), *steps(statement.orelse))
            case ast.With():
                yield from (*statement.items, *steps(statement.body))
            case ast.Try():
                yield from steps([*statement.body, *statement.orelse, *statement.finalbody])
            case ast.FunctionDef() | ast.ClassDef():
                pass  # its names are its own
            case _:
                yield statement


def names(node: ast.AST, context: type[ast.expr_context]) -> set[str]:
    """The names that are read or stored; those that a comprehension makes are its own."""
    inside = {
        name.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.comprehension)
        for name in ast.walk(inner.target)
        if isinstance(name, ast.Name)
    }
    found = {
        name.id
        for name in ast.walk(node)
        if isinstance(name, ast.Name) and isinstance(name.ctx, context)
    }
    return found - inside


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_recorded_conditions_are_those_of_the_lesson(root, lesson):
    experiments, _ = LessonCode(root, lesson).load_ledger()
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


def test_the_prose_speaks_of_the_recorded_statuses():
    found = {status: set() for status in STATUSES}
    for lesson in LESSONS:
        for verdict in judge_recorded(lesson):
            found[verdict.status].add(verdict.claim.name)
    assert found == STATUSES
