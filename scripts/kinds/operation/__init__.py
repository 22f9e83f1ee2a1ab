"""The kind of record `operation`."""
