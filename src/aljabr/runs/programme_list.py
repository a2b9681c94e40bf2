"""Lists programmes: those that ship and those of a folder, with what one needs to choose one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aljabr.errors import AljabrError, UsageError
from aljabr.programmes import load_programme
from aljabr.programmes.folder import HEAD, shipped_programmes
from aljabr.programmes.records import Programme, in_english


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One programme, or a folder that cannot be read as one: then ``fault`` says why and there is no ``law``."""

    name: str
    folder: Path
    shipped: bool
    law: Programme | None
    fault: str = ""

    @property
    def signed(self) -> int:
        """How many of its tables a lawyer has signed off."""
        names = {table.name for table in self.law.tables} if self.law else set()
        entries = self.law.sign_off if self.law else {}
        return sum(entries[name].state == "signed" for name in names if name in entries)

    def to_dict(self) -> dict[str, Any]:
        """Return the entry for machines."""
        told: dict[str, Any] = {"name": self.name, "path": str(self.folder), "shipped": self.shipped}
        if self.law is None:
            return told | {"fault": self.fault}
        return told | {
            "title": self.law.title,
            "issuer": self.law.issuer,
            "hash": self.law.hash,
            "tables": len(self.law.tables),
            "tables_signed": self.signed,
            "signed_off": self.signed == len(self.law.tables),
            "synthetic_only": self.law.synthetic_only,
            "stages": list(self.law.stages),
            "funds": [fund.key for fund in self.law.funds],
            "mappings": [mapping.key for mapping in self.law.mappings],
            "languages": list(self.law.languages),
        }

    def lines(self) -> list[str]:
        """Return the entry for people."""
        where = "shipped" if self.shipped else str(self.folder)
        if self.law is None:
            return [f"{self.name}  ({where})", f"    ✗ {self.fault}"]
        tables = f"{len(self.law.tables)} tables, {self.signed} signed off by a lawyer"
        invented = ["    takes invented claims only (--synthetic)"] if self.law.synthetic_only else []
        return [
            f"{self.name}  {in_english(self.law.title)}",
            f"    {where}; hash {self.law.hash[:16]}; {tables}",
            f"    sources: {', '.join(mapping.key for mapping in self.law.mappings) or 'none'}"
            + (f"; funds: {', '.join(fund.key for fund in self.law.funds)}" if self.law.funds else ""),
            *invented,
        ]


@dataclass(frozen=True, kw_only=True)
class ProgrammeList:
    """Programmes in the order of their names, shipped ones first."""

    programmes: tuple[Listed, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the list for machines."""
        return {"programmes": [entry.to_dict() for entry in self.programmes]}

    def lines(self) -> list[str]:
        """Return the list for people."""
        return [line for entry in self.programmes for line in entry.lines()] or ["There is no programme."]


def list_programmes(folder: Path | None = None) -> ProgrammeList:
    """Return the shipped programmes and those of a folder.

    Parameters
    ----------
    folder : Path, optional
        A programme's folder, or one whose folders are programmes.

    Raises
    ------
    UsageError
        When it is not a folder, or holds no programme.
    """
    shipped = shipped_programmes()
    entries = [_listed(name, path, shipped=True) for name, path in shipped.items()]
    if folder is not None:
        known = {path.resolve() for path in shipped.values()}
        entries += [_listed(path.name, path, shipped=False) for path in _inside(folder) if path.resolve() not in known]
    return ProgrammeList(programmes=tuple(entries))


def _inside(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", "Name a folder that holds programmes.")
    found = [folder] if (folder / HEAD).is_file() else [path for path in sorted(folder.iterdir()) if (path / HEAD).is_file()]
    if not found:
        raise UsageError(f"{folder} holds no programme.", f"A programme is a folder with a {HEAD}.")
    return found


def _listed(name: str, folder: Path, *, shipped: bool) -> Listed:
    try:
        law = load_programme(folder)
        return Listed(name=law.key, folder=folder, shipped=shipped, law=law)
    except (AljabrError, OSError) as error:
        return Listed(name=name, folder=folder, shipped=shipped, law=None, fault=str(error))
