"""New environments that find the packages of this one."""

import sysconfig
import venv
from pathlib import Path


def environment_without_the_course(folder: Path) -> Path:
    """A new environment with all packages of this one but the course; its Python."""
    venv.create(folder, symlinks=True)
    [packages] = folder.glob("lib/python*/site-packages")
    # A path in such a file is searched, but what it holds for editable packages is not.
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "bin" / "python"
