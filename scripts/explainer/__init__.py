"""Turn a folder of typed, sourced records into Markdown pages, and those into a static site."""
