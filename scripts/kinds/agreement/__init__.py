"""The kind of record `agreement`."""
