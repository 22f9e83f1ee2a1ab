"""What one run leaves for the next, and who makes what is missing. It may be deleted whole: then every run is clean."""
