"""The release gate: what an exercise has to show before its notebook is written.

The reference answers get full marks, the untouched notebook gets nothing and ends well, and every
verdict of the gallery is right, in two rounds with other random numbers. What has passed is kept
in `build/gate.json` under a digest of all that it depends on.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from tqdm import tqdm

from course_builder import project
from course_builder.build import read_exercises
from course_grader.errors import CourseError
from course_grader.files import write_whole
from course_grader.fingerprint import environment_of
from course_grader.gallery import Answer, Verdict, judge, read_gallery
from course_grader.isolation import Isolation
from course_grader.notebooks import Exercise
from course_grader.pool import Graders
from course_grader.trial import require_working

PASSED = f"{project.BUILD}/gate.json"
ROUNDS = (1, 2)  # students meet round 0, which `course answers` tries
MOST_TOLD = 20  # problems in one message


def pass_gate(
    root: Path, jobs: int, isolation_for: Callable[[list[Exercise]], Isolation]
) -> list[str]:
    """Take every exercise that has changed through the gate; returns their names.

    Raises CourseError with what is wrong; nothing is kept of an exercise that does not pass.
    """
    passed, changed = _passed(root), _not_passed(root)
    if not changed:
        return []
    galleries = [gallery_of(root, exercise) for exercise, _ in changed]
    isolation = isolation_for([exercise for exercise, _ in changed])
    with Graders(jobs, isolation) as graders:
        require_working(graders, isolation)
        for (exercise, digest), gallery in zip(changed, galleries, strict=True):
            problems = _problems(exercise.name, gallery, graders)
            if problems:
                raise CourseError(_told(exercise.name, problems))
            passed[exercise.name] = digest
            write_whole(root / PASSED, json.dumps(passed, indent=2) + "\n")
    return [exercise.name for exercise, _ in changed]


def not_passed(root: Path) -> list[str]:
    """The names of the exercises that have not passed the gate as they are now."""
    return [exercise.name for exercise, _ in _not_passed(root)]


def digest_of(root: Path, exercise: Exercise) -> str:
    """SHA-256 of an exercise's source, its gallery, and what grades them."""
    name = exercise.name
    answers = sorted((root / project.ANSWERS / name).glob("*.py"))
    files = [root / project.SOURCES / f"{name}.py", *answers]
    parts = [f"{path.name}\n{path.read_text(encoding='utf-8')}" for path in files]
    facts = [environment_of(exercise.cells), *parts]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def _not_passed(root: Path) -> list[tuple[Exercise, str]]:
    """The exercises that have not passed as they are now, with their digests."""
    passed = _passed(root)
    now = [(one, digest_of(root, one)) for one in read_exercises(root)]
    return [(one, digest) for one, digest in now if passed.get(one.name) != digest]


def gallery_of(root: Path, exercise: Exercise) -> list[Answer]:
    """The answers to an exercise, as `read_gallery` reads them."""
    return read_gallery(exercise, root / project.ANSWERS / exercise.name)


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
