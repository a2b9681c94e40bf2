"""Reads the rows of an export as its asker may see them, writes its file, and reads it again line by line."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from aljabr.formats import write_csv
from aljabr.registry.exports.models import Export
from aljabr.registry.exports.purposes import PURPOSES
from aljabr.registry.procedure.models import CaseStep
from aljabr.registry.viewers import Viewer

BATCH = 500
_OF_STEP = ("step", "state", "entered_on")


def path_of(export: Export) -> Path:
    """Return where the file of an approved export lies."""
    return Path(settings.MEDIA_ROOT) / "exports" / f"{export.pk}.csv"


def canary_of(export: Export) -> str:
    """Return the reference of the row that exists in this export alone; nobody without the installation's secret can tell which."""
    keyed = hmac.new(settings.LEDGER_KEY, f"canary:{export.pk}:{export.recipient}".encode(), hashlib.sha256)
    return keyed.hexdigest()[:10].upper()


def row_mark(export: Export, item_id: str) -> str:
    """Return what marks a row of this export and of no other, so that even one leaked row names the recipient."""
    keyed = hmac.new(settings.LEDGER_KEY, f"row:{export.pk}:{export.recipient}:{item_id}".encode(), hashlib.sha256)
    return keyed.hexdigest()[:12]


def write_file(viewer: Viewer, export: Export) -> tuple[int, str]:
    """Write the file of an export as the viewer, who asked for it, may see its rows; returns rows and SHA-256.

    The first column is the claim, which a download uses to look again and does not hand out.
    """
    viewer.require("export.ask")
    path = path_of(export)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    rows = write_csv(path, ["claim", "row", *PURPOSES[export.purpose]], _rows(export))
    path.chmod(0o600)
    with path.open("rb") as stream:
        return rows, hashlib.file_digest(stream, "sha256").hexdigest()


def _rows(export: Export) -> Iterator[list[Any]]:
    columns = PURPOSES[export.purpose]
    found = CaseStep.objects.filter(live=True, item__claim__programme=export.programme, item__claim__sealed_unit="")
    if export.step:
        found = found.filter(step=export.step)
    if export.area:
        found = found.filter(item__claim__area=export.area)
    paths = [path if path in _OF_STEP else f"item__{path}" for path in columns.values()]
    shown = found.order_by("item_id").values_list("claim_id", "item_id", *paths)
    canary = canary_of(export)
    place, cells, placed = int(canary, 16) % 97, list[Any](), "reference" not in columns
    for number, (claim_id, item_id, *values) in enumerate(shown.iterator(BATCH)):
        cells = values
        yield [claim_id, row_mark(export, item_id), *cells]
        if number == place and not placed:
            placed = True
            yield _canary_row(export, canary, cells)
    if not placed:
        yield _canary_row(export, canary, cells or [None] * len(columns))


def _canary_row(export: Export, canary: str, cells: list[Any]) -> list[Any]:
    """Return an invented row: the canary's reference and what its neighbour says, but nobody's name."""
    told = {"reference": canary, "claimant_name": "—"}
    return [
        "",
        row_mark(export, canary),
        *(told.get(name, cell) for name, cell in zip(PURPOSES[export.purpose], cells, strict=True)),
    ]


def lines_of(viewer: Viewer, export: Export) -> Iterator[bytes]:
    """Yield the file's lines without rows of claims the viewer may not see any more; each batch looks in its own transaction."""
    with path_of(export).open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        yield _line(next(reader)[1:])
        batch: list[list[str]] = []
        for row in reader:
            batch.append(row)
            if len(batch) == BATCH:
                yield _still_seen(viewer, batch)
                batch = []
        yield _still_seen(viewer, batch)


def _still_seen(viewer: Viewer, rows: list[list[str]]) -> bytes:
    with transaction.atomic():
        viewer.bind()
        seen = set(CaseStep.objects.filter(claim_id__in={row[0] for row in rows}).values_list("claim_id", flat=True))
    return b"".join(_line(row[1:]) for row in rows if not row[0] or row[0] in seen)


def _line(cells: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode()
