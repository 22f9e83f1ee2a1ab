"""The kind of record `chemical`."""
