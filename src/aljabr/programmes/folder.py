"""Finds programme folders and lists the files of one that count as its content.

A programme is data: a file that could be code, or that no room reads, stops the loading. ``README.md`` may stand anywhere and is
not content. Nothing is parsed here.
"""

from __future__ import annotations

import difflib
from importlib.resources import files
from pathlib import Path

from aljabr.errors import ProgrammeBroken, UsageError
from aljabr.outside import other_kind

HEAD = "programme.yaml"
# Folder → the suffixes it may hold.
ROOMS: dict[str, tuple[str, ...]] = {
    "amounts": (".yaml",),
    "schedules": (".yaml",),
    "tables": (".dmn",),
    "intake": (".yaml", ".xlsx"),
    "letters": (".yaml",),
    "cases": (".yaml",),
    "funds": (".yaml",),
}
TOP_FILES = (HEAD, "procedure.yaml")


def shipped_programmes() -> dict[str, Path]:
    """Return the programmes that come with Aljabr, name → folder, in the order of their names.

    In a checkout they lie in ``programmes/``, in an installed wheel inside the package.
    """
    package = Path(str(files("aljabr")))
    for home in (package / "_programmes", package.parent.parent / "programmes"):
        if home.is_dir():
            return {folder.name: folder for folder in sorted(home.iterdir()) if (folder / HEAD).is_file()}
    return {}


def find_folder(name_or_path: str | Path) -> Path:
    """Return the folder of a programme named as shipped or given as a path.

    Raises
    ------
    UsageError
        When there is no such programme; says which ones ship and which name is nearest.
    """
    shipped = shipped_programmes()
    if isinstance(name_or_path, str) and name_or_path in shipped:
        return shipped[name_or_path]
    folder = Path(name_or_path)
    if (folder / HEAD).is_file():
        return folder.resolve()
    if folder.is_dir():
        raise UsageError(f"{folder} has no {HEAD}.", "Name a folder that holds a programme.")
    names = list(shipped)
    nearest = difflib.get_close_matches(str(name_or_path).upper(), names, n=1)
    hint = f"Did you mean {nearest[0]}? " if nearest else ""
    raise UsageError(
        f"There is no programme {str(name_or_path)!r}.",
        f"{hint}Shipped: {', '.join(names) or 'none'}; or give the path of a folder with a {HEAD}.",
        shipped=names,
    )


def content_files(folder: Path) -> dict[str, Path]:
    """Return the files that are a programme's content: path inside the folder (with ``/``) → file, sorted by path.

    Raises
    ------
    ProgrammeBroken
        On a link, a pipe or a device, and on a file that no room reads: a typing error, or code.
    """
    content = {}
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        name = path.relative_to(folder).as_posix()
        hidden = any(part.startswith(".") for part in name.split("/"))
        if (path.is_dir() and not path.is_symlink()) or hidden or path.name == "README.md":
            continue
        _check_place(path, name=name)
        content[name] = path
    return content


def _check_place(path: Path, *, name: str) -> None:
    room, _, rest = name.partition("/")
    if path.is_symlink():
        raise ProgrammeBroken(f"{name} is a link.", "Put the file itself into the programme.", file=name)
    if kind := other_kind(path):
        raise ProgrammeBroken(f"{name} is {kind}, not a file.", "Put a regular file into the programme.", file=name)
    if name in TOP_FILES or (rest and "/" not in rest and path.suffix in ROOMS.get(room, ())):
        return
    places = ", ".join([*TOP_FILES, *(f"{room}/*{suffix}" for room, suffixes in ROOMS.items() for suffix in suffixes)])
    raise ProgrammeBroken(
        f"{name} is not a file of a programme.", f"A programme is data; its files are {places} and README.md.", file=name
    )
