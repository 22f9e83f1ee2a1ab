"""The kind of record `resolution`."""
