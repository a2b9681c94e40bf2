"""Exports: asked for with a purpose, approved by somebody else, filtered by what the asker may see, gone after some days."""
