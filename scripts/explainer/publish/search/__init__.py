"""The site's search, made of the texts that the generator wrote."""
