"""What only shows when a lesson runs in a kernel, and nbval does not look at."""

import pytest
from conftest import ROOT
from nbclient import NotebookClient

from course_utils.instructor import project
from course_utils.instructor.build import student_notebook
from course_utils.instructor.source import read_source

LESSONS = project.lesson_names(ROOT)


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
