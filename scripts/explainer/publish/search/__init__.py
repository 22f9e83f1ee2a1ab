"""Builds the site's search index from the texts that the generator wrote."""
