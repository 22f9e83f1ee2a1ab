"""The command `explainer`: parses the command line, runs the stations and prints the results."""
