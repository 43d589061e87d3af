"""nbgrader's settings. Run its commands in this folder, after `course build`."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent

c = get_config()  # noqa: F821 - nbgrader puts this name here

c.CourseDirectory.course_id = "dropout"
c.CourseDirectory.root = str(ROOT)
# `course build` writes the instructor's notebooks there, from solutions/.
c.CourseDirectory.source_directory = "build/source"
c.CourseDirectory.db_url = f"sqlite:///{ROOT / 'gradebook.db'}"

# For Validate. The first import of TensorFlow takes seconds, on a busy machine many.
c.Execute.timeout = 120
c.Execute.startup_timeout = 120
c.Execute.shutdown_kernel = "immediate"

# Else ipykernel warns at each start that other users of the machine could listen in.
c.KernelManager.transport_encryption = "auto"

# Autograding and feedback, from a terminal or by formgrader's buttons, do what `course grade` does.
c.Autograde.exporter_class = "course_builder.nbgrader_exporters.AutogradeExporter"
c.AutogradeExporter.isolation = "namespaces"
c.AutogradeExporter.seconds = 30.0
c.GenerateFeedback.exporter_class = "course_builder.nbgrader_exporters.FeedbackExporter"
