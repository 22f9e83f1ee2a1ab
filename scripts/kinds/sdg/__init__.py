"""The kind of record `sdg`."""
