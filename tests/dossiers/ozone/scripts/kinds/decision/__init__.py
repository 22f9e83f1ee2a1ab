"""The kind of record `decision`."""
