"""Scaffolding of new records: a skeleton generated from the model, and the file that it goes into."""
