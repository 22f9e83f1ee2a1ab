"""Measures what building and searching cost, beside Hugo and stock MkDocs over the same pages."""
