"""What a cell of a lesson is about, and so whether it is folded.

The subject is in the open: what builds, trains, evaluates or asks a model. The machinery is folded:
what draws, compares recorded trials or judges claims. A cell that does both is split.
"""

import ast
from collections.abc import Callable, Iterator

from course_builder.experiments import EXPERIMENT
from course_builder.lint.pages import Finding, Page, PageCell

METHOD = "method"  # a comparison that stands in the open, since it teaches how to compare
METHODS = 3  # a lesson
EXPERIMENTS = "trials.Experiment("
OF_MODELS = ("keras.Sequential(", "keras.Model(", "layers.", "keras.layers.", EXPERIMENTS)
ASKED = {"compile", "fit", "evaluate", "predict", "predict_proba"}
OF_COMPARISONS = ("statistics.", "claims.")
OF_FIGURES = ("plotting.", "plt.")
NO_FIGURE = "plotting.use_course_style"
OF_DATA = ("datasets.",)
Kind = Callable[[ast.AST], bool]


def is_of_models(node: ast.AST) -> bool:
    """A layer or a model is made, trained or asked, or an experiment says how it will be."""
    if isinstance(node, ast.ClassDef):
        return any(ast.unparse(base).startswith(OF_MODELS) for base in node.bases)
    if not isinstance(node, ast.Call):
        return False
    is_asked = isinstance(node.func, ast.Attribute) and node.func.attr in ASKED
    names_training = any(word.arg == "training" for word in node.keywords)
    return is_asked or names_training or ast.unparse(node).startswith(OF_MODELS)


def is_of_figures(node: ast.AST) -> bool:
    """Something is drawn."""
    name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
    return name.startswith(OF_FIGURES) and name != NO_FIGURE


def is_of_comparisons(node: ast.AST) -> bool:
    """Recorded trials are read or compared, or claims are judged."""
    name = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
    return name.startswith(OF_COMPARISONS) or name.endswith(".recorded")


def is_of_data(node: ast.AST) -> bool:
    """Data are loaded, drawn or changed."""
    return isinstance(node, ast.Call) and ast.unparse(node.func).startswith(OF_DATA)


def subject_is_open_and_machinery_folded(page: Page) -> Iterator[Finding]:
    """What draws or compares is folded, what is about a model is not."""
    if not page.is_lesson:
        return
    models, figures = _cells_of(page, is_of_models), _cells_of(page, is_of_figures)
    compared = _cells_of(page, is_of_comparisons)
    read = _cells_of(page, is_of_comparisons, with_variables=True)
    methods = 0
    for cell in page.cells:
        is_open = not (cell.is_folded or cell.is_markdown)
        is_read = cell in compared or (cell in read and cell not in models)
        methods += METHOD in cell.tags
        if cell.is_folded and cell in models:
            problem = "a model is made, trained or asked in a folded cell: open it, or split it."
        elif is_open and cell in figures:
            problem = "a figure is drawn in an open cell: fold it, or what draws it."
        elif METHOD in cell.tags and not (is_open and is_read):
            problem = f"the tag {METHOD!r} is for a comparison in the open: take it away."
        elif METHOD in cell.tags and methods > METHODS:
            problem = f"more than {METHODS} comparisons stand in the open: fold this one."
        elif is_open and is_read and METHOD not in cell.tags and EXPERIMENT not in cell.tags:
            problem = (
                "recorded trials are compared in an open cell: fold it, split it, or tag it "
                f"{METHOD!r} if it teaches how to compare."
            )
        else:
            continue
        yield page.finding(cell.line, "folding", problem)


def lines_about_models(page: Page) -> int:
    """How many open lines stand in cells that make, train or ask a model, or look at its data."""
    about = _cells_of(page, is_of_models) | _cells_of(page, is_of_data)
    return sum(
        cell.code_lines() for cell in about if not cell.is_folded and not _lists_conditions(cell)
    )


def _lists_conditions(cell: PageCell) -> bool:
    """It only says which experiment is made."""
    return all(
        isinstance(one, ast.Assign) and ast.unparse(one.value).startswith(EXPERIMENTS)
        for one in cell.syntax().body
    )


def _cells_of(page: Page, kind: Kind, *, with_variables: bool = False) -> set[PageCell]:
    """The cells with code of a kind, also where the page has given it a name.

    with_variables: what such code makes counts as well, until the name is given to something else.
    """
    names: set[str] = set()
    found = set()
    for cell in page.cells:
        for statement in () if cell.is_markdown else cell.syntax().body:
            is_of_kind = _holds(statement, kind, names)
            if is_of_kind:
                found.add(cell)
            if isinstance(statement, ast.FunctionDef | ast.ClassDef):
                given = {statement.name}
            else:
                given = _assigned(statement) if with_variables else set()
            names = names | given if is_of_kind else names - given
    return found


def _holds(code: ast.AST, kind: Kind, names: set[str]) -> bool:
    return any(
        kind(node)
        or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names)
        for node in ast.walk(code)
    )


def _assigned(statement: ast.stmt) -> set[str]:
    return {
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
