"""Tests of this dossier: its records, its guides, and what its site counts and finds."""
