"""Typed table schemas (grain, key, columns, units) and the only code that talks to DuckDB."""

from aljabr.relations.database import Database, file_digest
from aljabr.relations.schemas import RELATIONS, SCHEMA_VERSION, Relation, relation

__all__ = ["RELATIONS", "SCHEMA_VERSION", "Database", "Relation", "file_digest", "relation"]
