"""The release gate: what an exercise has to show before its notebook is written.

The reference answers get full marks, the untouched notebook gets nothing and ends well, and every
verdict of the gallery is right, in two rounds with other random numbers. What has passed is kept
in `build/gate.json` under a digest of all that it depends on.
"""

import hashlib
import json
from pathlib import Path

from tqdm import tqdm

from course_utils.grading.client import Graders
from course_utils.grading.isolation import require_working
from course_utils.grading.nest import Isolation
from course_utils.instructor import project
from course_utils.instructor.gallery import ANSWERS, Answer, Verdict, judge, read_gallery
from course_utils.instructor.grade import environment
from course_utils.instructor.project import CourseError

PASSED = f"{project.BUILD}/gate.json"
ROUNDS = (1, 2)  # students meet round 0, which `course answers` tries
MOST_TOLD = 20  # problems in one message


def pass_gate(root: Path, jobs: int, isolation: Isolation) -> list[str]:
    """Take every exercise that has changed through the gate; returns their names.

    Raises CourseError with what is wrong; nothing is kept of an exercise that does not pass.
    """
    changed = not_passed(root)
    if not changed:
        return []
    passed = _passed(root)
    digests = {name: digest_of(root, name) for name in changed}  # of what is tried, not of later
    galleries = {name: read_gallery(root, name) for name in changed}
    with Graders(jobs, isolation) as graders:
        require_working(graders, isolation)
        for name, gallery in galleries.items():
            problems = _problems(name, gallery, graders)
            if problems:
                raise CourseError(_told(name, problems))
            passed[name] = digests[name]
            project.write_whole(root / PASSED, json.dumps(passed, indent=2) + "\n")
    return changed


def not_passed(root: Path) -> list[str]:
    """The names of the exercises that have not passed the gate as they are now."""
    passed = _passed(root)
    names = project.exercise_names(root)
    return [name for name in names if passed.get(name) != digest_of(root, name)]


def digest_of(root: Path, name: str) -> str:
    """SHA-256 of an exercise's source, its gallery, and what grades them."""
    files = [root / project.SOURCES / f"{name}.py", *sorted((root / ANSWERS / name).glob("*.py"))]
    parts = [f"{path.name}\n{path.read_text(encoding='utf-8')}" for path in files]
    return hashlib.sha256(json.dumps([environment(), *parts]).encode()).hexdigest()


def _problems(name: str, gallery: list[Answer], graders: Graders) -> list[Verdict]:
    found = []
    total = len(gallery) * len(ROUNDS)
    with tqdm(total=total, desc=f"gate: {name}", unit="answer", disable=None) as bar:
        for round_ in ROUNDS:
            for verdict in judge(gallery, graders, round_):
                bar.update()
                found += [verdict] if verdict.problems else []
    return found


def _told(name: str, verdicts: list[Verdict]) -> str:
    lines = [
        f"  {one.answer.item}, {one.answer.name!r}: {'; '.join(one.problems)}"
        for one in verdicts[:MOST_TOLD]
    ]
    return (
        f"{name} does not pass the release gate, so no notebook was written: mend the tests or "
        "the answers.\n" + "\n".join(lines)
    )


def _passed(root: Path) -> dict[str, str]:
    try:
        return json.loads((root / PASSED).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
