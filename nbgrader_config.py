"""nbgrader's settings. Run its commands in this folder, after `course build`."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent

c = get_config()  # noqa: F821 - nbgrader puts this name here

c.CourseDirectory.course_id = "dropout"
c.CourseDirectory.root = str(ROOT)
# `course build` writes the instructor's notebooks there, from solutions/.
c.CourseDirectory.source_directory = "build/source"
c.CourseDirectory.db_url = f"sqlite:///{ROOT / 'gradebook.db'}"

# The first import of TensorFlow takes seconds, on a busy machine many.
c.Execute.timeout = 120
c.Execute.startup_timeout = 120
c.Execute.shutdown_kernel = "immediate"

# Else ipykernel warns at each start that other users of the machine could listen in.
c.KernelManager.transport_encryption = "auto"

# Without this pair any text on standard error, a warning or a progress bar, scores a
# right answer zero (nbgrader issue 1904).
c.IgnorePattern.enabled = True
c.IgnorePattern.pattern = r"[\s\S]"

# Putting deleted test cells back crashes where the cell before is gone, too.
c.OverwriteCells.add_missing_cells = False
