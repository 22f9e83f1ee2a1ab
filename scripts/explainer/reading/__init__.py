"""Text of a file -> documents in which every value keeps its line and column."""
