"""The kind of record `goal`."""
