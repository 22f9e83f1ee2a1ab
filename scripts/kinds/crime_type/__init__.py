"""The kind of record `crime-type`."""
